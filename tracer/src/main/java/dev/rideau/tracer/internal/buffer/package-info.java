/// Ring buffers in mapped files: reserve, commit, deliver, and what is left after a kill.
@NullMarked
package dev.rideau.tracer.internal.buffer;

import org.jspecify.annotations.NullMarked;
