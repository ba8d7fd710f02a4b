package dev.rideau.reports;

import java.math.BigInteger;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// Values as people read them: `12.34 ms`, `1.5 MB`, `1,234`.
public final class ValueText {
  private static final String[] DECIMAL = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

  private final LongFunction<String> times;

  /// @param times how a time of the trace is written
  public ValueText(LongFunction<String> times) {
    this.times = times;
  }

  /// The text of a value; empty for none.
  public String of(ColumnUnit unit, @Nullable Object value) {
    if (value == null) {
      return "";
    }
    if (!(value instanceof Number number)) {
      return value.toString();
    }
    return switch (unit) {
      case TEXT, FLAG, ID -> value.toString();
      case COUNT, PAGES, SECTORS ->
          number instanceof BigInteger large
              ? grouped(large.toString())
              : grouped(number.longValue());
      case NUMBER -> decimal(number.doubleValue());
      case NANOSECONDS -> duration(number.longValue());
      case TIME -> times.apply(number.longValue());
      case BYTES -> bytes(number.doubleValue());
      case BYTES_PER_SECOND -> bytes(number.doubleValue()) + "/s";
      case PER_SECOND -> decimal(number.doubleValue()) + "/s";
      case PERCENT -> percent(number.doubleValue());
      case KILOHERTZ -> frequency(number.doubleValue());
    };
  }

  /// A length of time with the unit that suits its size.
  public static String duration(long ns) {
    if (ns < 0) {
      return ns == Long.MIN_VALUE ? "-" + duration(Long.MAX_VALUE) : "-" + duration(-ns);
    } else if (ns < 1_000) {
      return ns + " ns";
    } else if (ns < 999_950) {
      return digits(ns / 1e3) + " µs";
    } else if (ns < 999_950_000) {
      return digits(ns / 1e6) + " ms";
    }
    return digits(ns / 1e9) + " s";
  }

  private static String bytes(double bytes) {
    if (bytes < 0) {
      return "-" + bytes(-bytes);
    }
    int step = 0;
    double scaled = bytes;
    while (scaled >= 999.95 && step < DECIMAL.length - 1) {
      scaled /= 1000;
      step++;
    }
    return (step == 0 ? grouped(Math.round(scaled)) : digits(scaled)) + " " + DECIMAL[step];
  }

  private static String frequency(double kilohertz) {
    return kilohertz >= 1e6 ? digits(kilohertz / 1e6) + " GHz" : digits(kilohertz / 1e3) + " MHz";
  }

  private static String percent(double value) {
    long tenths = Math.round(value * 10);
    if (tenths == 0 && value > 0) {
      return "<0.1 %";
    }
    return fixed(value, 1) + " %";
  }

  private static String decimal(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return grouped((long) value);
    }
    return Math.abs(value) >= 1000 ? grouped(Math.round(value)) : digits(value);
  }

  /// Four digits of which at most three stand behind the point.
  private static String digits(double value) {
    double size = Math.abs(value);
    if (size >= 999.95) {
      return grouped(Math.round(value));
    }
    return fixed(value, size < 9.9995 ? 3 : size < 99.995 ? 2 : 1);
  }

  private static String fixed(double value, int decimals) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return Double.toString(value);
    }
    long power = decimals == 3 ? 1000 : decimals == 2 ? 100 : 10;
    long scaled = Math.round(Math.abs(value) * power);
    StringBuilder text = new StringBuilder(16);
    if (value < 0 && scaled != 0) {
      text.append('-');
    }
    text.append(grouped(scaled / power)).append('.');
    return text.append(Long.toString(power + scaled % power), 1, decimals + 1).toString();
  }

  /// A whole number with a comma after each three digits.
  public static String grouped(long value) {
    return grouped(Long.toString(value));
  }

  private static String grouped(String digits) {
    int first = digits.startsWith("-") ? 1 : 0;
    StringBuilder text = new StringBuilder(digits);
    for (int at = digits.length() - 3; at > first; at -= 3) {
      text.insert(at, ',');
    }
    return text.toString();
  }
}
