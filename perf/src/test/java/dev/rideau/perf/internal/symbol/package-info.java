@NullMarked
package dev.rideau.perf.internal.symbol;

import org.jspecify.annotations.NullMarked;
