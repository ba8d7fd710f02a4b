package dev.rideau.ftrace;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Texts in the kernel's memory that records point to, by address: what tracefs tells in
/// `printk_formats`.
///
/// ```
/// 0xffffffff82a7c0e0 : "Start context switch"
/// ```
///
/// Immutable.
public final class PrintkLiterals {
  private final Map<Long, String> literals;

  private PrintkLiterals(Map<Long, String> literals) {
    this.literals = literals;
  }

  /// The literals of a file; lines of another form count for nothing.
  public static PrintkLiterals parse(String text) {
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
    return new PrintkLiterals(literals);
  }

  /// The text at an address, or null.
  public @Nullable String at(long address) {
    return literals.get(address);
  }
}
