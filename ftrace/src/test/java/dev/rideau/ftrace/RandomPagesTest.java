package dev.rideau.ftrace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.OpenedTraces;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;

/// The decoder against its plain twin, on pages with every kind of record.
@Tag("slow")
final class RandomPagesTest {

  @Property(tries = 100)
  void decoderAndPlainTwinAgree(@ForAll long seed) throws IOException {
    List<ByteBuffer> pages = randomPages(new Random(seed));
    Path file = Files.createTempFile("rideau", ".dat");
    try {
      List<Diagnostic> diagnostics = new ArrayList<>();
      TestRecording.write(file, List.of(pages, List.of()));
      try (OpenedTraces traces = TestRecording.open(file, diagnostics)) {
        assertThat(Lines.of(traces.dataStreams().getFirst(), diagnostics)).isEqualTo(plain(pages));
      }
      assertThat(diagnostics).isEmpty();
    } finally {
      Files.delete(file);
    }
  }

  /// Pages as the kernel writes them, with padding, long gaps, absolute times and long records.
  private static List<ByteBuffer> randomPages(Random random) {
    List<ByteBuffer> pages = new ArrayList<>();
    long time = random.nextLong(1L << 50);
    for (int i = 1 + random.nextInt(70); i > 0; i--) {
      ByteBuffer page = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
      page.putLong(time).putLong(0);
      while (page.remaining() > 400 && random.nextInt(100) > 0) {
        switch (random.nextInt(10)) {
          case 0 -> {
            long gap = random.nextLong(1L << 45);
            page.putInt(30 | (int) (gap & 0x7FF_FFFF) << 5).putInt((int) (gap >>> 27));
            time += gap;
          }
          case 1 -> {
            time += random.nextInt(1000);
            page.putInt(31 | (int) (time & 0x7FF_FFFF) << 5).putInt((int) (time >>> 27));
          }
          case 2 -> {
            int delta = 1 + random.nextInt(100);
            page.putInt(29 | delta << 5).putInt(12).putLong(random.nextLong());
            time += delta == 1 ? 0 : delta;
          }
          default -> {
            int delta = random.nextInt(1 << random.nextInt(1, 27));
            time += delta;
            put(page, delta, record(random));
          }
        }
      }
      page.putLong(8, page.position() - 16);
      pages.add(page.clear());
      time += random.nextInt(1000);
    }
    return pages;
  }

  private static ByteBuffer record(Random random) {
    return random.nextBoolean()
        ? TestRecording.number(random.nextInt(), random.nextInt())
        : TestRecording.text(1, "x".repeat(random.nextInt(200)), 1, 2);
  }

  private static void put(ByteBuffer page, int delta, ByteBuffer record) {
    int length = record.remaining() + 3 & -4;
    if (length <= 112) {
      page.putInt(delta << 5 | length >> 2);
    } else {
      page.putInt(delta << 5).putInt(length + 4);
    }
    int end = page.position() + length;
    page.put(record).position(end);
  }

  /// Goes through pages record by record, as the kernel's documents say.
  private static List<String> plain(List<ByteBuffer> pages) {
    List<String> lines = new ArrayList<>();
    for (ByteBuffer page : pages) {
      long time = page.getLong(0);
      long end = 16 + page.getLong(8);
      int at = 16;
      while (at < end) {
        int header = page.getInt(at);
        int type = header & 31;
        int delta = header >>> 5;
        if (type == 30) {
          time += delta + ((page.getInt(at + 4) & 0xFFFF_FFFFL) << 27);
          at += 8;
        } else if (type == 31) {
          time = delta + ((page.getInt(at + 4) & 0xFFFF_FFFFL) << 27);
          at += 8;
        } else if (type == 29) {
          time += delta == 1 ? 0 : delta;
          at += 4 + page.getInt(at + 4);
        } else {
          time += delta;
          int start = type == 0 ? at + 8 : at + 4;
          at = type == 0 ? at + 4 + page.getInt(at + 4) : start + type * 4;
          lines.add("cpu0 %d %s".formatted(1_000_000_000_000L + time, text(page, start)));
        }
      }
    }
    return lines;
  }

  private static String text(ByteBuffer page, int start) {
    if (page.getShort(start) == 10) {
      return "number: value=" + page.getInt(start + 8);
    }
    StringBuilder name = new StringBuilder();
    for (int i = start + 16; page.get(i) != 0; i++) {
      name.append((char) page.get(i));
    }
    return "text: name=" + name;
  }
}
