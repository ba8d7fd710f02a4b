package dev.rideau.perf.internal.decode;

import dev.rideau.perf.internal.decode.SampleFormat.Part;
import dev.rideau.perf.internal.file.Words;
import dev.rideau.trace.Batch;
import dev.rideau.trace.BlockCursor;
import dev.rideau.trace.ClockClass;
import dev.rideau.trace.Column;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.LongColumn;
import dev.rideau.trace.Origin;
import dev.rideau.trace.PacketIndex;
import dev.rideau.trace.Projection;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.Severity;
import dev.rideau.trace.StructColumn;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Decodes the packets of a stream block by block.
///
/// A packet is read at once; opening cut packets short. A block is made in two passes: the first
/// goes from record to record and notes for each class where its rows are, the second fills
/// columns, one at a time.
public final class PerfBlockCursor implements BlockCursor {
  private static final int BLOCK_RECORDS = 2048;

  /// Room behind the packet, so that nothing read at its end leaves the array.
  private static final int SLACK_BYTES = 16;

  private final DataStream stream;
  private final PacketIndex packets;
  private final PacketSource source;
  private final PerfSchema schema;
  private final RecordFormat records;
  private final Words words;
  private final CommTable comms;
  private final Projection projection;
  private final DiagnosticSink diagnostics;
  private final @Nullable ClockClass clock;
  private final long stateTime;
  private final @Nullable Batch[] batches;
  private final @Nullable BoundClass[] bound;
  private final boolean[] wanted;
  private final RecordBlock block;
  private final @Nullable StructColumn packetContext;
  private final int[] parts = new int[Part.COUNT];
  private final BoundClass[] touched;
  private int touchedCount;

  private byte[] bytes = new byte[0];
  private int length;
  private int position;
  private int packet = -1;
  private int nextPacket;
  private int endPacket;
  private boolean packetByPacket;

  /// A cursor over the packets from `firstPacket` up to, not including, `endPacket`.
  ///
  /// @param cpu number of the CPU of all packets, -1 when it is not known
  /// @param stateTime clock value for records without a time
  public PerfBlockCursor(
      DataStream stream,
      PacketSource source,
      PerfSchema schema,
      CommTable comms,
      int cpu,
      long stateTime,
      int firstPacket,
      int endPacket,
      Projection projection,
      DiagnosticSink diagnostics) {
    this.stream = stream;
    this.source = source;
    this.schema = schema;
    this.comms = comms;
    this.stateTime = stateTime;
    this.projection = projection;
    this.diagnostics = diagnostics;
    packets = stream.packets();
    records = schema.records();
    words = records.words();
    clock = stream.dataStreamClass().defaultClock();
    int classes = stream.dataStreamClass().eventClasses().size();
    batches = new Batch[classes];
    bound = new BoundClass[classes];
    touched = new BoundClass[classes];
    wanted = new boolean[classes];
    for (EventClass eventClass : stream.dataStreamClass().eventClasses()) {
      wanted[eventClass.ordinal()] = projection.includes(eventClass);
    }
    block = new RecordBlock(stream, batches, BLOCK_RECORDS);
    packetContext = context(stream, cpu);
    restart(firstPacket, endPacket);
  }

  private static @Nullable StructColumn context(DataStream stream, int cpu) {
    var structure = stream.dataStreamClass().packetContext();
    if (structure == null) {
      return null;
    }
    StructColumn context = (StructColumn) Column.of(structure);
    context.ensureCapacity(1);
    LongColumn column = (LongColumn) Objects.requireNonNull(context.member(PerfSchema.CPU_MEMBER));
    column.values()[0] = Integer.toUnsignedLong(cpu);
    if (cpu < 0) {
      column.markInvalid(0);
    }
    return context;
  }

  @Override
  public void restart(int firstPacket, int endPacket) {
    nextPacket = firstPacket;
    this.endPacket = endPacket;
    packetByPacket = false;
    position = 0;
    length = 0;
  }

  @Override
  public void close() {
    restart(0, 0);
    bytes = new byte[0];
  }

  @Override
  public @Nullable RecordBlock nextPacket() {
    packetByPacket = true;
    if (nextPacket >= endPacket) {
      return null;
    }
    openPacket();
    block.restart(packet, null, packetContext);
    return block;
  }

  @Override
  public @Nullable RecordBlock next() {
    while (true) {
      if (position >= length) {
        if (packetByPacket || nextPacket >= endPacket) {
          return null;
        }
        openPacket();
      }
      block.restart(packet, null, packetContext);
      int size = scan();
      if (size > 0) {
        finish(size);
        return block;
      }
    }
  }

  private void openPacket() {
    packet = nextPacket++;
    int wantedBytes = (int) (packets.totalBits(packet) >>> 3);
    if (bytes.length < wantedBytes + SLACK_BYTES) {
      bytes = new byte[wantedBytes + SLACK_BYTES];
    }
    length = source.read(stream, packet, bytes, diagnostics);
    position = 0;
  }

  /// Goes from record to record until the block is full or the packet ends.
  ///
  /// @return how many records of the block there are
  private int scan() {
    byte[] bytes = this.bytes;
    long[] offsetsBits = block.offsetsBits();
    long fileBits = packets.offsetBytes(packet) << 3;
    int capacity = block.capacity();
    int size = 0;
    int at = position;
    touchedCount = 0;
    while (size < capacity && at < length) {
      int recordBytes = length - at < SampleFormat.HEADER_BYTES ? 0 : words.u16(bytes, at + 6);
      if (recordBytes < SampleFormat.HEADER_BYTES || recordBytes > length - at) {
        // Opening found whole records here, so the file has changed since.
        report("changed-file", "no record begins here any more", at);
        at = length;
        break;
      }
      int end = at + recordBytes;
      int type = words.i32(bytes, at);
      boolean kept =
          type == RecordKind.SAMPLE ? addSample(at, end, size) : addOther(type, at, end, size);
      if (kept) {
        offsetsBits[size++] = fileBits + ((long) at << 3);
      }
      at = end;
    }
    position = at;
    offsetsBits[size] = fileBits + ((long) at << 3);
    return size;
  }

  private boolean addSample(int at, int end, int size) {
    int attr = records.attrOfSample(bytes, at, end);
    if (attr == RecordFormat.UNKNOWN_EVENT) {
      report("unknown-event-id", "a sample has the id of no event of the file", at);
      return false;
    }
    if (!wanted[attr]) {
      return false;
    }
    SampleFormat format = records.sample(attr);
    int walked = format.walk(bytes, at, end, parts);
    if (walked < 0) {
      report("malformed-sample", fault(attr, walked, end - at), at);
      return false;
    }
    int tidAt = format.tidAt == SampleFormat.NONE ? SampleFormat.NONE : at + format.tidAt;
    long time = format.timeAt == SampleFormat.NONE ? 0 : words.i64(bytes, at + format.timeAt);
    BoundClass eventClass = boundClass(attr);
    Rows rows = eventClass.rows;
    int row = rows.add(at, end, tidAt, knownTime(time));
    int[][] columns = rows.parts;
    for (int part : format.present()) {
      columns[part][row] = parts[part];
    }
    add(eventClass, row, size);
    return true;
  }

  private boolean addOther(int type, int at, int end, int size) {
    if (type >= RecordKind.FIRST_USER_TYPE || type < 0) {
      return false;
    }
    int ordinal = schema.ordinalOf(RecordKind.ofType(type));
    if (!wanted[ordinal]) {
      return false;
    }
    int attr = records.attrOfOther(bytes, at, end);
    int timeAt = records.timeAt(false, attr, at, end);
    long time = timeAt == SampleFormat.NONE ? 0 : words.i64(bytes, timeAt);
    BoundClass eventClass = boundClass(ordinal);
    int bodyEnd = end - records.trailerBytes(attr, at, end);
    int tidAt = records.trailerTidAt(attr, at, end);
    add(eventClass, eventClass.rows.add(at, bodyEnd, tidAt, knownTime(time)), size);
    return true;
  }

  private long knownTime(long time) {
    return time == 0 || time == -1 ? stateTime : time;
  }

  private void add(BoundClass eventClass, int row, int size) {
    if (row == 0) {
      touched[touchedCount++] = eventClass;
    }
    block.clockValues()[size] = eventClass.rows.clockValues[row];
    block.eventClasses()[size] = eventClass.ordinal;
    block.rows()[size] = row;
  }

  private BoundClass boundClass(int ordinal) {
    BoundClass known = bound[ordinal];
    if (known != null) {
      return known;
    }
    EventClass eventClass = stream.dataStreamClass().eventClasses().get(ordinal);
    Batch batch = Batch.of(stream.dataStreamClass(), eventClass, projection);
    BoundClass made = new BoundClass(schema, eventClass, batch, comms);
    bound[ordinal] = made;
    batches[ordinal] = batch;
    return made;
  }

  private void finish(int size) {
    for (int i = 0; i < touchedCount; i++) {
      BoundClass eventClass = touched[i];
      int outside = eventClass.finish(bytes);
      if (outside > 0) {
        report(
            "malformed-fields",
            "%d fields of %s lie outside their records"
                .formatted(outside, eventClass.batch.eventClass().displayName()),
            eventClass.rows.starts[0]);
      }
      eventClass.rows.count = 0;
    }
    block.resize(size);
    ClockClass clock = this.clock;
    if (clock == null) {
      Arrays.fill(block.timestampsNs(), 0, size, 0);
    } else {
      clock.toNs(block.clockValues(), block.timestampsNs(), size);
    }
  }

  private String fault(int attr, int walked, int sampleBytes) {
    int part = -1 - walked;
    String what =
        part == Part.COUNT
            ? "its fixed parts need %d bytes".formatted(records.sample(attr).fixedEnd())
            : "its part '%s' is longer"
                .formatted(Part.values()[part].name().toLowerCase(Locale.ROOT).replace('_', ' '));
    return "a sample of %s has %d bytes, but %s"
        .formatted(
            stream.dataStreamClass().eventClasses().get(attr).displayName(), sampleBytes, what);
  }

  private void report(String rule, String message, int at) {
    int left = length - at;
    int size = left < SampleFormat.HEADER_BYTES ? left : Math.min(left, words.u16(bytes, at + 6));
    long offsetBytes = packets.offsetBytes(packet) + source.placeInFile(at, size, length);
    diagnostics.report(
        new Diagnostic(
            Severity.ERROR,
            rule,
            message,
            Origin.ofBit(packets.file(packet), stream.name(), packet, offsetBytes * 8),
            packets.beginNs(packet),
            packets.endNs(packet),
            "The record is left out; those around it are good."));
  }
}
