/// Signals.
@NullMarked
package dev.rideau.kernel.internal.track.signal;

import org.jspecify.annotations.NullMarked;
