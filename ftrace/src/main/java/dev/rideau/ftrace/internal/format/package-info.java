/// Event format files: their text, the field classes it means, the print format as an expression.
@NullMarked
package dev.rideau.ftrace.internal.format;

import org.jspecify.annotations.NullMarked;
