@NullMarked
package dev.rideau.tracer;

import org.jspecify.annotations.NullMarked;
