/// Control from outside: what the environment asks for at the start, and the socket for later.
@NullMarked
package dev.rideau.tracer.internal.control;

import org.jspecify.annotations.NullMarked;
