package dev.rideau.cli.internal;

import dev.rideau.tables.DatabaseOptions;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Options of every command that asks the database.
public final class DatabaseSelection {
  private final Command command;
  private final Supplier<Boolean> noCache;
  private final Supplier<@Nullable Integer> threads;
  private final Supplier<@Nullable String> memory;

  public DatabaseSelection(Command command) {
    this.command = command;
    noCache =
        command.flag(
            "--no-cache",
            "Neither use nor keep facts of the traces in files; see docs/sql.md for where they are.");
    threads =
        command.option(
            "--threads=N",
            Integer.class,
            "Use at most N threads; default: one for each processor.");
    memory =
        command.option(
            "--memory=SIZE",
            String.class,
            "Most memory of the database, as in 2GB; default: four fifths of the machine's. What does not"
                + " fit is spilled to a folder that is deleted at the end.");
  }

  /// What the user chose.
  public DatabaseOptions options(DiagnosticLines diagnostics, Progress progress) {
    DatabaseOptions options =
        DatabaseOptions.of(diagnostics).withProgress(progress::update).withMemoryBytes(memory());
    Integer most = threads.get();
    if (most != null) {
      if (most < 1) {
        throw command.wrong("--threads is below 1");
      }
      options = options.withThreads(most);
    }
    return noCache.get() ? options : options.withCache(Version.text());
  }

  private long memory() {
    String text = memory.get();
    if (text == null) {
      return 0;
    }
    String upper = text.strip().toUpperCase(Locale.ROOT);
    int digits = 0;
    while (digits < upper.length() && Character.isDigit(upper.charAt(digits))) {
      digits++;
    }
    long unit =
        switch (upper.substring(digits).strip()) {
          case "K", "KB" -> 1_000L;
          case "M", "MB" -> 1_000_000L;
          case "G", "GB" -> 1_000_000_000L;
          case "KIB" -> 1L << 10;
          case "MIB" -> 1L << 20;
          case "GIB" -> 1L << 30;
          default -> 0L;
        };
    if (digits == 0 || digits > 9 || unit == 0) {
      throw command.wrong(
          "--memory: '" + text + "' is not a size; write for instance 500MB or 2GB");
    }
    long bytes = Long.parseLong(upper.substring(0, digits)) * unit;
    if (bytes < 64_000_000) {
      throw command.wrong("--memory: the database needs 64MB at least");
    }
    return bytes;
  }
}
