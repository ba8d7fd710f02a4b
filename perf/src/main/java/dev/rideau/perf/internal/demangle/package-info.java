/// Names that compilers of C++ and Rust make, turned into names that people wrote.
@NullMarked
package dev.rideau.perf.internal.demangle;

import org.jspecify.annotations.NullMarked;
