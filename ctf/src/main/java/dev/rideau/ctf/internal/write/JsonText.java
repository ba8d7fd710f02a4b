package dev.rideau.ctf.internal.write;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// JSON values as text: maps, lists, strings, numbers and booleans.
final class JsonText {
  private static final String INDENT = "  ";

  private JsonText() {}

  /// The text of a value. What has no structure inside stands on one line.
  static String of(Object value) {
    StringBuilder text = new StringBuilder();
    append(text, value, 0);
    return text.toString();
  }

  private static void append(StringBuilder text, Object value, int depth) {
    switch (value) {
      case Map<?, ?> map ->
          appendAll(text, map.entrySet().iterator(), "{", "}", depth, isFlat(map));
      case List<?> list ->
          appendAll(
              text, list.iterator(), "[", "]", depth, list.stream().allMatch(JsonText::isShort));
      case Map.Entry<?, ?> entry -> {
        appendString(text, String.valueOf(entry.getKey()));
        text.append(": ");
        append(text, entry.getValue(), depth);
      }
      case String string -> appendString(text, string);
      default -> text.append(value);
    }
  }

  private static boolean isFlat(Map<?, ?> map) {
    return map.values().stream()
        .allMatch(value -> !(value instanceof Map) && (isShort(value) || value.equals(List.of())));
  }

  private static boolean isShort(Object value) {
    return !(value instanceof Map)
        && (!(value instanceof List<?> list)
            || list.stream().noneMatch(each -> each instanceof Map || each instanceof List));
  }

  private static void appendAll(
      StringBuilder text, Iterator<?> values, String open, String close, int depth, boolean flat) {
    text.append(open);
    boolean empty = !values.hasNext();
    while (values.hasNext()) {
      if (!flat) {
        text.append('\n').append(INDENT.repeat(depth + 1));
      }
      append(text, values.next(), depth + 1);
      if (values.hasNext()) {
        text.append(flat ? ", " : ",");
      }
    }
    if (!flat && !empty) {
      text.append('\n').append(INDENT.repeat(depth));
    }
    text.append(close);
  }

  private static void appendString(StringBuilder text, String string) {
    text.append('"');
    for (int i = 0; i < string.length(); i++) {
      char character = string.charAt(i);
      switch (character) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\t' -> text.append("\\t");
        case '\r' -> text.append("\\r");
        default -> {
          if (character < ' ' || Character.isSurrogate(character)) {
            text.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
          } else {
            text.append(character);
          }
        }
      }
    }
    text.append('"');
  }
}
