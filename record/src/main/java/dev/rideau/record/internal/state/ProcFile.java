package dev.rideau.record.internal.state;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
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
    return text(path).lines().toList();
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
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of(folder))) {
      for (Path entry : entries) {
        names.add(String.valueOf(entry.getFileName()));
      }
    } catch (IOException | RuntimeException _) {
      // Gone meanwhile, or not ours to see.
    }
    return names;
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
