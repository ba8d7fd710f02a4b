/// Brings what a program tells elsewhere into its trace: logging, and the events of the JVM.
@NullMarked
package dev.rideau.tracer.bridge;

import org.jspecify.annotations.NullMarked;
