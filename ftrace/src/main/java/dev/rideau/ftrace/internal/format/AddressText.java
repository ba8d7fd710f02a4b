package dev.rideau.ftrace.internal.format;

import dev.rideau.ftrace.TextBytes;

/// Network and hardware addresses, as the kernel's `%pI4`, `%pI6c`, `%pISpc`, `%pM`, `%pU`, `%ph`.
final class AddressText {
  private final TextBytes out;

  AddressText(TextBytes out) {
    this.out = out;
  }

  /// @param letters what stands behind `%p`
  /// @param values holds the bytes found last
  void put(String letters, RowValues values, int width) {
    switch (letters.charAt(0)) {
      case 'M', 'm' -> {
        String separator = letters.contains("F") ? "-" : letters.charAt(0) == 'm' ? "" : ":";
        hexBytes(values, 0, 6, separator);
      }
      case 'U' -> {
        for (int i = 0; i < 16; i++) {
          if (i == 4 || i == 6 || i == 8 || i == 10) {
            out.put('-');
          }
          hexByte(values.byteAt(i));
        }
      }
      case 'h' -> hexBytes(values, 0, Math.min(values.byteCount(), Math.max(1, width)), " ");
      default -> internet(letters, values);
    }
  }

  private void internet(String letters, RowValues values) {
    if (letters.contains("S")) {
      int family = values.byteAt(0) | values.byteAt(1) << 8;
      boolean port = letters.contains("p");
      int number = values.byteAt(2) << 8 | values.byteAt(3);
      switch (family) {
        case 2 -> {
          version4(values, 4);
          if (port) {
            out.put(':');
            out.putDecimal(number, false);
          }
        }
        case 10 -> {
          if (port) {
            out.put('[');
          }
          version6Short(values, 8);
          if (port) {
            out.put("]:");
            out.putDecimal(number, false);
          }
        }
        default -> out.put("(INVALID?)");
      }
    } else if (letters.contains("4")) {
      version4(values, 0);
    } else if (letters.contains("c")) {
      version6Short(values, 0);
    } else {
      for (int i = 0; i < 16; i++) {
        if (i > 0 && (i & 1) == 0 && letters.charAt(0) == 'I') {
          out.put(':');
        }
        hexByte(values.byteAt(i));
      }
    }
  }

  private void version4(RowValues values, int from) {
    for (int i = 0; i < 4; i++) {
      if (i > 0) {
        out.put('.');
      }
      out.putDecimal(values.byteAt(from + i), false);
    }
  }

  /// The longest run of zero words becomes two colons; a mapped address ends as one of version 4.
  private void version6Short(RowValues values, int from) {
    int[] words = new int[8];
    for (int i = 0; i < 8; i++) {
      words[i] = values.byteAt(from + i * 2) << 8 | values.byteAt(from + i * 2 + 1);
    }
    boolean mapped = words[5] == 0xFFFF;
    for (int i = 0; i < 5; i++) {
      mapped &= words[i] == 0;
    }
    int count = mapped ? 6 : 8;
    int runStart = -1;
    int runLength = 1;
    for (int i = 0; i < count; i++) {
      int length = 0;
      while (i + length < count && words[i + length] == 0) {
        length++;
      }
      if (length > runLength) {
        runStart = i;
        runLength = length;
      }
    }
    boolean colon = false;
    for (int i = 0; i < count; i++) {
      if (i == runStart) {
        out.put("::");
        colon = false;
        i += runLength - 1;
        continue;
      }
      if (colon) {
        out.put(':');
      }
      out.putDigits(words[i], 4, false);
      colon = true;
    }
    if (mapped) {
      if (colon) {
        out.put(':');
      }
      version4(values, from + 12);
    }
  }

  private void hexBytes(RowValues values, int from, int count, String separator) {
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        out.put(separator);
      }
      hexByte(values.byteAt(from + i));
    }
  }

  private void hexByte(int value) {
    out.putDigits(value >>> 4, 4, false);
    out.putDigits(value & 15, 4, false);
  }
}
