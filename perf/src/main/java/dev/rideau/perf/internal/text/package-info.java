/// Samples as lines of text, in the form of `perf script`.
@NullMarked
package dev.rideau.perf.internal.text;

import org.jspecify.annotations.NullMarked;
