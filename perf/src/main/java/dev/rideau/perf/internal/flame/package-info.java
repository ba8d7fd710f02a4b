/// Samples with call chains, added up: collapsed stacks and flame graphs.
@NullMarked
package dev.rideau.perf.internal.flame;

import org.jspecify.annotations.NullMarked;
