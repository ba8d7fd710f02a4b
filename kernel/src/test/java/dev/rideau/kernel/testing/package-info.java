/// Helpers for tests of this room and of those above it.
@NullMarked
package dev.rideau.kernel.testing;

import org.jspecify.annotations.NullMarked;
