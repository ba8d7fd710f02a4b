@NullMarked
package dev.rideau.tracer.internal.buffer;

import org.jspecify.annotations.NullMarked;
