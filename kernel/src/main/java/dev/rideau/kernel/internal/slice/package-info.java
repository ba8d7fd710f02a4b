/// Cuts the recording into slices, reads and tracks them in parallel, joins them in order.
@NullMarked
package dev.rideau.kernel.internal.slice;

import org.jspecify.annotations.NullMarked;
