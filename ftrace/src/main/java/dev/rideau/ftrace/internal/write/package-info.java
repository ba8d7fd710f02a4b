/// Writing `trace.dat` files and pages of the ring buffer.
@NullMarked
package dev.rideau.ftrace.internal.write;

import org.jspecify.annotations.NullMarked;
