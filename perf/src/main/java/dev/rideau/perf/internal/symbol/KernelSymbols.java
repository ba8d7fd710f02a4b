package dev.rideau.perf.internal.symbol;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The kernel's symbols: lines of `kallsyms`.
///
/// ```
/// ffffffff81000000 T _stext
/// ffffffffc0a01000 t ext4_fill_super	[ext4]
/// ```
final class KernelSymbols {
  private KernelSymbols() {}

  /// The symbols of a file; empty when it cannot be read or hides addresses.
  static SymbolTable read(Path path) {
    try (BufferedReader lines = Files.newBufferedReader(path, StandardCharsets.ISO_8859_1)) {
      return SymbolLines.read(lines, KernelSymbols::add);
    } catch (IOException failure) {
      return SymbolTable.EMPTY;
    }
  }

  /// The symbols of a text.
  static SymbolTable of(String text) {
    try (BufferedReader lines = new BufferedReader(new StringReader(text))) {
      return SymbolLines.read(lines, KernelSymbols::add);
    } catch (IOException failure) {
      return SymbolTable.EMPTY;
    }
  }

  private static void add(SymbolLines into, String line) {
    int space = line.indexOf(' ');
    if (space < 1 || space > 16 || line.length() < space + 4) {
      return;
    }
    char type = line.charAt(space + 1);
    char upper = Character.toUpperCase(type);
    if (upper != 'T' && upper != 'W' && upper != 'D' && upper != 'B') {
      return;
    }
    long address;
    try {
      address = Long.parseUnsignedLong(line, 0, space, 16);
    } catch (NumberFormatException malformed) {
      return;
    }
    if (address == 0) {
      return;
    }
    SymbolTable.Binding binding =
        type == 'W'
            ? SymbolTable.Binding.WEAK
            : type == upper ? SymbolTable.Binding.GLOBAL : SymbolTable.Binding.LOCAL;
    into.add(address, address, binding, line.substring(space + 3));
  }
}
