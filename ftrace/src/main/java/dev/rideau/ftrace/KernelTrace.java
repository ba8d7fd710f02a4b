package dev.rideau.ftrace;

import dev.rideau.trace.EventClass;
import dev.rideau.trace.Trace;

/// A trace whose records are in the kernel's own formats.
public interface KernelTrace extends Trace {

  /// The format of the records of a class.
  EventFormat format(EventClass eventClass);

  /// Names of tasks, functions and literals of the kernel that was traced.
  KernelNames names();
}
