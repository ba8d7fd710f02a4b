/// Recording this machine with the means that every kernel carries: an own instance of tracefs, the
/// pages of its ring buffers moved to disk, and the state that was there before.
@NullMarked
package dev.rideau.record;

import org.jspecify.annotations.NullMarked;
