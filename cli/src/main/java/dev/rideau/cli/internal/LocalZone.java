package dev.rideau.cli.internal;

import java.util.SimpleTimeZone;
import java.util.TimeZone;

/// The zone whose time of day is shown.
///
/// [TimeZone] and not [java.time.ZoneId], which looks for providers of rules in every jar and reads
/// the rules a second time: that doubled the time of a start.
public final class LocalZone {
  private LocalZone() {}

  /// The zone of the machine, or UTC.
  public static TimeZone of(boolean utc) {
    return utc ? new SimpleTimeZone(0, "UTC") : TimeZone.getDefault();
  }
}
