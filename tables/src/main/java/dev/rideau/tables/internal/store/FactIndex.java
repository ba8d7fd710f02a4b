package dev.rideau.tables.internal.store;

import dev.rideau.kernel.FactTable;
import dev.rideau.kernel.FactTables;
import dev.rideau.tables.internal.parquet.FinishedFile;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// What is in a folder of facts. Kept in the folder as text, written last:
///
/// ```
/// rideau facts 1
/// quiet                                    if opening the traces gave no diagnostics
/// host 616c706861                          the machine's name as UTF-8, hexadecimal
/// file 0 thread_state 7012 98304 5d2c91aa  machine, table, rows, bytes, CRC-32C
/// end 0f3da2c4                             CRC-32C of all lines before
/// ```
///
/// A table without rows has no file.
public record FactIndex(boolean isOfQuietTraces, List<String> hosts, List<Entry> entries) {
  private static final String NAME = "index";
  private static final String FIRST = "rideau facts 1";
  private static final String QUIET = "quiet";
  private static final int MOST_BYTES = 1 << 20;
  private static final int PIECE_BYTES = 1 << 18;

  /// The rows of a table of a machine.
  public record Entry(int host, FinishedFile file) {}

  public FactIndex {
    hosts = List.copyOf(hosts);
    entries = List.copyOf(entries);
  }

  /// The name of a table's file.
  static String fileName(int host, FactTable table) {
    return "machine" + host + "-" + table.name() + ".parquet";
  }

  /// The tables that the folder holds, with rows or without.
  public Set<FactTable> tables() {
    Set<FactTable> tables = new LinkedHashSet<>();
    for (Entry entry : entries) {
      tables.add(entry.file().table());
    }
    return tables;
  }

  /// The file with the rows of a table; null when there are no rows.
  public @Nullable Path file(Path folder, int host, FactTable table) {
    for (Entry entry : entries) {
      if (entry.host() == host && entry.file().table().equals(table)) {
        return entry.file().rows() == 0 ? null : folder.resolve(fileName(host, table));
      }
    }
    throw new IllegalArgumentException("no facts of " + table.name() + " in " + folder);
  }

  /// Writes it into its folder, which is complete then.
  public void write(Path folder) throws IOException {
    StringBuilder text = new StringBuilder(FIRST).append('\n');
    if (isOfQuietTraces) {
      text.append(QUIET).append('\n');
    }
    for (String host : hosts) {
      String hex = HexFormat.of().formatHex(host.getBytes(StandardCharsets.UTF_8));
      text.append("host ").append(hex).append('\n');
    }
    for (Entry entry : entries) {
      FinishedFile file = entry.file();
      text.append("file ").append(entry.host()).append(' ').append(file.table().name());
      text.append(' ').append(file.rows()).append(' ').append(file.sizeBytes());
      text.append(' ').append(Long.toHexString(file.sum())).append('\n');
    }
    String end = "end " + Long.toHexString(sum(text.toString())) + "\n";
    Files.writeString(folder.resolve(NAME), text.append(end));
  }

  /// Reads that of a folder; null when it is damaged or files do not have their lengths.
  public static @Nullable FactIndex read(Path folder) throws IOException {
    Path path = folder.resolve(NAME);
    if (!Files.isRegularFile(path) || Files.size(path) > MOST_BYTES) {
      return null;
    }
    String text = new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
    int end = text.lastIndexOf("end ");
    if (end < 0 || !text.substring(end).equals("end " + hexSum(text.substring(0, end)) + "\n")) {
      return null;
    }
    FactIndex index = parse(text.substring(0, end).split("\n"));
    for (Entry entry : index.entries) {
      Path file = index.file(folder, entry.host(), entry.file().table());
      if (file != null && Files.size(file) != entry.file().sizeBytes()) {
        return null;
      }
    }
    return index;
  }

  // Its sum is right, so it is what this program wrote.
  private static FactIndex parse(String[] lines) {
    boolean isOfQuietTraces = false;
    List<String> hosts = new ArrayList<>();
    List<Entry> entries = new ArrayList<>();
    for (String line : lines) {
      String[] words = line.split(" ", -1);
      isOfQuietTraces |= line.equals(QUIET);
      if (words[0].equals("host")) {
        hosts.add(new String(HexFormat.of().parseHex(words[1]), StandardCharsets.UTF_8));
      } else if (words[0].equals("file")) {
        FinishedFile file =
            new FinishedFile(
                FactTables.named(words[2]),
                Long.parseLong(words[3]),
                Long.parseLong(words[4]),
                Long.parseLong(words[5], 16));
        entries.add(new Entry(Integer.parseInt(words[1]), file));
      }
    }
    return new FactIndex(isOfQuietTraces, hosts, entries);
  }

  private static String hexSum(String text) {
    return Long.toHexString(sum(text));
  }

  private static long sum(String text) {
    CRC32C sum = new CRC32C();
    sum.update(text.getBytes(StandardCharsets.ISO_8859_1));
    return sum.getValue();
  }

  /// Whether the files of a table have the bytes that were written.
  public boolean isIntact(Path folder, FactTable table) throws IOException {
    for (Entry entry : entries) {
      Path path = entry.file().table().equals(table) ? file(folder, entry.host(), table) : null;
      if (path != null && sum(path) != entry.file().sum()) {
        return false;
      }
    }
    return true;
  }

  private static long sum(Path file) throws IOException {
    CRC32C sum = new CRC32C();
    byte[] piece = new byte[(int) Math.min(PIECE_BYTES, Files.size(file) + 1)];
    try (FileInputStream in = new FileInputStream(file.toFile())) {
      for (int count = in.read(piece); count > 0; count = in.read(piece)) {
        sum.update(piece, 0, count);
      }
    }
    return sum.getValue();
  }
}
