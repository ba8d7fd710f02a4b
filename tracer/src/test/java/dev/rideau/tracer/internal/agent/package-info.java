@NullMarked
package dev.rideau.tracer.internal.agent;

import org.jspecify.annotations.NullMarked;
