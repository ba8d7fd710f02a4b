package dev.rideau.ctf.internal.decode;

import dev.rideau.trace.BlockCursor;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.PacketIndex;
import dev.rideau.trace.RecordBlock;
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
  private final PacketScopes scopes;
  private final PacketBytes source;
  private final StreamProcedures procedures;
  private final BlockTimes times;

  /// Blocks that end before this time may be left out.
  private long skippedNs = Long.MIN_VALUE;

  private final FaultReport faults;
  private final int windowBytes;

  private final DecodeState state = new DecodeState();
  private final BoundClasses classes;
  private final RecordBlock block;

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
    classes = new BoundClasses(procedures, state);
    block = new RecordBlock(stream, classes.batches(), BLOCK_RECORDS);
    state.ensureRegisters(procedures.registers().count());
    scopes = new PacketScopes(procedures);
    restart(firstPacket, endPacket);
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
        block.restart(packet, scopes.header(), scopes.context());
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
          block.restart(packet, scopes.header(), scopes.context());
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
    long at = scopes.decode(state);
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
    scopes.keepBytes(state.bytes, (int) (at >>> 3));
    position = at;
    status = Status.OPEN;
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
    classes.forgetTouched();
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
    BoundClasses classes = this.classes;
    int[] fixedLengths = classes.fixedLengths();
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
      int fixedBytes = id < fixedLengths.length ? fixedLengths[(int) id] : BoundClasses.NOT_FIXED;
      BoundClass eventClass = classes.find(id);
      if (eventClass == null || !eventClass.hasSegments() || id == header.extendedId()) {
        break;
      }
      int end;
      if (fixedBytes == BoundClasses.NOT_FIXED) {
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
          classes.touch(eventClass);
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
    BoundClass eventClass = end < 0 ? null : classes.find(state.eventClassId);
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
        classes.touch(eventClass);
      }
      block.rows()[size] = eventClass.keepRow();
    }
    scanned = eventClass;
    position = end;
    return true;
  }

  /// Makes the block readable.
  ///
  /// @return false when it is left out
  private boolean finish(int size) {
    block.resize(size);
    boolean leftOut = times.convert(block) < skippedNs && status == Status.OPEN;
    classes.finish(state.bytes, leftOut);
    return !leftOut;
  }
}
