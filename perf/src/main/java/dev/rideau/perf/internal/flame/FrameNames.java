package dev.rideau.perf.internal.flame;

import dev.rideau.perf.internal.symbol.Demangler;
import dev.rideau.perf.internal.symbol.Frame;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What people call the functions of frames. For one thread.
public final class FrameNames {
  private final Map<String, String> demangled = new HashMap<>();

  /// The function, or the file in brackets where no symbol is known.
  public String of(Frame frame) {
    String symbol = symbol(frame);
    if (symbol != null) {
      return symbol;
    }
    String file = frame.file();
    return file == null ? "[unknown]" : "[" + file.substring(file.lastIndexOf('/') + 1) + "]";
  }

  /// The function, or null where no symbol is known.
  public @Nullable String symbol(Frame frame) {
    String symbol = frame.symbol();
    return symbol == null ? null : demangled.computeIfAbsent(symbol, Demangler::demangle);
  }
}
