/// Pages of the kernel's ring buffer and the event records in them.
@NullMarked
package dev.rideau.ftrace.internal.ring;

import org.jspecify.annotations.NullMarked;
