/// Which events a rule takes: patterns of names and conditions on fields, compiled to method
/// handles over the leaves of an event.
@NullMarked
package dev.rideau.tracer.internal.filter;

import org.jspecify.annotations.NullMarked;
