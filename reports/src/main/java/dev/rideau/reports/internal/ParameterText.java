package dev.rideau.reports.internal;

import dev.rideau.reports.ParameterType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What users write for parameters, as SQL.
public final class ParameterText {
  private static final Pattern QUANTITY = Pattern.compile("([0-9]+(?:\\.[0-9]+)?) ?([a-zA-Zµ]*)");

  private static final Pattern RANGE = Pattern.compile("([0-9]{1,9})-([0-9]{1,9})");

  /// How many ids a range may stand for.
  private static final int MOST_IDS = 10_000;

  private static final int MOST_PARTS = 100_000;

  private ParameterText() {}

  /// The value as an SQL literal. Nothing that a user writes becomes anything but a value.
  ///
  /// @throws IllegalArgumentException when the text is none of that type; the message says what is
  public static String literal(ParameterType type, String text) {
    return switch (type) {
          case TIME -> number(text, "a time is a whole number of nanoseconds");
          case DURATION -> Long.toString(scaled(text, "20us, 1.5ms, 2s or nanoseconds", true));
          case BYTES -> Long.toString(scaled(text, "4096, 64k or 1.5M", false));
          case COUNT -> {
            String number = number(text, "a number from 0 on");
            if (number.startsWith("-")) {
              throw new IllegalArgumentException("'" + text + "' is not a number from 0 on");
            }
            yield number;
          }
          case PARTS -> parts(text);
          case NUMBER -> decimal(text);
          case TEXT -> quoted(text);
          case IDS -> ids(text);
          case NAMES -> names(text);
        }
        + cast(type);
  }

  /// The literal of no value.
  public static String none(ParameterType type) {
    return "NULL" + cast(type);
  }

  private static String cast(ParameterType type) {
    return switch (type) {
      case TIME, DURATION, BYTES, COUNT, PARTS -> "::BIGINT";
      case NUMBER -> "::DOUBLE";
      case TEXT -> "::VARCHAR";
      case IDS -> "::BIGINT[]";
      case NAMES -> "::VARCHAR[]";
    };
  }

  private static String number(String text, String rule) {
    try {
      return Long.toString(Long.parseLong(text.strip()));
    } catch (NumberFormatException failure) {
      throw new IllegalArgumentException("'" + text + "' is not " + rule, failure);
    }
  }

  private static String parts(String text) {
    String rule = "a number from 1 to " + MOST_PARTS;
    String number = number(text, rule);
    long parts = Long.parseLong(number);
    if (parts < 1 || parts > MOST_PARTS) {
      throw new IllegalArgumentException("'" + text + "' is not " + rule);
    }
    return number;
  }

  private static String decimal(String text) {
    try {
      return new BigDecimal(text.strip()).toPlainString();
    } catch (NumberFormatException failure) {
      throw new IllegalArgumentException("'" + text + "' is not a number", failure);
    }
  }

  private static long scaled(String text, String rule, boolean isDuration) {
    Matcher matcher = QUANTITY.matcher(text.strip());
    if (matcher.matches()) {
      long factor = isDuration ? nanoseconds(matcher.group(2)) : bytes(matcher.group(2));
      if (factor > 0) {
        try {
          return new BigDecimal(matcher.group(1))
              .multiply(BigDecimal.valueOf(factor))
              .toBigInteger()
              .longValueExact();
        } catch (ArithmeticException failure) {
          throw new IllegalArgumentException("'" + text + "' is too large", failure);
        }
      }
    }
    throw new IllegalArgumentException("'" + text + "' is not " + rule);
  }

  private static long nanoseconds(String unit) {
    return switch (unit) {
      case "", "ns" -> 1;
      case "us", "µs" -> 1_000;
      case "ms" -> 1_000_000;
      case "s" -> 1_000_000_000;
      case "min" -> 60_000_000_000L;
      default -> 0;
    };
  }

  private static long bytes(String unit) {
    return switch (unit.toLowerCase(Locale.ROOT)) {
      case "", "b" -> 1;
      case "k", "kb", "kib" -> 1L << 10;
      case "m", "mb", "mib" -> 1L << 20;
      case "g", "gb", "gib" -> 1L << 30;
      default -> 0;
    };
  }

  private static String ids(String text) {
    List<String> ids = new ArrayList<>();
    for (String part : text.split(",")) {
      Matcher range = RANGE.matcher(part.strip());
      if (range.matches()) {
        addRange(ids, part, Long.parseLong(range.group(1)), Long.parseLong(range.group(2)));
      } else {
        ids.add(number(part, "a whole number or a range such as 0-3"));
      }
    }
    return "[" + String.join(", ", ids) + "]";
  }

  private static void addRange(List<String> ids, String text, long first, long last) {
    if (last < first || last - first >= MOST_IDS) {
      throw new IllegalArgumentException(
          "'" + text + "' is no range of at most " + MOST_IDS + " numbers");
    }
    for (long id = first; id <= last; id++) {
      ids.add(Long.toString(id));
    }
  }

  private static String names(String text) {
    List<String> names = new ArrayList<>();
    for (String part : text.split(",")) {
      if (!part.isBlank()) {
        names.add(quoted(part.strip()));
      }
    }
    if (names.isEmpty()) {
      throw new IllegalArgumentException("'" + text + "' names nothing");
    }
    return "[" + String.join(", ", names) + "]";
  }

  /// A text as SQL writes it.
  public static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
