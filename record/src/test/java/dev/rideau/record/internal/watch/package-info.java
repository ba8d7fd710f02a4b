@NullMarked
package dev.rideau.record.internal.watch;

import org.jspecify.annotations.NullMarked;
