/// Reader of `perf.data`, the files of the kernel's `perf record`, and profiles from its samples.
@NullMarked
package dev.rideau.perf;

import org.jspecify.annotations.NullMarked;
