@NullMarked
package dev.rideau.record.internal.state;

import org.jspecify.annotations.NullMarked;
