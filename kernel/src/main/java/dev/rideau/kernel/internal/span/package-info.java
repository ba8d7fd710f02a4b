/// Spans: what user-space events tell of the work of their programs.
@NullMarked
package dev.rideau.kernel.internal.span;

import org.jspecify.annotations.NullMarked;
