package dev.rideau.cli.internal.record;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations and sizes as users type them.
public final class Amounts {
  private static final Pattern NUMBER =
      Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)\\s*([a-zA-Z]*)");

  private Amounts() {}

  /// Nanoseconds of `10s`, `500ms`, `2m`, `1h`; without unit they are seconds. -1 for anything
  /// else.
  public static long nanoseconds(String text) {
    Matcher matcher = NUMBER.matcher(text.strip());
    if (!matcher.matches()) {
      return -1;
    }
    double unit =
        switch (matcher.group(2)) {
          case "ns" -> 1;
          case "us" -> 1e3;
          case "ms" -> 1e6;
          case "", "s" -> 1e9;
          case "m", "min" -> 60e9;
          case "h" -> 3600e9;
          default -> -1;
        };
    return unit < 0 ? -1 : (long) (Double.parseDouble(matcher.group(1)) * unit);
  }

  /// Bytes of `16M`, `1408K`, `1G`; without unit they are bytes. -1 for anything else.
  public static long bytes(String text) {
    Matcher matcher = NUMBER.matcher(text.strip());
    if (!matcher.matches()) {
      return -1;
    }
    double unit =
        switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
          case "" -> 1;
          case "k", "kb", "kib" -> 1 << 10;
          case "m", "mb", "mib" -> 1 << 20;
          case "g", "gb", "gib" -> 1 << 30;
          default -> -1;
        };
    return unit < 0 ? -1 : (long) (Double.parseDouble(matcher.group(1)) * unit);
  }

  /// A size for people.
  public static String text(long bytes) {
    double value = bytes;
    for (String unit : new String[] {"bytes", "KiB", "MiB"}) {
      if (value < 1024) {
        return unit.equals("bytes")
            ? bytes + " bytes"
            : String.format(Locale.ROOT, "%.1f %s", value, unit);
      }
      value /= 1024;
    }
    return String.format(Locale.ROOT, "%.1f GiB", value);
  }
}
