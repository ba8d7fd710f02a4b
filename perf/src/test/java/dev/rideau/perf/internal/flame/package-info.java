@NullMarked
package dev.rideau.perf.internal.flame;

import org.jspecify.annotations.NullMarked;
