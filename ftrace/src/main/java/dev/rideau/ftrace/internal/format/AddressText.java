package dev.rideau.ftrace.internal.format;

import dev.rideau.ftrace.TextBytes;
import dev.rideau.trace.InternetAddress;

/// Network and hardware addresses, as the kernel's `%pI4`, `%pI6c`, `%pISpc`, `%pM`, `%pU`, `%ph`.
final class AddressText {
  private final TextBytes out;
  private final int[] groups = new int[InternetAddress.GROUPS];

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
    int address = 0;
    for (int i = 0; i < 4; i++) {
      address = address << 8 | values.byteAt(from + i) & 0xff;
    }
    byte[] into = out.room(InternetAddress.MOST_BYTES);
    out.resize(InternetAddress.version4(address, into, out.size()));
  }

  private void version6Short(RowValues values, int from) {
    for (int i = 0; i < groups.length; i++) {
      groups[i] = values.byteAt(from + i * 2) << 8 | values.byteAt(from + i * 2 + 1);
    }
    byte[] into = out.room(InternetAddress.MOST_BYTES);
    out.resize(InternetAddress.version6(groups, into, out.size()));
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
