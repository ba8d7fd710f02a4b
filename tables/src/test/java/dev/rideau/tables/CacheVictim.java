package dev.rideau.tables;

import java.nio.file.Path;

/// A process that keeps many facts of a trace, to be killed meanwhile by [CacheFaultsTest].
final class CacheVictim {
  private CacheVictim() {}

  public static void main(String[] arguments) {
    DatabaseOptions options = DatabaseOptions.of(_ -> {}).withThreads(2).withCache("1");
    try (TraceDatabase database =
        TestDatabases.open(
            Path.of(arguments[0]),
            options,
            new RandomFacts("alpha", 7, Integer.parseInt(arguments[1])))) {
      System.out.println("ready");
      database.prepare(TraceDatabase.tables());
    }
  }
}
