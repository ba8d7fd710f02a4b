package dev.rideau.ftrace.internal.ring;

import dev.rideau.ftrace.internal.format.KernelBytes;
import dev.rideau.trace.Batch;
import dev.rideau.trace.BlockCursor;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.PacketIndex;
import dev.rideau.trace.Projection;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.StructColumn;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Decodes pages of the ring buffer block by block. A packet is a run of pages without loss between
/// them.
///
/// The first pass over a packet finds records, times and classes; the second fills columns, one
/// class and one column at a time.
public final class RingBlockCursor implements BlockCursor {
  private static final int BLOCK_RECORDS = 2048;

  private final DataStream stream;
  private final PacketIndex packets;
  private final PageBytes source;
  private final ClassTable classes;
  private final PageLayout layout;
  private final int pageBytes;
  private final boolean swapped;
  private final RingClock clock;
  private final Projection projection;
  private final RingFaults faults;
  private final StructColumn packetHeader;
  private final StructColumn packetContext;

  private final @Nullable BoundFormat[] bound;

  /// Classes that the projection leaves out.
  private final boolean[] left;

  private final @Nullable Batch[] batches;
  private final RecordBlock block;
  private BoundFormat[] touched = new BoundFormat[16];
  private int touchedCount;

  private byte[] bytes = new byte[0];
  private int lengthBytes;
  private int nextPacket;
  private int endPacket;
  private int packet;
  private boolean packetByPacket;
  private boolean isOpen;

  /// Where the page starts that is being decoded, -1 before the first.
  private int page;

  /// First byte behind the records of the page; at or before [#position] when it is done.
  private int pageEnd;

  private int position;
  private long time;

  /// A cursor over the packets from `firstPacket` up to, not including, `endPacket`.
  public RingBlockCursor(
      DataStream stream,
      PageBytes source,
      ClassTable classes,
      PageLayout layout,
      int pageBytes,
      ByteOrder order,
      RingClock clock,
      StructColumn packetHeader,
      StructColumn packetContext,
      Projection projection,
      int firstPacket,
      int endPacket,
      DiagnosticSink diagnostics) {
    this.stream = stream;
    this.source = source;
    this.classes = classes;
    this.layout = layout;
    this.pageBytes = pageBytes;
    swapped = order == ByteOrder.BIG_ENDIAN;
    this.clock = clock;
    this.packetHeader = packetHeader;
    this.packetContext = packetContext;
    this.projection = projection;
    faults = new RingFaults(stream, diagnostics);
    packets = stream.packets();
    int count = stream.dataStreamClass().eventClasses().size();
    bound = new BoundFormat[count];
    left = new boolean[count];
    batches = new Batch[count];
    block = new RecordBlock(stream, batches, BLOCK_RECORDS);
    restart(firstPacket, endPacket);
  }

  @Override
  public void restart(int firstPacket, int endPacket) {
    nextPacket = firstPacket;
    this.endPacket = endPacket;
    packetByPacket = false;
    isOpen = false;
    faults.restart();
  }

  @Override
  public void close() {
    nextPacket = 0;
    endPacket = 0;
    isOpen = false;
    bytes = new byte[0];
  }

  @Override
  public @Nullable RecordBlock nextPacket() {
    packetByPacket = true;
    if (nextPacket >= endPacket) {
      isOpen = false;
      return null;
    }
    openPacket();
    block.restart(packet, packetHeader, packetContext);
    return block;
  }

  @Override
  public @Nullable RecordBlock next() {
    while (true) {
      if (!isOpen) {
        if (packetByPacket || nextPacket >= endPacket) {
          return null;
        }
        openPacket();
      }
      block.restart(packet, packetHeader, packetContext);
      int size = scan();
      if (size > 0) {
        finish(size);
        return block;
      }
    }
  }

  private void openPacket() {
    packet = nextPacket++;
    int length = (int) (packets.totalBits(packet) >>> 3);
    if (bytes.length < length) {
      // Not the old array: nobody reads it any more, blocks are recycled.
      bytes = new byte[length];
    }
    lengthBytes = source.read(packet, bytes);
    if (lengthBytes < length) {
      faults.report(
          packet,
          "truncated-file",
          "the file ends inside the pages of the ring buffer",
          lengthBytes,
          "It was cut off; records before are good.");
    }
    faults.enterPacket();
    page = -1;
    position = 0;
    pageEnd = 0;
    isOpen = true;
  }

  /// Enters the next page that holds records.
  ///
  /// @return false when the packet has no more
  private boolean openPage() {
    while (true) {
      page = page < 0 ? 0 : page + pageBytes;
      int header = layout.headerBytes();
      if (lengthBytes - page < header) {
        isOpen = false;
        return false;
      }
      int commit = RingPage.commit(bytes, page, layout, swapped) & PageLayout.LENGTH;
      if (commit > pageBytes - header) {
        faults.report(
            packet,
            "damaged-page",
            "a page of the ring buffer says that it holds %d bytes of %d"
                .formatted(commit, pageBytes - header),
            page,
            "Its records are left out.");
        continue;
      }
      time = KernelBytes.integer(bytes, page, 8, false, swapped);
      position = page + header;
      pageEnd = position + commit;
      if (pageEnd > lengthBytes) {
        pageEnd = lengthBytes & -4;
      }
      if (position < pageEnd) {
        return true;
      }
    }
  }

  /// Goes through records until the block is full or the packet ends.
  ///
  /// @return how many records of the block there are
  private int scan() {
    int size = 0;
    touchedCount = 0;
    while (size < BLOCK_RECORDS) {
      if (position >= pageEnd && !openPage()) {
        break;
      }
      size = scanPage(size);
    }
    block.offsetsBits()[size] = (packets.offsetBytes(packet) + position) << 3;
    return size;
  }

  private int scanPage(int firstSize) {
    byte[] bytes = this.bytes;
    boolean swapped = this.swapped;
    long[] clockValues = block.clockValues();
    long[] offsetsBits = block.offsetsBits();
    int[] eventClasses = block.eventClasses();
    int[] rows = block.rows();
    long fileBytes = packets.offsetBytes(packet);
    int limit = pageEnd;
    int at = position;
    int size = firstSize;
    long time = this.time;
    while (at < limit && size < BLOCK_RECORDS) {
      if (limit - at < 4) {
        faults.brokenRecord(packet, at);
        at = limit;
        break;
      }
      int header = KernelBytes.word(bytes, at, swapped);
      int type = RingPage.type(header, swapped);
      int start;
      int end;
      if (type != 0 && type < RingPage.PADDING) {
        start = at + 4;
        end = start + (type << 2);
        time += RingPage.delta(header, swapped);
      } else {
        int delta = RingPage.delta(header, swapped);
        if (type == RingPage.PADDING && delta == 0) {
          at = limit;
          break;
        }
        if (limit - at < 8) {
          faults.brokenRecord(packet, at);
          at = limit;
          break;
        }
        int word = KernelBytes.word(bytes, at + 4, swapped);
        if (type >= RingPage.TIME_EXTEND) {
          long value = delta + ((word & 0xFFFF_FFFFL) << RingPage.DELTA_BITS);
          time = type == RingPage.TIME_EXTEND ? time + value : RingPage.absolute(value, time);
          at += 8;
          continue;
        }
        if (word < 4 || word > limit - at - 4) {
          faults.brokenRecord(packet, at);
          at = limit;
          break;
        }
        start = at + 8;
        end = at + 4 + (word + 3 & -4);
        if (type == RingPage.PADDING) {
          // A record that was taken back. With time 1 it had none of its own.
          time += delta == 1 ? 0 : delta;
          at = end;
          continue;
        }
        time += delta;
      }
      if (end > limit || end - start < 2) {
        faults.brokenRecord(packet, at);
        at = limit;
        break;
      }
      int first = KernelBytes.shortLe(bytes, start) & 0xFFFF;
      int id = swapped ? Short.reverseBytes((short) first) & 0xFFFF : first;
      int ordinal = classes.ordinalOf(id);
      if (ordinal < 0) {
        faults.unknownId(packet, id, at);
      } else if (!left[ordinal]) {
        BoundFormat format = bound[ordinal];
        if (format == null) {
          format = bind(ordinal);
        }
        if (format != null) {
          if (format.rows() == 0) {
            touch(format);
          }
          clockValues[size] = time;
          offsetsBits[size] = fileBytes + at << 3;
          eventClasses[size] = ordinal;
          rows[size] = format.keep(start, end);
          size++;
        }
      }
      at = end;
    }
    this.time = time;
    position = at;
    return size;
  }

  private @Nullable BoundFormat bind(int ordinal) {
    EventClass eventClass = stream.dataStreamClass().eventClasses().get(ordinal);
    if (!projection.includes(eventClass)) {
      left[ordinal] = true;
      return null;
    }
    Batch batch = Batch.of(stream.dataStreamClass(), eventClass, projection);
    BoundFormat made = new BoundFormat(ordinal, classes.format(ordinal), batch);
    bound[ordinal] = made;
    batches[ordinal] = batch;
    return made;
  }

  private void touch(BoundFormat format) {
    if (touchedCount == touched.length) {
      touched = Arrays.copyOf(touched, touchedCount * 2);
    }
    touched[touchedCount++] = format;
  }

  private void finish(int size) {
    int missing = 0;
    for (int i = 0; i < touchedCount; i++) {
      missing += touched[i].finish(bytes);
    }
    block.resize(size);
    clock.convert(block.clockValues(), block.timestampsNs(), size);
    faults.checkOrder(block, packet);
    if (missing > 0) {
      faults.report(
          packet,
          "field-outside-record",
          "%d fields do not lie inside their records; they have no value".formatted(missing),
          (int) ((block.offsetsBits()[0] >>> 3) - packets.offsetBytes(packet)),
          "The file is damaged, or the formats in it are of another kernel.");
    }
  }
}
