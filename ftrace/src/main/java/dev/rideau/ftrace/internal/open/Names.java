package dev.rideau.ftrace.internal.open;

import dev.rideau.ftrace.KernelNames;
import dev.rideau.ftrace.internal.file.TraceDat;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The names that a `trace.dat` holds, taken apart when first asked for.
final class Names implements KernelNames {
  private final TraceDat file;
  private @Nullable Map<Long, String> comms;
  private @Nullable Map<Long, String> literals;
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
    Map<Long, String> known = literals;
    if (known == null) {
      known = parseLiterals(file.printkFormats());
      literals = known;
    }
    return known.get(address);
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

  /// Lines `0xaddress : "text"`.
  private static Map<Long, String> parseLiterals(String text) {
    Map<Long, String> literals = new HashMap<>();
    for (String line : text.split("\n", -1)) {
      int colon = line.indexOf(" : ");
      int first = line.indexOf('"');
      int last = line.lastIndexOf('"');
      if (line.startsWith("0x") && colon > 2 && last > first) {
        try {
          literals.put(
              Long.parseUnsignedLong(line.substring(2, colon).strip(), 16),
              line.substring(first + 1, last).replace("\\n", "\n").replace("\\\"", "\""));
        } catch (NumberFormatException _) {
          // No line of this table.
        }
      }
    }
    return literals;
  }
}
