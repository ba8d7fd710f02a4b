package dev.rideau.tables.internal.catalog;

import dev.rideau.kernel.FactTable;
import dev.rideau.kernel.FactTables;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a statement needs: fact tables, and views and macros of the library in the order in which
/// they must be made. Found by words: what a statement only seems to name is needed as well.
///
/// @param tables fact tables whose rows must be there
/// @param entries views and macros, each behind those that it uses
/// @param isEverything whether the statement asks for what there is (`SHOW TABLES`, `DESCRIBE`,
///   `information_schema`): every name must be there, but no rows
public record SqlNeeds(
    Set<FactTable> tables, List<SqlLibrary.Entry> entries, boolean isEverything) {
  private static final Set<String> CATALOG_WORDS =
      Set.of(
          "show",
          "information_schema",
          "duckdb_tables",
          "duckdb_views",
          "duckdb_columns",
          "duckdb_functions",
          "sqlite_master",
          "pg_catalog",
          "pragma");

  private static final Map<String, FactTable> TABLES = byName();

  private static Map<String, FactTable> byName() {
    Map<String, FactTable> tables = new HashMap<>();
    for (FactTable table : FactTables.ALL) {
      tables.put(table.name(), table);
    }
    return tables;
  }

  /// The needs of some statements.
  public static SqlNeeds of(String sql) {
    Set<FactTable> tables = new LinkedHashSet<>();
    Set<SqlLibrary.Entry> entries = new LinkedHashSet<>();
    Set<String> words = SqlWords.of(sql);
    collect(words, tables, entries, new LinkedHashSet<>());
    boolean everything = words.stream().anyMatch(CATALOG_WORDS::contains);
    return new SqlNeeds(tables, new ArrayList<>(entries), everything);
  }

  private static void collect(
      Collection<String> words,
      Set<FactTable> tables,
      Set<SqlLibrary.Entry> entries,
      Set<String> seen) {
    for (String word : words) {
      FactTable table = TABLES.get(word);
      if (table != null) {
        tables.add(table);
      }
      SqlLibrary.Entry entry = SqlLibrary.bundled().entries().get(word);
      if (entry != null && seen.add(word)) {
        collect(entry.words(), tables, entries, seen);
        entries.add(entry);
      }
    }
  }
}
