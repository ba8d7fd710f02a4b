package dev.rideau.perf.internal.symbol;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// Functions that a just-in-time compiler made: the map that its process leaves in `/tmp`.
///
/// ```
/// 7f497c408012 1a0 java.lang.String::hashCode
/// start        length, both in base 16
/// ```
final class JitSymbols {
  private static final String PREFIX = "/tmp/perf-";
  private static final String SUFFIX = ".map";
  private static final Pattern MAP = Pattern.compile(PREFIX + "[0-9]+\\.map");

  private JitSymbols() {}

  /// The name of the map of a process.
  static String file(int pid) {
    return PREFIX + pid + SUFFIX;
  }

  /// Whether a file is such a map.
  static boolean isMap(String file) {
    return MAP.matcher(file).matches();
  }

  /// The symbols of a map; empty when there is none, or when it belongs to somebody else, who could
  /// write anything there.
  static SymbolTable read(Path path) {
    if (!Files.isRegularFile(path)) {
      return SymbolTable.EMPTY;
    }
    try (BufferedReader lines = Files.newBufferedReader(path, StandardCharsets.ISO_8859_1)) {
      String owner = Files.getOwner(path).getName();
      if (!owner.equals("root") && !owner.equals(System.getProperty("user.name"))) {
        return SymbolTable.EMPTY;
      }
      return SymbolLines.read(lines, JitSymbols::add);
    } catch (IOException failure) {
      return SymbolTable.EMPTY;
    }
  }

  private static void add(SymbolLines into, String line) {
    String[] words = line.split(" ", 3);
    if (words.length < 3 || words[2].isEmpty()) {
      return;
    }
    try {
      long start = Long.parseUnsignedLong(words[0], 16);
      long end = start + Long.parseUnsignedLong(words[1], 16);
      into.add(start, end, SymbolTable.Binding.GLOBAL, words[2]);
    } catch (NumberFormatException _) {
      // No line of a map.
    }
  }
}
