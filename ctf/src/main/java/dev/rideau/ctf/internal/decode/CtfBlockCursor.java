package dev.rideau.ctf.internal.decode;

import dev.rideau.trace.Batch;
import dev.rideau.trace.BlockCursor;
import dev.rideau.trace.BytesColumn;
import dev.rideau.trace.Column;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.PacketIndex;
import dev.rideau.trace.Projection;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.StructColumn;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Decodes the packets of a data stream block by block.
///
/// A block is made in two passes. The first goes through the records in their order, decodes
/// headers, and skips the rest by segments or decodes it by nodes; the second fills the columns of
/// classes with segments, a column at a time. Grouping by class is what makes a mixed stream about
/// as fast as a uniform one.
///
/// A packet is read through a window, so that memory does not depend on its length. When the bytes
/// break a rule, [FaultFinder] is asked what and where: the fast path only knows that they do.
public final class CtfBlockCursor implements BlockCursor {
  private static final int WINDOW_BYTES = 128 * 1024;
  static final int MOST_WINDOW_BYTES = 64 * 1024 * 1024;
  private static final int BLOCK_RECORDS = 4096;

  private static final int NOT_FIXED = -1;

  /// So many successive records of a class promise a run of them.
  private static final int SAME_BEFORE_RUN = 4;

  /// A block ends early when its arrays have more elements than this, to bound its memory.
  private static final long MOST_BLOCK_ELEMENTS = 1 << 20;

  private enum Status {
    /// Records may follow.
    OPEN,
    /// No packet, or the end of one.
    PACKET_ENDED,
    /// The window ends inside the next record.
    NEEDS_BYTES,
    /// The next record breaks a rule.
    FAULT
  }

  private final PacketIndex packets;
  private final PacketBytes source;
  private final StreamProcedures procedures;
  private final BlockTimes times;

  /// Blocks that end before this time may be left out.
  private long skippedNs = Long.MIN_VALUE;

  private final FaultReport faults;
  private final int windowBytes;

  private final DecodeState state = new DecodeState();
  private final @Nullable BoundClass[] bound;

  /// By event class id as far as ids are small: one look instead of two.
  private final @Nullable BoundClass[] boundById;

  /// Length behind the event header by event class id, where all records of a class have the same:
  /// so the next record is found without waiting for the class. [#NOT_FIXED] for all other ids.
  private final int[] fixedLengths;

  private final @Nullable Batch[] batches;
  private final RecordBlock block;

  /// Classes with records in the block that is being made.
  private BoundClass[] touched = new BoundClass[16];

  private int touchedCount;

  private final @Nullable StructColumn packetHeader;
  private final @Nullable StructColumn packetContext;
  private final @Nullable Column[] packetHeaderColumns;
  private final @Nullable Column[] packetContextColumns;

  private final boolean hasPacketBytes;

  /// Start of the packet, as far as columns of its header and context refer to it.
  private byte[] packetBytes = new byte[0];

  private int nextPacket;
  private int endPacket;
  private int packet;

  /// Whether the caller asks for each packet by itself.
  private boolean packetByPacket;

  private Status status = Status.PACKET_ENDED;

  /// Class of the record that was decoded last by itself.
  private @Nullable BoundClass scanned;

  /// Bit in the window where the next record starts.
  private long position;

  private int windowLengthBytes;

  /// Bit of the packet behind the last byte of the file, once a read came back short.
  private long dataEndBits;

  /// A cursor over the packets from `firstPacket` up to, not including, `endPacket`.
  public CtfBlockCursor(
      DataStream stream,
      PacketBytes source,
      StreamProcedures procedures,
      int firstPacket,
      int endPacket,
      DiagnosticSink diagnostics) {
    this(stream, source, procedures, firstPacket, endPacket, diagnostics, WINDOW_BYTES);
  }

  /// @param windowBytes length of the window at first; it grows where a record needs more
  CtfBlockCursor(
      DataStream stream,
      PacketBytes source,
      StreamProcedures procedures,
      int firstPacket,
      int endPacket,
      DiagnosticSink diagnostics,
      int windowBytes) {
    this.windowBytes = windowBytes;
    this.source = source;
    this.procedures = procedures;
    packets = stream.packets();
    times = new BlockTimes(stream, procedures.streamClass().defaultClock(), diagnostics);
    faults = new FaultReport(stream, source, procedures.traceClass(), diagnostics);
    int classes = procedures.streamClass().eventClasses().size();
    bound = new BoundClass[classes];
    boundById = new BoundClass[procedures.directIdCount()];
    fixedLengths = new int[boundById.length];
    Arrays.fill(fixedLengths, NOT_FIXED);
    batches = new Batch[classes];
    block = new RecordBlock(stream, batches, BLOCK_RECORDS);
    state.ensureRegisters(procedures.registers().count());
    packetHeader = columns(procedures.traceClass().packetHeader());
    packetContext = columns(procedures.streamClass().packetContext());
    packetHeaderColumns = new Column[procedures.packetHeaderColumns()];
    packetContextColumns = new Column[procedures.packetContextColumns()];
    NodeCompiler.bindScope(packetHeader, packetHeaderColumns, 0);
    NodeCompiler.bindScope(packetContext, packetContextColumns, 0);
    hasPacketBytes = hasBytes(packetHeaderColumns) || hasBytes(packetContextColumns);
    restart(firstPacket, endPacket);
  }

  private static @Nullable StructColumn columns(FieldClass.@Nullable Structure structure) {
    if (structure == null) {
      return null;
    }
    StructColumn columns = (StructColumn) Column.of(structure);
    columns.ensureCapacity(1);
    return columns;
  }

  @Override
  public void restart(int firstPacket, int endPacket) {
    nextPacket = firstPacket;
    this.endPacket = endPacket;
    packetByPacket = false;
    status = Status.PACKET_ENDED;
    state.clockValue = 0;
    times.restart();
    skippedNs = Long.MIN_VALUE;
  }

  @Override
  public void skipBefore(long ns) {
    skippedNs = ns;
  }

  @Override
  public void close() {
    endPacket = 0;
    nextPacket = 0;
    status = Status.PACKET_ENDED;
    state.bytes = new byte[0];
  }

  @Override
  public @Nullable RecordBlock nextPacket() {
    packetByPacket = true;
    while (nextPacket < endPacket) {
      packet = nextPacket++;
      openPacket();
      if (status == Status.OPEN) {
        block.restart(packet, packetHeader, packetContext);
        return block;
      }
      faults.report(packet, state.baseBits + position, state.lastByteOrder);
      status = Status.PACKET_ENDED;
    }
    return null;
  }

  @Override
  public @Nullable RecordBlock next() {
    while (true) {
      switch (status) {
        case PACKET_ENDED -> {
          if (packetByPacket || nextPacket >= endPacket) {
            return null;
          }
          packet = nextPacket++;
          openPacket();
        }
        case NEEDS_BYTES -> moveWindow();
        case FAULT -> {
          faults.report(packet, state.baseBits + position, state.lastByteOrder);
          status = Status.PACKET_ENDED;
        }
        case OPEN -> {
          block.restart(packet, packetHeader, packetContext);
          int size = scan();
          if (size > 0 && finish(size)) {
            return block;
          }
        }
      }
    }
  }

  // ---------------------------------------------------------------- packets and windows

  private void openPacket() {
    if (packet > 0 && packets.endNs(packet - 1) != PacketIndex.UNKNOWN) {
      // The clock runs on from the end of the packet before.
      state.clockValue = packets.endClockValue(packet - 1);
    }
    if (state.bytes.length == 0) {
      state.bytes = new byte[windowBytes + FastBits.SLACK_BYTES];
    }
    Arrays.fill(state.registerIsSet, false);
    state.lastByteOrder = 0;
    state.baseBits = 0;
    windowLengthBytes = 0;
    dataEndBits = Long.MAX_VALUE;
    times.startPacket();
    position = 0;
    fillWindow();
    decodePacketScopes();
  }

  private void decodePacketScopes() {
    state.resetElements();
    long clockBefore = state.clockValue;
    long at = 0;
    Node header = procedures.packetHeader();
    if (header != null && packetHeader != null) {
      packetHeader.clear();
      state.columns = packetHeaderColumns;
      at = header.decode(state, at, 0);
    }
    Node context = procedures.packetContext();
    if (at >= 0 && context != null && packetContext != null) {
      packetContext.clear();
      state.columns = packetContextColumns;
      at = context.decode(state, at, 0);
    }
    if (at == DecodeState.MORE && growWindow()) {
      state.clockValue = clockBefore;
      state.lastByteOrder = 0;
      decodePacketScopes();
      return;
    }
    if (at < 0) {
      // The index was made from the same bytes, so the file has changed or was cut since.
      status = Status.FAULT;
      return;
    }
    if (packets.beginNs(packet) != PacketIndex.UNKNOWN) {
      state.clockValue = packets.beginClockValue(packet);
    }
    keepPacketBytes((int) (at >>> 3));
    position = at;
    status = Status.OPEN;
  }

  /// Strings and blobs of header and context are wanted as long as the packet, but the window moves
  /// on: they get bytes of their own.
  private void keepPacketBytes(int lengthBytes) {
    if (hasPacketBytes) {
      if (packetBytes.length < lengthBytes) {
        packetBytes = new byte[lengthBytes];
      }
      System.arraycopy(state.bytes, 0, packetBytes, 0, lengthBytes);
      share(packetBytes, packetHeaderColumns);
      share(packetBytes, packetContextColumns);
    }
  }

  private static void share(byte[] bytes, @Nullable Column[] columns) {
    for (Column column : columns) {
      if (column instanceof BytesColumn values) {
        values.share(bytes);
      }
    }
  }

  private static boolean hasBytes(@Nullable Column[] columns) {
    for (Column column : columns) {
      if (column instanceof BytesColumn) {
        return true;
      }
    }
    return false;
  }

  /// Brings the next record to the front of the window and what follows behind it; makes the window
  /// larger when the record is at the front already.
  private void moveWindow() {
    int alignment = DecodeState.WINDOW_ALIGNMENT_BYTES;
    int drop = (int) (position >>> 3) & -alignment;
    if (drop == 0) {
      if (!growWindow()) {
        status = Status.PACKET_ENDED;
        faults.tooLong(packet, state.baseBits + position, MOST_WINDOW_BYTES);
        return;
      }
    } else {
      System.arraycopy(state.bytes, drop, state.bytes, 0, windowLengthBytes - drop);
      windowLengthBytes -= drop;
      state.baseBits += drop * 8L;
      position -= drop * 8L;
      fillWindow();
    }
    status = Status.OPEN;
  }

  private boolean growWindow() {
    int size = state.bytes.length - FastBits.SLACK_BYTES;
    if (size >= MOST_WINDOW_BYTES) {
      return false;
    }
    state.bytes = Arrays.copyOf(state.bytes, size * 2 + FastBits.SLACK_BYTES);
    fillWindow();
    return true;
  }

  /// Reads on until the window is full or the packet ends, and sets the limits.
  private void fillWindow() {
    long packetBytes = (packets.totalBits(packet) + 7) >>> 3;
    long offsetBytes = (state.baseBits >>> 3) + windowLengthBytes;
    int room = state.bytes.length - FastBits.SLACK_BYTES - windowLengthBytes;
    int wanted = (int) Math.min(room, packetBytes - offsetBytes);
    if (wanted > 0) {
      int got = source.read(packet, offsetBytes, state.bytes, windowLengthBytes, wanted);
      windowLengthBytes += got;
      if (got < wanted) {
        dataEndBits = state.baseBits + windowLengthBytes * 8L;
      }
    }
    state.finalLimitBits = Math.min(packets.contentBits(packet), dataEndBits) - state.baseBits;
    state.limitBits = Math.min(state.finalLimitBits, windowLengthBytes * 8L);
  }

  // ---------------------------------------------------------------- records

  /// Goes through records until the block is full or something else has to be done first.
  ///
  /// @return how many records of the block there are
  private int scan() {
    long contentEnd = packets.contentBits(packet) - state.baseBits;
    long fileBits = packets.offsetBytes(packet) * 8 + state.baseBits;
    PackedHeader packedHeader = procedures.packedHeader();
    int capacity = block.capacity();
    touchedCount = 0;
    long elements = 0;
    int size = 0;
    while (size < capacity) {
      if (position >= contentEnd) {
        status = Status.PACKET_ENDED;
        break;
      }
      if (packedHeader != null && (position & 7) == 0) {
        long before = position;
        size = scanPacked(packedHeader, fileBits, size);
        if (position != before) {
          continue;
        }
      }
      if (!scanOne(fileBits, size)) {
        break;
      }
      BoundClass eventClass = scanned;
      if (eventClass != null && eventClass.isIncluded()) {
        size++;
        elements += state.elements();
        if (elements > MOST_BLOCK_ELEMENTS) {
          break;
        }
      }
    }
    block.offsetsBits()[size] = fileBits + position;
    return size;
  }

  /// Goes through records with packed headers and segments, as long as there are such.
  ///
  /// @return how many records of the block there are then
  private int scanPacked(PackedHeader header, long fileBits, int firstSize) {
    DecodeState state = this.state;
    byte[] bytes = state.bytes;
    int limit = (int) (state.limitBits >>> 3);
    int headerBytes = header.lengthBytes();
    long[] clockValues = block.clockValues();
    long[] offsetsBits = block.offsetsBits();
    int[] eventClasses = block.eventClasses();
    int[] rows = block.rows();
    int[] fixedLengths = this.fixedLengths;
    int capacity = block.capacity();
    int size = firstSize;
    int at = (int) (position >>> 3);
    long clock = state.clockValue;
    long lastId = -1;
    int same = 0;
    while (size < capacity) {
      int start = header.start(at);
      if (start + headerBytes > limit) {
        break;
      }
      long word = FastBits.longLe(bytes, start);
      long id = header.id(word);
      int content = start + headerBytes;
      int fixedBytes = id < fixedLengths.length ? fixedLengths[(int) id] : NOT_FIXED;
      BoundClass eventClass = fixedBytes == NOT_FIXED ? boundClass(id) : boundById[(int) id];
      if (eventClass == null || !eventClass.hasSegments() || id == header.extendedId()) {
        break;
      }
      int end;
      if (fixedBytes == NOT_FIXED) {
        end = eventClass.skip(bytes, content, limit);
        if (end < 0) {
          break;
        }
      } else {
        end = content + fixedBytes;
        if (end > limit) {
          break;
        }
        eventClass.remember(content);
      }
      clock = header.updatedClock(clock, word);
      if (eventClass.isIncluded()) {
        if (eventClass.rows() == 0) {
          touch(eventClass);
        }
        clockValues[size] = clock;
        offsetsBits[size] = fileBits + ((long) at << 3);
        eventClasses[size] = eventClass.ordinal();
        rows[size] = eventClass.keepRow();
        size++;
      }
      at = end;
      // A branch that goes either way at random costs more than the run saves, so it is taken only
      // once the class has come several times.
      same = id == lastId ? same + 1 : 0;
      lastId = id;
      if (same >= SAME_BEFORE_RUN) {
        same = 0;
        state.clockValue = clock;
        size = eventClass.run(header, state, block, at, fileBits, size);
        clock = state.clockValue;
        at = state.runEnd;
      }
    }
    state.clockValue = clock;
    if (at != (int) (position >>> 3)) {
      // Packed headers and segments end at bytes: the next field cannot share one with the last.
      state.lastByteOrder = 0;
      position = (long) at << 3;
    }
    return size;
  }

  /// Decodes the record at the position, whatever its header and class are like.
  ///
  /// @return false when it is not whole or breaks a rule; the status then tells which
  private boolean scanOne(long fileBits, int size) {
    DecodeState state = this.state;
    state.resetElements();
    long clockBefore = state.clockValue;
    int byteOrderBefore = state.lastByteOrder;
    long end = procedures.header().decode(state, position);
    BoundClass eventClass = end < 0 ? null : boundClass(state.eventClassId);
    if (eventClass != null) {
      if (eventClass.hasSegments()) {
        int limitBytes = (int) (state.limitBits >>> 3);
        int endBytes = eventClass.skip(state.bytes, (int) ((end + 7) >>> 3), limitBytes);
        end = endBytes >= 0 ? (long) endBytes << 3 : state.beyondLimit(state.limitBits + 1);
      } else {
        end = eventClass.decode(state, end);
      }
    } else if (end >= 0) {
      end = DecodeState.FAULT;
    }
    if (end <= position || eventClass == null) {
      state.clockValue = clockBefore;
      state.lastByteOrder = byteOrderBefore;
      status = end == DecodeState.MORE ? Status.NEEDS_BYTES : Status.FAULT;
      return false;
    }
    if (eventClass.isIncluded()) {
      block.clockValues()[size] = state.clockValue;
      block.offsetsBits()[size] = fileBits + position;
      block.eventClasses()[size] = eventClass.ordinal();
      if (eventClass.rows() == 0) {
        touch(eventClass);
      }
      block.rows()[size] = eventClass.keepRow();
    }
    scanned = eventClass;
    position = end;
    return true;
  }

  private @Nullable BoundClass boundClass(long id) {
    if (id >= 0 && id < boundById.length) {
      BoundClass known = boundById[(int) id];
      if (known != null) {
        return known;
      }
    }
    int ordinal = procedures.ordinalOf(id);
    if (ordinal < 0) {
      return null;
    }
    BoundClass known = bound[ordinal];
    BoundClass found = known != null ? known : bind(ordinal);
    if (id >= 0 && id < boundById.length) {
      boundById[(int) id] = found;
    }
    return found;
  }

  private BoundClass bind(int ordinal) {
    EventProcedure procedure = procedures.procedure(ordinal);
    Batch batch =
        Batch.of(
            procedures.streamClass(),
            procedure.eventClass(),
            procedure.isIncluded() ? procedures.projection() : Projection.TIMESTAMPS);
    BoundClass made = new BoundClass(procedure, batch, procedures.registers().headerEnd());
    bound[ordinal] = made;
    if (procedure.isIncluded()) {
      batches[ordinal] = batch;
    }
    state.ensureRegisters(procedure.registerCount());
    int fixedBytes = procedure.fixedLengthBytes();
    long id = procedure.eventClass().id();
    if (fixedBytes >= 0 && id >= 0 && id < fixedLengths.length) {
      fixedLengths[(int) id] = fixedBytes;
    }
    return made;
  }

  private void touch(BoundClass eventClass) {
    if (touchedCount == touched.length) {
      touched = Arrays.copyOf(touched, touchedCount * 2);
    }
    touched[touchedCount++] = eventClass;
  }

  /// Makes the block readable.
  ///
  /// @return false when it is left out
  private boolean finish(int size) {
    block.resize(size);
    boolean leftOut = times.convert(block) < skippedNs && status == Status.OPEN;
    for (int i = 0; i < touchedCount; i++) {
      if (leftOut) {
        touched[i].leaveOut();
      } else {
        touched[i].finish(state.bytes);
      }
      touched[i].forgetRows();
    }
    return !leftOut;
  }
}
