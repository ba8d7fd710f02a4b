@NullMarked
package dev.rideau.tracer.internal.control;

import org.jspecify.annotations.NullMarked;
