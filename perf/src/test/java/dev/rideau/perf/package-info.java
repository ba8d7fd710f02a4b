@NullMarked
package dev.rideau.perf;

import org.jspecify.annotations.NullMarked;
