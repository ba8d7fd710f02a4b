/// Timers.
@NullMarked
package dev.rideau.kernel.internal.track.timer;

import org.jspecify.annotations.NullMarked;
