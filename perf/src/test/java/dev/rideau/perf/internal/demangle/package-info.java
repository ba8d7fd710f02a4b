@NullMarked
package dev.rideau.perf.internal.demangle;

import org.jspecify.annotations.NullMarked;
