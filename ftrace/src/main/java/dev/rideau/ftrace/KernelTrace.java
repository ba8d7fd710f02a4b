package dev.rideau.ftrace;

import dev.rideau.trace.DataStream;
import dev.rideau.trace.EventClass;

/// A trace whose records are in the kernel's own formats.
public interface KernelTrace extends FormattedTrace {

  /// The format of the records of a class.
  EventFormat format(EventClass eventClass);

  @Override
  default EventFormat formatOf(EventClass eventClass) {
    return format(eventClass);
  }

  /// How many events the kernel says that it missed right before a packet of a stream of this
  /// trace; 0 when it missed none, [dev.rideau.trace.Loss#UNKNOWN_COUNT] when it does not say how
  /// many.
  ///
  /// What a flight recorder overwrote before its first packet counts here, though it is no loss.
  long missedBefore(DataStream stream, int packet);

  /// Names of tasks, functions and literals of the kernel that was traced.
  KernelNames names();
}
