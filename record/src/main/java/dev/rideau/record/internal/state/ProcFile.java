package dev.rideau.record.internal.state;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Files of `/proc` and `/sys`. What is not there, or no longer, is empty: processes come and go.
final class ProcFile {
  private ProcFile() {}

  /// The files are read by one thread, one after the other.
  private static byte[] bytes = new byte[64 * 1024];

  static synchronized String text(String path) {
    int size = 0;
    try (InputStream in = new FileInputStream(path)) {
      while (true) {
        if (size == bytes.length) {
          bytes = Arrays.copyOf(bytes, size * 2);
        }
        int count = in.read(bytes, size, bytes.length - size);
        if (count <= 0) {
          return new String(bytes, 0, size, StandardCharsets.UTF_8);
        }
        size += count;
      }
    } catch (IOException _) {
      return "";
    }
  }

  static String line(String path) {
    return text(path).strip();
  }

  static List<String> lines(String path) {
    String text = text(path);
    List<String> lines = new ArrayList<>();
    int from = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      lines.add(text.substring(from, end));
      from = end + 1;
    }
    if (from < text.length()) {
      lines.add(text.substring(from));
    }
    return lines;
  }

  /// What is behind `key` at the begin of a line of `text`, or nothing.
  static String value(String text, String key) {
    int at = text.startsWith(key) ? 0 : text.indexOf("\n" + key) + 1;
    if (at == 0 && !text.startsWith(key)) {
      return "";
    }
    int end = text.indexOf('\n', at);
    return text.substring(at + key.length(), end < 0 ? text.length() : end).strip();
  }

  /// The parts of a line between blanks. This code runs once, mostly before it is compiled, and is
  /// handed thousands of lines: regular expressions were a tenth of what a short recording costs.
  ///
  /// @param most the last of so many parts is all of the rest
  static String[] fields(String line, int most) {
    String[] fields = new String[most];
    int count = 0;
    int at = afterBlanks(line, 0);
    while (at < line.length()) {
      int end = count == most - 1 ? line.length() : toBlank(line, at);
      fields[count++] = line.substring(at, end);
      at = afterBlanks(line, end);
    }
    return count == most ? fields : Arrays.copyOf(fields, count);
  }

  private static int afterBlanks(String line, int from) {
    int at = from;
    while (at < line.length() && isBlank(line.charAt(at))) {
      at++;
    }
    return at;
  }

  private static int toBlank(String line, int from) {
    int at = from;
    while (at < line.length() && !isBlank(line.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  static String link(String path) {
    try {
      return Files.readSymbolicLink(Path.of(path)).toString();
    } catch (IOException | SecurityException _) {
      return "";
    }
  }

  /// Names that are numbers, ascending.
  static List<Integer> numbers(String folder) {
    List<Integer> numbers = new ArrayList<>();
    for (String name : names(folder)) {
      int number = number(name);
      if (number >= 0) {
        numbers.add(number);
      }
    }
    numbers.sort(null);
    return numbers;
  }

  static List<String> names(String folder) {
    // Null when it is gone meanwhile, or not ours to see.
    String[] names = new File(folder).list();
    return names == null ? List.of() : List.of(names);
  }

  /// A number of digits only, or -1.
  static int number(String text) {
    if (text.isEmpty() || text.length() > 9) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = value * 10 + c - '0';
    }
    return value;
  }

  /// An unsigned number in a base, or 0.
  static long number(String text, int base) {
    try {
      return Long.parseUnsignedLong(text.strip(), base);
    } catch (NumberFormatException _) {
      return 0;
    }
  }
}
