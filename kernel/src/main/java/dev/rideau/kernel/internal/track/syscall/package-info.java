/// System calls: what they are, their arguments as text, and the rows made of them.
@NullMarked
package dev.rideau.kernel.internal.track.syscall;

import org.jspecify.annotations.NullMarked;
