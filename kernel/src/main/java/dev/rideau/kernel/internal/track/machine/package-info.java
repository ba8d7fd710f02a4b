/// What the state dump found on the machine.
@NullMarked
package dev.rideau.kernel.internal.track.machine;

import org.jspecify.annotations.NullMarked;
