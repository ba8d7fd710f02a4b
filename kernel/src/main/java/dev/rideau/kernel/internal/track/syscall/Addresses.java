package dev.rideau.kernel.internal.track.syscall;

import dev.rideau.kernel.internal.layout.RecordFields;
import dev.rideau.trace.Column;
import dev.rideau.trace.ListColumn;
import dev.rideau.trace.LongColumn;
import org.jspecify.annotations.Nullable;

/// Internet addresses that calls were given or gave, as text: `127.0.0.1:80`, `[::1]:80`.
final class Addresses {
  private static final int IPV6_WORDS = 8;

  private final @Nullable ListColumn v4;
  private final @Nullable ListColumn v6;
  private final @Nullable LongColumn v4Bytes;
  private final @Nullable LongColumn v6Words;
  private final @Nullable LongColumn port;

  /// @param port name of the field with the port
  Addresses(RecordFields fields, String port) {
    v4 = fields.column("v4addr") instanceof ListColumn list ? list : null;
    v6 = fields.column("v6addr") instanceof ListColumn list ? list : null;
    v4Bytes = v4 == null ? null : longs(v4.elements());
    v6Words = v6 == null ? null : longs(v6.elements());
    this.port = longs(fields.column(port));
  }

  private static @Nullable LongColumn longs(@Nullable Column column) {
    return column instanceof LongColumn found ? found : null;
  }

  /// Adds the address of a row, or nothing when it is not recorded.
  void put(int row, ByteText into) {
    LongColumn bytes = v4Bytes;
    LongColumn words = v6Words;
    if (v4 != null && bytes != null && v4.lengths()[row] > 0) {
      put4(v4, bytes, row, into);
    } else if (v6 != null && words != null && v6.lengths()[row] > 0) {
      into.put('[');
      put6(v6, words, row, into);
      into.put(']');
    } else {
      return;
    }
    if (port != null) {
      into.put(':').unsigned(port.value(row));
    }
  }

  static void put4(ListColumn list, LongColumn bytes, int row, ByteText into) {
    int first = list.offsets()[row];
    int end = first + list.lengths()[row];
    for (int i = first; i < end; i++) {
      if (i > first) {
        into.put('.');
      }
      into.unsigned(bytes.value(i));
    }
  }

  /// The longest run of zeros is left out, as usual.
  static void put6(ListColumn list, LongColumn words, int row, ByteText into) {
    int first = list.offsets()[row];
    int length = list.lengths()[row];
    int gapFrom = -1;
    int gapLength = 1;
    int from = 0;
    for (int i = 0; i < length && length == IPV6_WORDS; i++) {
      if (words.value(first + i) != 0) {
        from = i + 1;
      } else if (i + 1 - from > gapLength) {
        gapFrom = from;
        gapLength = i + 1 - from;
      }
    }
    for (int i = 0; i < length; i++) {
      if (i == gapFrom) {
        into.put(':').put(':');
        i += gapLength - 1;
        continue;
      }
      if (i > 0 && i != gapFrom + gapLength) {
        into.put(':');
      }
      into.digits(words.value(first + i) & 0xffff, 4);
    }
  }
}
