package dev.rideau.ftrace;

import dev.rideau.trace.EventClass;

/// A trace whose records are in the kernel's own formats.
public interface KernelTrace extends FormattedTrace {

  /// The format of the records of a class.
  EventFormat format(EventClass eventClass);

  @Override
  default EventFormat formatOf(EventClass eventClass) {
    return format(eventClass);
  }

  /// Names of tasks, functions and literals of the kernel that was traced.
  KernelNames names();
}
