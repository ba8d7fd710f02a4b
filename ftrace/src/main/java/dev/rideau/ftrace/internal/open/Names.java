package dev.rideau.ftrace.internal.open;

import dev.rideau.ftrace.KernelNames;
import dev.rideau.ftrace.PrintkLiterals;
import dev.rideau.ftrace.internal.file.TraceDat;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The names that a `trace.dat` holds, taken apart when first asked for.
final class Names implements KernelNames {
  private final TraceDat file;
  private @Nullable Map<Long, String> comms;
  private @Nullable PrintkLiterals literals;
  private @Nullable SymbolTable symbols;

  Names(TraceDat file) {
    this.file = file;
  }

  @Override
  public synchronized @Nullable String comm(long tid) {
    if (tid == 0) {
      return "<idle>";
    }
    Map<Long, String> known = comms;
    if (known == null) {
      known = parseComms(file.comms());
      comms = known;
    }
    return known.get(tid);
  }

  @Override
  public synchronized @Nullable String symbol(long address) {
    SymbolTable known = symbols;
    if (known == null) {
      known = SymbolTable.parse(file.symbols());
      symbols = known;
    }
    return known.find(address);
  }

  @Override
  public synchronized @Nullable String literal(long address) {
    PrintkLiterals known = literals;
    if (known == null) {
      known = PrintkLiterals.parse(file.printkFormats());
      literals = known;
    }
    return known.at(address);
  }

  /// Lines `tid name`.
  private static Map<Long, String> parseComms(String text) {
    Map<Long, String> comms = new HashMap<>();
    for (String line : text.split("\n", -1)) {
      int space = line.indexOf(' ');
      if (space > 0) {
        try {
          comms.put(Long.parseLong(line.substring(0, space)), line.substring(space + 1));
        } catch (NumberFormatException _) {
          // No line of this table.
        }
      }
    }
    return comms;
  }
}
