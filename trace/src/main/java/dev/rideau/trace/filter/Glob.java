package dev.rideau.trace.filter;

import java.nio.charset.StandardCharsets;

/// A pattern as shells have for file names: `*` any text, `?` any byte, `[a-c]` one of these,
/// `[!a-c]` none of these, a backslash takes the meaning away. It must match the whole text.
///
/// Works on bytes, without allocating. Immutable.
public final class Glob {
  private final String text;
  private final byte[] pattern;

  /// Takes the pattern apart as little as possible: every text is a pattern.
  public Glob(String text) {
    this.text = text;
    pattern = text.getBytes(StandardCharsets.UTF_8);
  }

  /// Whether the text matches.
  public boolean matches(String candidate) {
    byte[] bytes = candidate.getBytes(StandardCharsets.UTF_8);
    return matches(bytes, 0, bytes.length);
  }

  /// Whether these bytes match.
  public boolean matches(byte[] bytes, int offset, int length) {
    int end = offset + length;
    int at = offset;
    int p = 0;
    int star = -1;
    int starAt = 0;
    while (at < end) {
      if (p < pattern.length && pattern[p] == '*') {
        star = ++p;
        starAt = at;
        continue;
      }
      int next = p < pattern.length ? step(p, bytes[at] & 0xFF) : -1;
      if (next >= 0) {
        p = next;
        at++;
      } else if (star >= 0) {
        // The last star takes one byte more; earlier ones never need to.
        p = star;
        at = ++starAt;
      } else {
        return false;
      }
    }
    while (p < pattern.length && pattern[p] == '*') {
      p++;
    }
    return p == pattern.length;
  }

  /// Position in the pattern behind what matches the byte, or -1.
  private int step(int p, int octet) {
    int c = pattern[p] & 0xFF;
    return switch (c) {
      case '?' -> p + 1;
      case '[' -> stepSet(p, octet);
      case '\\' -> {
        if (p + 1 == pattern.length) {
          yield octet == '\\' ? p + 1 : -1;
        }
        yield (pattern[p + 1] & 0xFF) == octet ? p + 2 : -1;
      }
      default -> c == octet ? p + 1 : -1;
    };
  }

  private int stepSet(int p, int octet) {
    int i = p + 1;
    boolean inverted = i < pattern.length && (pattern[i] == '!' || pattern[i] == '^');
    if (inverted) {
      i++;
    }
    boolean found = false;
    int first = i;
    while (i < pattern.length && (pattern[i] != ']' || i == first)) {
      int low = pattern[i] & 0xFF;
      int high = low;
      if (i + 2 < pattern.length && pattern[i + 1] == '-' && pattern[i + 2] != ']') {
        high = pattern[i + 2] & 0xFF;
        i += 2;
      }
      found |= low <= octet && octet <= high;
      i++;
    }
    if (i >= pattern.length) {
      return octet == '[' ? p + 1 : -1; // No end: the bracket stands for itself.
    }
    return found != inverted ? i + 1 : -1;
  }

  @Override
  public String toString() {
    return text;
  }
}
