/// SLF4J beside the trace. Needs SLF4J 2 on the class path; without it nobody may name these
/// classes.
@NullMarked
package dev.rideau.tracer.bridge.slf4j;

import org.jspecify.annotations.NullMarked;
