/// What CPUs do besides running threads: interrupts, idle states, frequencies.
@NullMarked
package dev.rideau.kernel.internal.track.cpu;

import org.jspecify.annotations.NullMarked;
