package dev.rideau.tables;

import dev.rideau.ctf.CtfTraceReader;
import dev.rideau.tables.internal.store.Machine;
import dev.rideau.trace.Diagnostic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Databases for tests.
final class TestDatabases {
  /// The small trace that comes with the program.
  static final Path CPUBURN = root().resolve("examples/cpuburn");

  private TestDatabases() {}

  private static Path root() {
    return Path.of(System.getProperty("rideau.root", "..")).toAbsolutePath();
  }

  /// Over the bundled trace with facts from elsewhere.
  static TraceDatabase open(Path trace, DatabaseOptions options, Machine... machines) {
    return TraceDatabase.open(
        List.of(trace), List.of(new CtfTraceReader()), options, _ -> List.of(machines));
  }

  /// All rows of a query, as texts.
  static List<List<@Nullable String>> rows(TraceDatabase database, String sql) {
    List<List<@Nullable String>> found = new ArrayList<>();
    try (Rows rows = database.query(sql)) {
      while (rows.next()) {
        List<@Nullable String> row = new ArrayList<>();
        for (int i = 0; i < rows.columns().size(); i++) {
          row.add(rows.textAt(i));
        }
        found.add(row);
      }
    }
    return found;
  }

  /// A list that any thread may add to.
  static List<Diagnostic> diagnostics() {
    return Collections.synchronizedList(new ArrayList<>());
  }
}
