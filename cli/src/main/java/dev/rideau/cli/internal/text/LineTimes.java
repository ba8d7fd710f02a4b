package dev.rideau.cli.internal.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Writes what stands before the text of a line: its time, and the time since the line before.
///
/// ```
/// [13:05:02.123456789] (+0.000000021
/// ```
///
/// Remembers the last time. Used by one thread at a time.
public final class LineTimes {
  /// Stands for "there is no line before".
  public static final long NO_TIME = -1;

  /// Of `[13:05:02.123456789] (+0.000000021`.
  private static final int PREFIX_BYTES = 34;

  private static final int DELTA_DIGITS = 9;

  /// What stands between time and difference, first character lowest.
  private static final int BETWEEN = ']' | ' ' << 8 | '(' << 16 | '+' << 24;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long NS_PER_SECOND = 1_000_000_000L;

  private final TimestampText times;
  private final DeltaText deltas;
  private final boolean cycles;
  private final boolean withDelta;
  private final Literal beforeTime;
  private final Literal afterTime;

  /// Whether lines start with `[13:05:02.123456789] (+0.000000021`.
  private final boolean usual;

  LineTimes(ClassicStyle style, TimestampText times, DeltaText deltas) {
    this.times = times;
    this.deltas = deltas;
    cycles = style.timestamps() == TimestampStyle.CYCLES;
    withDelta = style.withDelta();
    boolean named = style.names().contains(ClassicStyle.NamedPart.HEADER);
    beforeTime = new Literal(named ? "timestamp = " : "[");
    afterTime = new Literal(!withDelta ? "" : named ? ", delta = " : "] (");
    usual = withDelta && style.timestamps() == TimestampStyle.CLOCK && !named;
  }

  /// Whether lines start with `[13:05:02.123456789] (+0.000000021`, as they usually do. Then
  /// [RecordText] writes all but the difference.
  public boolean hasPrefix() {
    return usual;
  }

  /// Length of what then stands before a line.
  public int prefixBytes() {
    return usual ? PREFIX_BYTES : 0;
  }

  /// Writes the usual times of lines before their texts, without the difference.
  ///
  /// @param lineTimes those of the lines; none is written where they are before the origin
  void putPrefixes(byte[] bytes, int[] starts, long[] lineTimes, int from, int to) {
    for (int line = from; line < to; line++) {
      long time = lineTimes[line];
      int start = starts[line] - PREFIX_BYTES;
      int at = times.putSameSecond(bytes, start + 1, time);
      if (at < 0) {
        if (time < 0) {
          continue;
        }
        times.goTo(time);
        at = times.putSameSecond(bytes, start + 1, time);
      }
      bytes[start] = '[';
      INT.set(bytes, at, BETWEEN);
      bytes[at + 4] = '0';
      bytes[at + 5] = '.';
    }
  }

  /// Puts a difference into the copy of a prefix, if it is a usual one.
  ///
  /// @param at where the text of the line starts in the copy
  /// @return false when it is not; then nothing is written
  public static boolean putUsualDelta(byte[] bytes, int at, long time, long before) {
    long delta = time - before;
    if (delta < 0 || delta >= NS_PER_SECOND || before == NO_TIME) {
      return false;
    }
    byte behind = bytes[at];
    Digits.putNine(bytes, at - DELTA_DIGITS, (int) delta);
    bytes[at] = behind;
    return true;
  }

  /// Whether lines tell the time since the line before.
  public boolean withDelta() {
    return withDelta;
  }

  /// Appends all that stands before the difference.
  public void putTime(TextBuffer out, long time) {
    out.put(beforeTime);
    if (cycles) {
      putCycles(out, time);
    } else {
      times.put(out, time);
    }
    out.put(afterTime);
  }

  /// Appends the difference.
  public void putDelta(TextBuffer out, long time, long before) {
    deltas.put(out, before, time);
  }

  private static void putCycles(TextBuffer out, long value) {
    byte[] bytes = out.room(32);
    long high = Long.divideUnsigned(value, NS_PER_SECOND);
    int low = (int) (value - high * NS_PER_SECOND);
    int top = (int) (high / NS_PER_SECOND);
    // Twenty digits: two, nine and nine.
    int at = out.size;
    bytes[at] = (byte) ('0' + top / 10);
    bytes[at + 1] = (byte) ('0' + top % 10);
    at = Digits.putNine(bytes, at + 2, (int) (high - top * NS_PER_SECOND));
    out.size = Digits.putNine(bytes, at, low);
  }
}
