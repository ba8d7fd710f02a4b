/// The Java agent: events for methods of named classes, without a change of their source.
@NullMarked
package dev.rideau.tracer.internal.agent;

import org.jspecify.annotations.NullMarked;
