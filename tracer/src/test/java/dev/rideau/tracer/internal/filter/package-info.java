@NullMarked
package dev.rideau.tracer.internal.filter;

import org.jspecify.annotations.NullMarked;
