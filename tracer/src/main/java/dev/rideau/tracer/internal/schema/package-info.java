/// What an event is made of: read from annotated types, written as TSDL and as layouts.
@NullMarked
package dev.rideau.tracer.internal.schema;

import org.jspecify.annotations.NullMarked;
