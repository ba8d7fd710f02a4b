package dev.rideau.cli.internal;

import org.jspecify.annotations.Nullable;

/// Writes one JSON text, indented for people, with members in the order in which they come.
///
/// Integers are written exactly whatever their size; who reads them as doubles loses digits beyond
/// 2^53.
public final class JsonDocument {
  private final StringBuilder out = new StringBuilder(4096);
  private int depth;
  private boolean first = true;

  /// Opens an object that is an element of an array, or the whole.
  public JsonDocument object() {
    next();
    return open('{');
  }

  /// Opens an object that is a member.
  public JsonDocument object(String name) {
    key(name);
    return open('{');
  }

  /// Opens an array that is a member.
  public JsonDocument array(String name) {
    key(name);
    return open('[');
  }

  /// Closes what [#object] opened.
  public JsonDocument endObject() {
    return close('}');
  }

  /// Closes what [#array] opened.
  public JsonDocument endArray() {
    return close(']');
  }

  /// A string or null as a member.
  public JsonDocument member(String name, @Nullable String value) {
    key(name);
    string(value);
    return this;
  }

  /// An integer as a member.
  public JsonDocument member(String name, long value) {
    key(name);
    out.append(value);
    return this;
  }

  /// An integer or null as a member.
  public JsonDocument member(String name, @Nullable Long value) {
    key(name);
    out.append(value);
    return this;
  }

  /// An unsigned integer as a member.
  public JsonDocument unsigned(String name, long value) {
    key(name);
    out.append(Long.toUnsignedString(value));
    return this;
  }

  /// A number with three decimals as a member; for rates and shares, where no digit is exact.
  public JsonDocument decimal(String name, double value) {
    key(name);
    long thousandths = Math.round(value * 1000);
    out.append(thousandths / 1000).append('.');
    out.append(Long.toString(1000 + thousandths % 1000), 1, 4);
    return this;
  }

  /// A truth value as a member.
  public JsonDocument flag(String name, boolean value) {
    key(name);
    out.append(value);
    return this;
  }

  /// A number, truth value, string or null as a member.
  public JsonDocument value(String name, @Nullable Object value) {
    key(name);
    if (value instanceof Double number && Double.isFinite(number)) {
      out.append(number.doubleValue());
    } else if (value instanceof Long || value instanceof Integer || value instanceof Boolean) {
      out.append(value);
    } else {
      string(value == null || value instanceof Double ? null : value.toString());
    }
    return this;
  }

  /// A string as an element.
  public JsonDocument element(String value) {
    next();
    string(value);
    return this;
  }

  private JsonDocument open(char bracket) {
    out.append(bracket);
    depth++;
    first = true;
    return this;
  }

  private JsonDocument close(char bracket) {
    depth--;
    if (!first) {
      newLine();
    }
    first = false;
    out.append(bracket);
    return this;
  }

  private void key(String name) {
    next();
    string(name);
    out.append(": ");
  }

  private void next() {
    if (depth == 0) {
      return;
    }
    if (!first) {
      out.append(',');
    }
    first = false;
    newLine();
  }

  private void newLine() {
    out.append('\n').repeat(' ', 2 * depth);
  }

  private void string(@Nullable String value) {
    if (value == null) {
      out.append("null");
    } else {
      appendQuoted(out, value);
    }
  }

  /// A text as JSON writes it.
  public static String quoted(String value) {
    StringBuilder text = new StringBuilder(value.length() + 2);
    appendQuoted(text, value);
    return text.toString();
  }

  private static void appendQuoted(StringBuilder out, String value) {
    out.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20 || c == 0x7f || isLoneSurrogate(value, i)) {
            out.append("\\u");
            for (int shift = 12; shift >= 0; shift -= 4) {
              out.append(Character.forDigit(c >> shift & 15, 16));
            }
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static boolean isLoneSurrogate(String text, int at) {
    char c = text.charAt(at);
    if (Character.isHighSurrogate(c)) {
      return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
    }
    return Character.isLowSurrogate(c)
        && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
