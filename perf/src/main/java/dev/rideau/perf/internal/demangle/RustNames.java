package dev.rideau.perf.internal.demangle;

import org.jspecify.annotations.Nullable;

/// Rust's older scheme: names as those of C++, with a hash as last part and characters spelled out.
///
/// ```
/// _ZN 4core 3fmt 5write 17h0123456789abcdef E [.llvm.…]
/// ```
final class RustNames {
  private static final int HASH_LENGTH = 17;
  private static final int FEWEST_DIGITS = 5;

  private RustNames() {}

  /// The name without the hash, or null when it is none of Rust's.
  static @Nullable String print(String mangled) {
    if (!mangled.startsWith("_ZN")) {
      return null;
    }
    for (int i = 3; i < mangled.length(); i++) {
      char c = mangled.charAt(i);
      if (!isAlphanumeric(c) && "_$.:@".indexOf(c) < 0) {
        return null;
      }
    }
    // An E at the end, or before a dot that begins what was appended to the name.
    int end = mangled.length();
    while (end > 3 && !(mangled.charAt(end - 1) == 'E' && isSuffix(mangled, end))) {
      end--;
    }
    int hash = end - 1 - HASH_LENGTH;
    if (hash - 2 <= 3 || !mangled.startsWith("17h", hash - 2) || !isHash(mangled, hash + 1)) {
      return null;
    }
    StringBuilder out = new StringBuilder();
    int at = 3;
    while (at < hash - 2) {
      int length = 0;
      int digits = at;
      while (at < hash - 2 && MangledText.isDigit(mangled.charAt(at)) && length < 1 << 20) {
        length = length * 10 + (mangled.charAt(at++) - '0');
      }
      if (at == digits || length == 0 || length > hash - 2 - at) {
        return null;
      }
      out.append(out.isEmpty() ? "" : "::");
      unescape(mangled.substring(at, at + length), out);
      at += length;
    }
    return out.toString();
  }

  private static boolean isAlphanumeric(char c) {
    return MangledText.isDigit(c) || MangledText.isLower(c) || MangledText.isUpper(c);
  }

  private static boolean isSuffix(String mangled, int at) {
    return at == mangled.length() || mangled.charAt(at) == '.';
  }

  /// Hashes have many different digits, other names made of digits have not.
  private static boolean isHash(String mangled, int at) {
    int seen = 0;
    for (int i = at; i < at + HASH_LENGTH - 1; i++) {
      int digit = lowerHex(mangled.charAt(i));
      if (digit < 0) {
        return false;
      }
      seen |= 1 << digit;
    }
    return Integer.bitCount(seen) >= FEWEST_DIGITS;
  }

  static int lowerHex(char c) {
    return MangledText.isDigit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
  }

  private static void unescape(String name, StringBuilder out) {
    int at = name.startsWith("_$") ? 1 : 0;
    while (at < name.length()) {
      char c = name.charAt(at);
      if (c == '.') {
        boolean twice = name.startsWith("..", at);
        out.append(twice ? "::" : "-");
        at += twice ? 2 : 1;
      } else if (c == '$') {
        int end = name.indexOf('$', at + 1);
        char meant = end < 0 ? MangledText.END : escaped(name.substring(at + 1, end));
        if (meant == MangledText.END) {
          out.append(name, at, name.length());
          return;
        }
        out.append(meant);
        at = end + 1;
      } else {
        out.append(c);
        at++;
      }
    }
  }

  private static char escaped(String code) {
    return switch (code) {
      case "C" -> ',';
      case "SP" -> '@';
      case "BP" -> '*';
      case "RF" -> '&';
      case "LT" -> '<';
      case "GT" -> '>';
      case "LP" -> '(';
      case "RP" -> ')';
      default -> {
        boolean isHex = code.length() == 3 && code.charAt(0) == 'u';
        int high = isHex ? lowerHex(code.charAt(1)) : -1;
        int low = isHex ? lowerHex(code.charAt(2)) : -1;
        yield high >= 2 && high <= 7 && low >= 0 ? (char) (high << 4 | low) : MangledText.END;
      }
    };
  }
}
