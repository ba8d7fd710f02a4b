/// Fuzz tests: what a fuzzer makes up is read or refused, in little time and memory.
@NullMarked
package dev.rideau.ctf.fuzz;

import org.jspecify.annotations.NullMarked;
