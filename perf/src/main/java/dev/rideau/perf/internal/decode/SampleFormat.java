package dev.rideau.perf.internal.decode;

import dev.rideau.perf.internal.file.PerfAttr;
import dev.rideau.perf.internal.file.SampleBit;
import dev.rideau.perf.internal.file.Words;
import java.util.stream.IntStream;

/// Where the parts of a sample stand. Immutable; one for each attribute.
///
/// ```
/// sample   header | fixed parts: id, ip, pid, tid, time, addr, … | parts with a length of their own
/// other    header | body | trailer: pid, tid, time, id, stream id, cpu, id
/// ```
///
/// Fixed parts are found by an offset, the others by a walk over their lengths. Parts that the
/// attribute does not ask for are at [#NONE].
public final class SampleFormat {
  /// The place of what is not there.
  public static final int NONE = -1;

  /// Length of the header of every record: type, misc, size.
  public static final int HEADER_BYTES = 8;

  private final Words words;
  private final PerfAttr attr;
  private int fixedEnd = HEADER_BYTES;

  /// Offsets from the first byte of a sample.
  final int identifierAt;

  final int ipAt;
  final int tidAt;
  final int timeAt;
  final int addrAt;
  final int idAt;
  final int streamIdAt;
  final int cpuAt;
  final int periodAt;

  /// Offsets from the byte behind a record that is no sample, downwards.
  final int trailerBytes;

  final int trailerTidBack;
  final int trailerTimeBack;
  final int trailerIdBack;
  final int trailerCpuBack;

  /// Parts behind the fixed ones, in their order.
  enum Part {
    READ,
    CALL_CHAIN,
    RAW,
    BRANCH_STACK,
    USER_REGISTERS,
    USER_STACK,
    WEIGHT,
    DATA_SOURCE,
    TRANSACTION,
    INTERRUPT_REGISTERS,
    PHYSICAL_ADDRESS,
    CGROUP,
    DATA_PAGE_SIZE,
    CODE_PAGE_SIZE,
    AUX;

    static final int COUNT = values().length;
  }

  private static final long READ_ENABLED = 1;
  private static final long READ_RUNNING = 2;
  private static final long READ_ID = 4;
  private static final long READ_GROUP = 8;
  private static final long READ_LOST = 16;

  private static final long BRANCH_HARDWARE_INDEX = 1L << 17;
  private static final long BRANCH_COUNTERS = 1L << 19;
  static final int BRANCH_BYTES = 24;

  /// Ordinals of the parts that samples have.
  private final int[] present;

  /// The format of samples of that event.
  public SampleFormat(Words words, PerfAttr attr) {
    this.words = words;
    this.attr = attr;
    identifierAt = fixed(SampleBit.IDENTIFIER);
    ipAt = fixed(SampleBit.IP);
    tidAt = fixed(SampleBit.TID);
    timeAt = fixed(SampleBit.TIME);
    addrAt = fixed(SampleBit.ADDR);
    idAt = fixed(SampleBit.ID);
    streamIdAt = fixed(SampleBit.STREAM_ID);
    cpuAt = fixed(SampleBit.CPU);
    periodAt = fixed(SampleBit.PERIOD);
    present = IntStream.range(0, Part.COUNT).filter(this::has).toArray();
    if (!attr.sampleIdAll()) {
      trailerBytes = 0;
      trailerTidBack = NONE;
      trailerTimeBack = NONE;
      trailerIdBack = NONE;
      trailerCpuBack = NONE;
      return;
    }
    // From the end: identifier, cpu, stream id, id, time, pid and tid; eight bytes each.
    int back = 0;
    int identifierBack = attr.samples(SampleBit.IDENTIFIER) ? (back += 8) : NONE;
    trailerCpuBack = attr.samples(SampleBit.CPU) ? (back += 8) : NONE;
    back += attr.samples(SampleBit.STREAM_ID) ? 8 : 0;
    int idBack = attr.samples(SampleBit.ID) ? (back += 8) : NONE;
    trailerIdBack = identifierBack != NONE ? identifierBack : idBack;
    trailerTimeBack = attr.samples(SampleBit.TIME) ? (back += 8) : NONE;
    trailerTidBack = attr.samples(SampleBit.TID) ? (back += 8) : NONE;
    trailerBytes = back;
  }

  private int fixed(long bit) {
    if (!attr.samples(bit)) {
      return NONE;
    }
    int at = fixedEnd;
    fixedEnd += 8;
    return at;
  }

  /// The event.
  public PerfAttr attr() {
    return attr;
  }

  /// No sample is shorter.
  public int fixedEnd() {
    return fixedEnd;
  }

  /// The place of the counter's id, or [#NONE].
  public int sampleIdAt() {
    return identifierAt != NONE ? identifierAt : idAt;
  }

  /// Walks over a sample.
  ///
  /// @param start first byte of its header
  /// @param end byte behind it, inside `bytes`
  /// @param parts receives the first byte of each of [#present()]
  /// @return byte behind its last part; below zero when it does not fit: -1 - [Part#ordinal()] of
  ///   the first part that does not, -1 - [Part#COUNT] for the fixed ones
  int walk(byte[] bytes, int start, int end, int[] parts) {
    if (end - start < fixedEnd) {
      return -1 - Part.COUNT;
    }
    int at = start + fixedEnd;
    for (int part : present) {
      parts[part] = at;
      long length = lengthOf(part, bytes, at, end);
      if (length < 0 || length > end - at) {
        return -1 - part;
      }
      at += (int) length;
    }
    return at;
  }

  /// Ordinals of the parts that samples have.
  int[] present() {
    return present;
  }

  /// Whether samples have the part.
  boolean has(Part part) {
    return has(part.ordinal());
  }

  private boolean has(int part) {
    return (attr.sampleType() & BITS[part]) != 0;
  }

  private static final long[] BITS = new long[Part.COUNT];

  static {
    for (Part part : Part.values()) {
      BITS[part.ordinal()] =
          switch (part) {
            case READ -> SampleBit.READ;
            case CALL_CHAIN -> SampleBit.CALLCHAIN;
            case RAW -> SampleBit.RAW;
            case BRANCH_STACK -> SampleBit.BRANCH_STACK;
            case USER_REGISTERS -> SampleBit.REGS_USER;
            case USER_STACK -> SampleBit.STACK_USER;
            case WEIGHT -> SampleBit.WEIGHT | SampleBit.WEIGHT_STRUCT;
            case DATA_SOURCE -> SampleBit.DATA_SRC;
            case TRANSACTION -> SampleBit.TRANSACTION;
            case INTERRUPT_REGISTERS -> SampleBit.REGS_INTR;
            case PHYSICAL_ADDRESS -> SampleBit.PHYS_ADDR;
            case CGROUP -> SampleBit.CGROUP;
            case DATA_PAGE_SIZE -> SampleBit.DATA_PAGE_SIZE;
            case CODE_PAGE_SIZE -> SampleBit.CODE_PAGE_SIZE;
            case AUX -> SampleBit.AUX;
          };
    }
  }

  private static final int READ = Part.READ.ordinal();
  private static final int CALL_CHAIN = Part.CALL_CHAIN.ordinal();
  private static final int RAW = Part.RAW.ordinal();
  private static final int BRANCH_STACK = Part.BRANCH_STACK.ordinal();
  private static final int USER_REGISTERS = Part.USER_REGISTERS.ordinal();
  private static final int USER_STACK = Part.USER_STACK.ordinal();
  private static final int INTERRUPT_REGISTERS = Part.INTERRUPT_REGISTERS.ordinal();
  private static final int AUX = Part.AUX.ordinal();

  /// Length of a part, or -1 when its own length field does not fit or makes no sense.
  private long lengthOf(int part, byte[] bytes, int at, int end) {
    int left = end - at;
    if (part == RAW) {
      return left < 4 ? -1 : 4 + words.u32(bytes, at);
    }
    if (left < 8) {
      return -1;
    }
    if (part == CALL_CHAIN) {
      return counted(words.i64(bytes, at), 8, left);
    }
    if (part == READ) {
      return readLength(bytes, at, left);
    }
    if (part == BRANCH_STACK) {
      int head = (attr.branchSampleType() & BRANCH_HARDWARE_INDEX) != 0 ? 8 : 0;
      int each = BRANCH_BYTES + ((attr.branchSampleType() & BRANCH_COUNTERS) != 0 ? 8 : 0);
      long entries = counted(words.i64(bytes, at), each, left);
      return entries < 0 ? -1 : entries + head;
    }
    if (part == USER_REGISTERS) {
      return registersLength(words.i64(bytes, at), attr.userRegisters());
    }
    if (part == INTERRUPT_REGISTERS) {
      return registersLength(words.i64(bytes, at), attr.interruptRegisters());
    }
    if (part == USER_STACK) {
      long size = counted(words.i64(bytes, at), 1, left);
      return size > 8 ? size + 8 : size;
    }
    if (part == AUX) {
      return counted(words.i64(bytes, at), 1, left);
    }
    return 8;
  }

  private static long counted(long count, int elementBytes, int left) {
    return count < 0 || count > left / elementBytes ? -1 : 8 + count * elementBytes;
  }

  private static long registersLength(long abi, long mask) {
    return abi == 0 ? 8 : 8 + 8L * Long.bitCount(mask);
  }

  private long readLength(byte[] bytes, int at, int left) {
    long format = attr.readFormat();
    long times = ((format & READ_ENABLED) != 0 ? 8L : 0) + ((format & READ_RUNNING) != 0 ? 8L : 0);
    int each = 8 + ((format & READ_ID) != 0 ? 8 : 0) + ((format & READ_LOST) != 0 ? 8 : 0);
    if ((format & READ_GROUP) == 0) {
      return times + each;
    }
    long values = counted(words.i64(bytes, at), each, left);
    return values < 0 ? -1 : values + times;
  }

  /// Where the entries of a branch stack begin, from the first byte of the part.
  int branchEntriesAt() {
    return 8 + ((attr.branchSampleType() & BRANCH_HARDWARE_INDEX) != 0 ? 8 : 0);
  }
}
