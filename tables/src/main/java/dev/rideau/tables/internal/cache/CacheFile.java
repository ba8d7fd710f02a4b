package dev.rideau.tables.internal.cache;

import dev.rideau.kernel.FactTable;
import dev.rideau.kernel.FactTables;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A complete file with the facts of some tables. Its name tells which, and how long it must be:
///
/// ```
/// facts-TABLES-SIZE.duckdb    both hexadecimal; bit i of TABLES stands for FactTables.ALL[i]
/// ```
///
/// @param tables those that it holds
public record CacheFile(Path path, Set<FactTable> tables) {
  private static final Pattern NAME = Pattern.compile("facts-([0-9a-f]+)-([0-9a-f]+)\\.duckdb");

  /// The file's name once it is complete.
  static String name(Collection<FactTable> tables, long sizeBytes) {
    BigInteger bits = BigInteger.ZERO;
    for (FactTable table : tables) {
      bits = bits.setBit(FactTables.ALL.indexOf(table));
    }
    return "facts-" + bits.toString(16) + "-" + Long.toHexString(sizeBytes) + ".duckdb";
  }

  /// What the name of a path says; null when it is not such a file or does not have the length.
  static @Nullable CacheFile of(Path path) throws IOException {
    Matcher matcher = NAME.matcher(String.valueOf(path.getFileName()));
    if (!matcher.matches() || Long.parseLong(matcher.group(2), 16) != Files.size(path)) {
      return null;
    }
    BigInteger bits = new BigInteger(matcher.group(1), 16);
    Set<FactTable> tables = new LinkedHashSet<>();
    for (int i = 0; i < FactTables.ALL.size(); i++) {
      if (bits.testBit(i)) {
        tables.add(FactTables.ALL.get(i));
      }
    }
    return new CacheFile(path, tables);
  }
}
