package dev.rideau.cli.internal.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.LocalDate;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicBoolean;

/// Timestamps as text. Remembers the second and the offset from UTC it wrote last, because the next
/// timestamp is nearly always of the same ones. Used by one thread at a time.
public final class TimestampText {
  private static final long NS_PER_SECOND = 1_000_000_000L;
  private static final long SECONDS_PER_DAY = 86_400;

  /// Offsets from UTC only ever change at the full quarter of an hour.
  private static final long QUARTER_SECONDS = 900;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final TimestampStyle style;
  private final TimeZone zone;
  private final AtomicBoolean negativeWarned;
  private long clockSecond = -1;

  /// Begin of that second; no timestamp is a second behind the greatest number.
  private long clockSecondNs = Long.MAX_VALUE;

  private long clockText;
  private long day = Long.MIN_VALUE;
  private Literal dayText = Literal.EMPTY;
  private long quarter = Long.MIN_VALUE;
  private long quarterOffsetSeconds;

  /// Times in that style.
  ///
  /// @param negativeWarned shared by all texts of one output: whether the user knows that times
  ///   before the origin look different
  TimestampText(TimestampStyle style, TimeZone zone, AtomicBoolean negativeWarned) {
    this.style = style;
    this.zone = zone;
    this.negativeWarned = negativeWarned;
  }

  /// Times in that style, in a zone.
  public TimestampText(TimestampStyle style, TimeZone zone) {
    this(style, zone, new AtomicBoolean());
  }

  /// Appends a time of day, or seconds, with nine decimals.
  public void put(TextBuffer out, long ns) {
    if (ns < 0) {
      putNegative(out, ns);
      return;
    }
    long seconds = ns / NS_PER_SECOND;
    int rest = (int) (ns - seconds * NS_PER_SECOND);
    if (style == TimestampStyle.SECONDS) {
      putSeconds(out, seconds, rest);
    } else {
      putClock(out, seconds, rest);
    }
  }

  private void putNegative(TextBuffer out, long ns) {
    long seconds = -(ns / NS_PER_SECOND);
    int rest = (int) -(ns % NS_PER_SECOND);
    if (style == TimestampStyle.SECONDS || !negativeWarned.getAndSet(true)) {
      out.put('-');
      putSeconds(out, seconds, rest);
    } else {
      putClock(out, seconds, rest);
    }
  }

  private static void putSeconds(TextBuffer out, long seconds, int rest) {
    out.putUnsigned(seconds);
    out.put('.');
    byte[] bytes = out.room(16);
    out.size = Digits.putNine(bytes, out.size, rest);
  }

  /// Goes to the second of a time that is not before the origin.
  void goTo(long ns) {
    goToSecond(ns / NS_PER_SECOND);
  }

  private void goToSecond(long seconds) {
    if (seconds != clockSecond) {
      clockText = clockText((int) Math.floorMod(toLocal(seconds), SECONDS_PER_DAY));
      clockSecond = seconds;
      clockSecondNs = seconds * NS_PER_SECOND;
    }
  }

  private void putClock(TextBuffer out, long seconds, int rest) {
    goToSecond(seconds);
    if (style == TimestampStyle.DATE) {
      putDay(out, Math.floorDiv(toLocal(seconds), SECONDS_PER_DAY));
    }
    byte[] bytes = out.room(24);
    out.size = putClock(bytes, out.size, rest);
  }

  private int putClock(byte[] bytes, int at, int rest) {
    LONG.set(bytes, at, clockText);
    bytes[at + 8] = '.';
    return Digits.putNine(bytes, at + 9, rest);
  }

  /// Writes a time of day that has the same second as the one before it.
  ///
  /// @return the position behind it, or -1 when the second is another one
  int putSameSecond(byte[] bytes, int at, long ns) {
    long rest = ns - clockSecondNs;
    return rest >= 0 && rest < NS_PER_SECOND ? putClock(bytes, at, (int) rest) : -1;
  }

  private void putDay(TextBuffer out, long localDay) {
    if (localDay != day) {
      dayText = new Literal(LocalDate.ofEpochDay(localDay) + " ");
      day = localDay;
    }
    out.put(dayText);
  }

  private long toLocal(long seconds) {
    long inQuarter = Math.floorDiv(seconds, QUARTER_SECONDS);
    if (inQuarter != quarter) {
      quarterOffsetSeconds = zone.getOffset(seconds * 1000) / 1000;
      quarter = inQuarter;
    }
    return seconds + quarterOffsetSeconds;
  }

  /// `HH:MM:SS` as the bytes of a word.
  private static long clockText(int secondOfDay) {
    long hour = pair(secondOfDay / 3600);
    long minute = pair(secondOfDay / 60 % 60);
    long second = pair(secondOfDay % 60);
    return hour | (long) ':' << 16 | minute << 24 | (long) ':' << 40 | second << 48;
  }

  private static long pair(int value) {
    return (long) (value / 10) + '0' | ((long) (value % 10) + '0') << 8;
  }
}
