package dev.rideau.perf.internal.symbol;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The kernel's symbols: lines of `kallsyms`.
///
/// ```
/// ffffffff81000000 T _stext
/// ffffffffc0a01000 t ext4_fill_super	[ext4]
/// ```
final class KernelSymbols {
  private static final long MOST_BYTES = 256L << 20;

  private final List<SymbolTable.Draft> drafts = new ArrayList<>();
  private final ByteArrayOutputStream names = new ByteArrayOutputStream();

  private KernelSymbols() {}

  /// The symbols of a file; empty when it cannot be read or hides addresses.
  static SymbolTable read(Path path) {
    try (BufferedReader lines = Files.newBufferedReader(path, StandardCharsets.ISO_8859_1)) {
      return read(lines);
    } catch (IOException failure) {
      return SymbolTable.EMPTY;
    }
  }

  /// The symbols of a text.
  static SymbolTable of(String text) {
    try (BufferedReader lines = new BufferedReader(new StringReader(text))) {
      return read(lines);
    } catch (IOException failure) {
      return SymbolTable.EMPTY;
    }
  }

  private static SymbolTable read(BufferedReader lines) throws IOException {
    KernelSymbols symbols = new KernelSymbols();
    long length = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      length += line.length();
      if (length > MOST_BYTES) {
        break;
      }
      symbols.add(line);
    }
    return new SymbolTable(symbols.drafts, symbols.names.toByteArray());
  }

  private void add(String line) {
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
    drafts.add(new SymbolTable.Draft(address, address, binding, names.size()));
    names.writeBytes(line.substring(space + 3).getBytes(StandardCharsets.UTF_8));
    names.write(0);
  }
}
