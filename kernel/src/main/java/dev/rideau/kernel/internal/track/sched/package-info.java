/// Threads on and off the CPUs: slices, states, wakeups.
@NullMarked
package dev.rideau.kernel.internal.track.sched;

import org.jspecify.annotations.NullMarked;
