package dev.rideau.perf.internal.file;

import java.util.Arrays;

/// What was asked of the kernel for one event: `struct perf_event_attr`, with the ids of its
/// counters.
///
/// ```
/// byte   0 type  4 size  8 config  16 sample_period  24 sample_type  32 read_format  40 flags
///       48 wakeup  52 bp_type  56 config1  64 config2  72 branch_sample_type  80 sample_regs_user
///       88 sample_stack_user  92 clockid  96 sample_regs_intr  104 aux_watermark  108 …
/// ```
///
/// @param type hardware 0, software 1, tracepoint 2, …
/// @param config which event of that type; the tracepoint's id
/// @param flags bit i is the i-th one-bit member, whatever the byte order of the recording machine
/// @param ids of its counters, one for each CPU or thread
public record PerfAttr(
    int type,
    long config,
    long samplePeriod,
    long sampleType,
    long readFormat,
    long flags,
    long branchSampleType,
    long userRegisters,
    int clockId,
    long interruptRegisters,
    long[] ids) {

  /// The first published size of the structure.
  public static final int LEAST_BYTES = 64;

  /// As much of it as is looked at.
  private static final int KNOWN_BYTES = 112;

  /// The event type of tracepoints.
  public static final int TRACEPOINT = 2;

  private static final int INHERIT = 1;
  private static final int FREQUENCY = 10;
  private static final int SAMPLE_ID_ALL = 18;
  private static final int USE_CLOCKID = 25;
  private static final int CONTEXT_SWITCH = 26;
  private static final int WRITE_BACKWARD = 27;

  /// Type and number of the event that never happens, which carries other records.
  private static final int SOFTWARE = 1;

  private static final int DUMMY = 9;

  static PerfAttr of(Words words, byte[] bytes, int at, int length, long[] ids) {
    byte[] all = Arrays.copyOf(Arrays.copyOfRange(bytes, at, at + length), KNOWN_BYTES);
    long flags = words.i64(all, 40);
    return new PerfAttr(
        words.i32(all, 0),
        words.i64(all, 8),
        words.i64(all, 16),
        words.i64(all, 24),
        words.i64(all, 32),
        // Bit fields start at the most significant bit there.
        words == Words.BIG_ENDIAN ? Long.reverse(flags) : flags,
        words.i64(all, 72),
        words.i64(all, 80),
        words.i32(all, 92),
        words.i64(all, 96),
        ids);
  }

  private boolean flag(int bit) {
    return (flags >>> bit & 1) != 0;
  }

  /// Whether samples have all these parts.
  public boolean samples(long bits) {
    return (sampleType & bits) == bits;
  }

  /// Whether records that are no samples end with time, CPU and ids.
  public boolean sampleIdAll() {
    return flag(SAMPLE_ID_ALL);
  }

  /// Whether timestamps are those of the clock [#clockId()].
  public boolean usesClockId() {
    return flag(USE_CLOCKID);
  }

  /// Whether it is recorded of the children of a task, too.
  public boolean isInherited() {
    return flag(INHERIT);
  }

  /// Whether its records stand newest first in the buffer, older ones being overwritten.
  public boolean isBackward() {
    return flag(WRITE_BACKWARD);
  }

  /// Whether there are records of when tasks come to a CPU and leave it.
  public boolean hasSwitches() {
    return flag(CONTEXT_SWITCH);
  }

  /// Whether these tell the number of the CPU, too.
  public boolean tellsSwitches() {
    return hasSwitches() && sampleIdAll() && samples(SampleBit.CPU) && samples(SampleBit.TID);
  }

  /// Whether it is there for the sake of other records only.
  public boolean isDummy() {
    return type == SOFTWARE && config == DUMMY;
  }

  /// Whether only some of its occurrences made a sample.
  public boolean isThinned() {
    return flag(FREQUENCY) || samplePeriod > 1;
  }

  /// Whether it is a tracepoint.
  public boolean isTracepoint() {
    return type == TRACEPOINT;
  }
}
