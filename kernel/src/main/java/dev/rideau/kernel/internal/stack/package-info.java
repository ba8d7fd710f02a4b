/// Samples with their call chains.
@NullMarked
package dev.rideau.kernel.internal.stack;

import org.jspecify.annotations.NullMarked;
