package dev.rideau.perf.internal.symbol;

import java.util.HashMap;
import java.util.Map;

/// Resolves addresses and remembers the answers. For one thread.
public final class Resolver {
  private static final int MOST_REMEMBERED = 1 << 16;

  private record Key(int pid, int version, long address, boolean kernel) {}

  private final Symbolizer symbolizer;
  private final Map<Key, Frame> known = new HashMap<>();

  /// A resolver without memory yet.
  public Resolver(Symbolizer symbolizer) {
    this.symbolizer = symbolizer;
  }

  /// What an address in a process means.
  public Frame resolve(int pid, long time, long address, boolean kernel) {
    int version = kernel ? 0 : symbolizer.version(pid, time);
    Key key = new Key(kernel ? 0 : pid, version, address, kernel);
    Frame found = known.get(key);
    if (found == null) {
      if (known.size() >= MOST_REMEMBERED) {
        known.clear();
      }
      found = symbolizer.resolve(pid, time, address, kernel);
      known.put(key, found);
    }
    return found;
  }
}
