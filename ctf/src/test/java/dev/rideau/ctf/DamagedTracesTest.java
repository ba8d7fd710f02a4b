package dev.rideau.ctf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.ctf.internal.decode.ColumnText;
import dev.rideau.ctf.internal.decode.Dice;
import dev.rideau.trace.Batch;
import dev.rideau.trace.BlockCursor;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.OpenedTraces;
import dev.rideau.trace.Projection;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.Severity;
import dev.rideau.trace.TraceException;
import dev.rideau.trace.Traces;
import dev.rideau.trace.testing.SharedData;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real traces with a data stream file that was cut off or in which bits were flipped: what lies
/// before the damage is delivered as before, and what is wrong is said with its place.
///
/// A failure names seed and trace; `-Drideau.damage.seed=SEED` begins with that one.
@Tag("slow")
final class DamagedTracesTest {
  private static final long MOST_FILE_BYTES = 1 << 20;
  private static final List<String> FOLDERS =
      List.of("data/babeltrace/traces/succeed", "data/lttng-kernel", "data/ctf-traces");

  @TempDir Path temporary = Path.of("");

  /// A record as text, by its first bit; and what was reported.
  ///
  /// @param seams bits of the file between packets or between records: a file cut off there looks
  ///   whole when its packets do not say how long they are
  private record Reading(
      TreeMap<Long, Entry> records, List<Diagnostic> diagnostics, Set<Long> seams) {}

  private record Entry(long endBits, String text) {}

  @Test
  void fewTimes() throws IOException {
    damageAll(1);
  }

  @Test
  @Tag("slow")
  void manyTimes() throws IOException {
    damageAll(8);
  }

  private void damageAll(int times) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String folder : FOLDERS) {
      Files.walkFileTree(
          SharedData.require(folder),
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (isStream(file, attributes.size())) {
                files.add(file);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    }
    files.sort(null);
    Dice choice = new Dice(Long.getLong("rideau.damage.seed", 1));
    // One file of each trace, another one each time.
    TreeMap<Path, List<Path>> traces = new TreeMap<>();
    files.forEach(file ->
        traces
            .computeIfAbsent(Objects.requireNonNull(file.getParent()), _ -> new ArrayList<>())
            .add(file));
    long seed = Long.getLong("rideau.damage.seed", 1);
    for (List<Path> streams : traces.values()) {
      // Undamaged streams of one trace, each of which is damaged several times; null if refused.
      Map<Path, @Nullable Reading> whole = new HashMap<>();
      for (int i = 0; i < times; i++) {
        damage(choice.oneOf(streams), seed++, whole);
      }
    }
    assertThat(traces).isNotEmpty();
  }

  private static boolean isStream(Path file, long sizeBytes) {
    Path parent = Objects.requireNonNull(file.getParent());
    return sizeBytes > 0
        && sizeBytes <= MOST_FILE_BYTES
        && Files.exists(parent.resolve("metadata"))
        && !file.getFileName().toString().startsWith(".")
        && !file.endsWith("metadata");
  }

  private void damage(Path file, long seed, Map<Path, @Nullable Reading> whole) throws IOException {
    Path folder = temporary.resolve("trace");
    Files.createDirectories(folder);
    Path copy = folder.resolve(file.getFileName());
    try {
      Files.copy(file.resolveSibling("metadata"), folder.resolve("metadata"));
      byte[] bytes = Files.readAllBytes(file);
      Files.write(copy, bytes);
      if (!whole.containsKey(file)) {
        whole.put(file, readIfAccepted(folder, copy));
      }
      Reading good = whole.get(file);
      if (good == null) {
        return;
      }
      Dice dice = new Dice(seed);
      boolean cut = dice.percent(50);
      long damageBits;
      if (cut) {
        int length = dice.below(bytes.length);
        damageBits = length * 8L;
        Files.write(copy, Arrays.copyOf(bytes, length));
      } else {
        damageBits = Long.MAX_VALUE;
        for (int i = dice.between(1, 3); i > 0; i--) {
          int at = dice.below(bytes.length);
          bytes[at] ^= (byte) (1 << dice.below(8));
          damageBits = Math.min(damageBits, at * 8L);
        }
        Files.write(copy, bytes);
      }
      String what =
          "seed %d, %s, %s at byte %d"
              .formatted(seed, file, cut ? "cut" : "flipped", damageBits / 8);
      try {
        compare(what, good, read(folder, copy), damageBits, cut);
      } catch (TraceException refused) {
        assertThat(refused.diagnostic().origin().file()).as(what).isNotNull();
      } catch (RuntimeException | Error failure) {
        throw new AssertionError(what + ": " + failure, failure);
      }
    } finally {
      Files.deleteIfExists(copy);
      Files.deleteIfExists(folder.resolve("metadata"));
    }
  }

  private static void compare(
      String what, Reading good, Reading damaged, long damageBits, boolean cut) {
    for (Diagnostic diagnostic : damaged.diagnostics) {
      if (diagnostic.severity() == Severity.ERROR) {
        assertThat(diagnostic.origin().file()).as(what).isNotNull();
        assertThat(diagnostic.origin().packet()).as(what + diagnostic).isNotNegative();
        assertThat(diagnostic.origin().offsetBits()).as(what + diagnostic).isNotNegative();
      }
    }
    int lost = 0;
    for (var record : good.records.entrySet()) {
      if (record.getValue().endBits > damageBits) {
        lost++;
      } else {
        Entry found = damaged.records.get(record.getKey());
        // A flipped bit in the header of a packet changes what comes before it in the file only
        // through the order of packets: that is, not at all.
        if (!record.getValue().equals(found)) {
          assertThat(found)
              .as("%s: record at bit %d", what, record.getKey())
              .isEqualTo(record.getValue());
        }
      }
    }
    if (cut && lost > 0) {
      if (!good.seams.contains(damageBits)) {
        assertThat(damaged.diagnostics).as(what).isNotEmpty();
      }
      assertThat(damaged.records.size()).as(what).isEqualTo(good.records.size() - lost);
    }
  }

  private static @Nullable Reading readIfAccepted(Path folder, Path file) {
    try {
      return read(folder, file);
    } catch (TraceException refused) {
      return null;
    }
  }

  private static Reading read(Path folder, Path file) {
    Reading reading = new Reading(new TreeMap<>(), new ArrayList<>(), new HashSet<>());
    try (OpenedTraces opened = Traces.open(List.of(folder), reading.diagnostics::add)) {
      for (DataStream stream : opened.dataStreams()) {
        assertThat(stream.packets().files()).containsExactly(file);
        for (int i = 0; i < stream.packets().size(); i++) {
          reading.seams.add(stream.packets().offsetBytes(i) * 8);
        }
        try (BlockCursor cursor =
            stream.cursor(0, stream.packets().size(), Projection.ALL, reading.diagnostics::add)) {
          RecordBlock block = cursor.next();
          while (block != null) {
            note(block, reading);
            block = cursor.next();
          }
        }
      }
    }
    return reading;
  }

  private static void note(RecordBlock block, Reading reading) {
    for (int i = 0; i < block.size(); i++) {
      reading.seams.add(block.offsetsBits()[i]);
      reading.seams.add(block.offsetsBits()[i + 1]);
      Batch batch = Objects.requireNonNull(block.batch(block.eventClasses()[i]));
      String text =
          batch.eventClass().displayName()
              + ' '
              + block.timestampsNs()[i]
              + ' '
              + ColumnText.record(batch, block.rows()[i]);
      Entry known =
          reading.records.put(block.offsetsBits()[i], new Entry(block.offsetsBits()[i + 1], text));
      assertThat(known).as("two records at one bit").isNull();
    }
  }
}
