/// The vocabulary of a trace: what it consists of, how its records travel, what was lost.
@NullMarked
package dev.rideau.trace;

import org.jspecify.annotations.NullMarked;
