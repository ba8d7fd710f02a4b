package dev.rideau.server.internal.tsp;

import dev.rideau.reports.ValueText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// Values as clients show them.
final class TspText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

  /// Times as time of day in UTC with nanoseconds.
  static final ValueText VALUES = new ValueText(TspText::time);

  private TspText() {}

  /// Time of day in UTC with nanoseconds.
  static String time(long ns) {
    Instant second = Instant.ofEpochSecond(Math.floorDiv(ns, 1_000_000_000L));
    return TIME.format(second) + "." + "%09d".formatted(Math.floorMod(ns, 1_000_000_000L));
  }

  /// A range of time in the form in which clients make a link of it.
  static String range(long beginNs, long endNs) {
    return "[" + beginNs + "," + endNs + "]";
  }

  static String duration(long ns) {
    return ValueText.duration(ns);
  }

  /// A part of a hundred with two decimals.
  static String percent(double part) {
    return "%.2f %%".formatted(part);
  }

  /// The begin of a text of a client, for messages.
  static String shortened(String text) {
    return text.length() <= 80 ? text : text.substring(0, 79) + "…";
  }
}
