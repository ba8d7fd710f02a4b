/// Memory: address spaces of processes.
@NullMarked
package dev.rideau.kernel.internal.track.memory;

import org.jspecify.annotations.NullMarked;
