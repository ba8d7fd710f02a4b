@NullMarked
package dev.rideau.kernel.internal.slice;

import org.jspecify.annotations.NullMarked;
