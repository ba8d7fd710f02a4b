package dev.rideau.ftrace.internal.open;

import dev.rideau.ftrace.internal.file.Codec;
import dev.rideau.ftrace.internal.file.TraceDat;
import dev.rideau.ftrace.internal.format.KernelBytes;
import dev.rideau.ftrace.internal.ring.PageLayout;
import dev.rideau.ftrace.internal.ring.RingClock;
import dev.rideau.ftrace.internal.ring.RingPage;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.Loss;
import dev.rideau.trace.Origin;
import dev.rideau.trace.PacketIndex;
import dev.rideau.trace.Severity;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Goes through the pages of one CPU and cuts them into packets: runs of pages without loss between
/// them. Looks at the start of each page, and at the records only of the last page of a run.
final class PageIndexer {
  /// Large enough for full blocks of records, small enough to stay in the processor's cache.
  private static final int PACKET_BYTES = 128 * 1024;

  private final TraceDat file;
  private final TraceDat.CpuData data;
  private final TraceDat.Buffer buffer;
  private final RingClock clock;
  private final DiagnosticSink diagnostics;
  private final PacketIndex.Builder index;
  private final List<Gap> gaps = new ArrayList<>();
  private final boolean swapped;
  private final PageLayout layout;
  private final int pageBytes;
  private final int mostPages;

  private @Nullable ChunkTable chunks;
  private int chunk;

  /// Start of the packet that is being made, -1 when there is none; in the file or in the chunk.
  private long start = -1;

  private int pages;
  private int missingBytes;
  private long beginTime;

  private PageIndexer(
      TraceDat file,
      TraceDat.Buffer buffer,
      TraceDat.CpuData data,
      RingClock clock,
      DiagnosticSink diagnostics) {
    this.file = file;
    this.buffer = buffer;
    this.data = data;
    this.clock = clock;
    this.diagnostics = diagnostics;
    index = new PacketIndex.Builder(List.of(data.file()));
    swapped = file.abi().byteOrder() == ByteOrder.BIG_ENDIAN;
    layout = file.layout();
    pageBytes = buffer.pageBytes();
    mostPages = Math.max(1, PACKET_BYTES / pageBytes);
  }

  /// The packets of one CPU.
  static StreamDraft index(
      TraceDat file,
      int bufferIndex,
      TraceDat.CpuData data,
      RingClock clock,
      PageStore store,
      DiagnosticSink diagnostics)
      throws IOException {
    TraceDat.Buffer buffer = file.buffers().get(bufferIndex);
    PageIndexer indexer = new PageIndexer(file, buffer, data, clock, diagnostics);
    if (data.compressed()) {
      indexer.readChunks(store);
    } else {
      indexer.readPages(store);
    }
    List<String> statistics = bufferIndex == 0 ? file.options().statistics() : List.of();
    if (!indexer.gaps.isEmpty() && indexer.gaps.getFirst().packet() == 0) {
      // What came before was overwritten.
      indexer.index.sequenceNumber(0, 1);
    }
    return new StreamDraft(
        buffer,
        bufferIndex,
        data,
        indexer.index.build(),
        indexer.chunks,
        indexer.gaps,
        CpuStatistics.dropped(statistics, data.cpu()),
        CpuStatistics.overrun(statistics, data.cpu()));
  }

  private void readPages(PageStore store) throws IOException {
    long fileBytes = store.size(data.file());
    long offset = data.offsetBytes();
    long length = data.lengthBytes();
    if (offset < 0 || length < 0 || offset > fileBytes || length > fileBytes - offset) {
      truncated(fileBytes);
      length = offset < 0 || length < 0 ? 0 : Math.max(0, fileBytes - offset);
    }
    // Whole windows are read one behind the other: that is as fast as the disk, and a file that
    // gets shorter meanwhile does no harm.
    int windowPages = Math.max(1, (1 << 20) / pageBytes);
    byte[] window = new byte[windowPages * pageBytes];
    for (long done = 0; done < length; done += window.length) {
      int wanted = (int) Math.min(window.length, length - done);
      int got = store.read(data.file(), offset + done, window, 0, wanted);
      for (int at = 0; at < got; at += pageBytes) {
        page(window, at, Math.min(got, at + pageBytes), offset + done + at);
      }
      if (got < wanted) {
        break;
      }
    }
    finishPacket();
  }

  private void readChunks(PageStore store) throws IOException {
    ChunkTable table = new ChunkTable();
    chunks = table;
    Codec codec = file.codec();
    long fileBytes = store.size(data.file());
    long at = data.offsetBytes();
    byte[] word = new byte[8];
    if (data.lengthBytes() == 0 || codec == null) {
      return;
    }
    if (store.read(data.file(), at, word, 0, 4) < 4) {
      truncated(fileBytes);
      return;
    }
    long count = KernelBytes.word(word, 0, swapped) & 0xFFFF_FFFFL;
    at += 4;
    for (long i = 0; i < count; i++) {
      if (store.read(data.file(), at, word, 0, 8) < 8) {
        truncated(fileBytes);
        break;
      }
      int packed = KernelBytes.word(word, 0, swapped);
      int unpacked = KernelBytes.word(word, 4, swapped);
      if (packed <= 0 || unpacked <= 0 || unpacked > ChunkTable.MOST_CHUNK_BYTES) {
        brokenChunk(at);
        break;
      }
      if (packed > fileBytes - at - 8) {
        truncated(fileBytes);
        break;
      }
      chunk = table.add(at + 8, packed, unpacked);
      byte[] pagesOfChunk = unpack(store, table, chunk, codec);
      if (pagesOfChunk == null) {
        brokenChunk(at);
      } else {
        for (int page = 0; page < unpacked; page += pageBytes) {
          page(pagesOfChunk, page, Math.min(unpacked, page + pageBytes), page);
        }
        finishPacket();
      }
      at += 8 + (long) packed;
    }
  }

  private byte @Nullable [] unpack(PageStore store, ChunkTable table, int chunk, Codec codec)
      throws IOException {
    byte[] packed = new byte[table.packedBytes(chunk)];
    byte[] unpacked = new byte[table.unpackedBytes(chunk)];
    int got = store.read(data.file(), table.offsetBytes(chunk), packed, 0, packed.length);
    return got == packed.length && codec.unpack(packed, packed.length, unpacked) ? unpacked : null;
  }

  // ---------------------------------------------------------------- pages to packets

  /// The page before, to find the time of its last record when that turns out to matter.
  private final byte[] last = new byte[1 << 16];

  private int lastBytes;
  private long lastEndTime;

  /// @param place where the page is, in the file or in the chunk
  private void page(byte[] bytes, int at, int end, long place) {
    if (end - at < layout.headerBytes()) {
      return;
    }
    int commit = RingPage.commit(bytes, at, layout, swapped);
    long time = KernelBytes.integer(bytes, at, 8, false, swapped);
    if (commit == 0 && time == 0) {
      // Never written.
      finishPacket();
      return;
    }
    boolean missed = (commit & PageLayout.MISSED) != 0;
    if (missed || pages == mostPages) {
      finishPacket();
    }
    if (start < 0) {
      start = place;
      beginTime = time;
      pages = 0;
      missingBytes = 0;
      if (missed) {
        gaps.add(new Gap(packets, missedCount(bytes, at, end, commit)));
      }
    }
    pages++;
    missingBytes = pageBytes - (end - at);
    remember(bytes, at, end);
  }

  private int packets;

  private void remember(byte[] bytes, int at, int end) {
    if (end - at <= last.length) {
      lastBytes = end - at;
      System.arraycopy(bytes, at, last, 0, lastBytes);
    } else {
      lastBytes = 0;
      lastEndTime = RingPage.endTime(bytes, at, end, layout, swapped);
    }
  }

  private long missedCount(byte[] bytes, int at, int end, int commit) {
    int stored = at + layout.headerBytes() + (commit & PageLayout.LENGTH);
    if ((commit & PageLayout.MISSED_STORED) == 0
        || stored < at
        || stored > end - layout.commitBytes()) {
      return Loss.UNKNOWN_COUNT;
    }
    long count = KernelBytes.integer(bytes, stored, layout.commitBytes(), false, swapped);
    return count > 0 ? count : Loss.UNKNOWN_COUNT;
  }

  private void finishPacket() {
    if (start < 0) {
      return;
    }
    long endTime =
        lastBytes > 0 ? RingPage.endTime(last, 0, lastBytes, layout, swapped) : lastEndTime;
    long lengthBytes = (long) pages * pageBytes - missingBytes;
    ChunkTable table = chunks;
    long offset = table == null ? start : table.offsetBytes(chunk);
    int packet = index.add(0, offset, lengthBytes * 8, lengthBytes * 8);
    if (table != null) {
      table.addPacket(packet, chunk, (int) start);
    }
    index.begin(packet, clock.scaled(beginTime), clock.toNs(beginTime));
    index.end(packet, clock.scaled(endTime), clock.toNs(endTime));
    packets = packet + 1;
    start = -1;
    pages = 0;
  }

  private void truncated(long fileBytes) {
    diagnostics.report(
        Diagnostic.of(
            Severity.WARNING,
            "truncated-file",
            "the file ends before the pages of CPU %d%s do"
                .formatted(
                    data.cpu(), buffer.name().isEmpty() ? "" : " of buffer " + buffer.name()),
            new Origin(data.file(), null, -1, fileBytes * 8, 0, 0),
            "It was cut off; what is there is read."));
  }

  private void brokenChunk(long at) {
    diagnostics.report(
        Diagnostic.error(
            "broken-compression",
            "compressed pages of CPU %d cannot be unpacked".formatted(data.cpu()),
            new Origin(data.file(), null, -1, at * 8, 0, 0),
            "The file is damaged; these pages are left out."));
  }
}
