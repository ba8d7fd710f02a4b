package dev.rideau.perf.internal.decode;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The records of the kernel that are no samples, and where their fields stand.
public enum RecordKind {
  MMAP(
      1,
      signed("pid", 8, 4),
      signed("tid", 12, 4),
      address("addr", 16),
      address("len", 24),
      address("pgoff", 32),
      text("filename", 40)),
  LOST(2, unsigned("id", 8, 8), unsigned("lost", 16, 8)),
  COMM(3, signed("pid", 8, 4), signed("tid", 12, 4), flag("exec", 13), text("comm", 16)),
  EXIT(
      4,
      signed("pid", 8, 4),
      signed("ppid", 12, 4),
      signed("tid", 16, 4),
      signed("ptid", 20, 4),
      unsigned("time", 24, 8)),
  THROTTLE(5, unsigned("time", 8, 8), unsigned("id", 16, 8), unsigned("stream_id", 24, 8)),
  UNTHROTTLE(6, unsigned("time", 8, 8), unsigned("id", 16, 8), unsigned("stream_id", 24, 8)),
  FORK(
      7,
      signed("pid", 8, 4),
      signed("ppid", 12, 4),
      signed("tid", 16, 4),
      signed("ptid", 20, 4),
      unsigned("time", 24, 8)),
  READ(8, signed("pid", 8, 4), signed("tid", 12, 4), unsigned("value", 16, 8)),
  MMAP2(
      10,
      signed("pid", 8, 4),
      signed("tid", 12, 4),
      address("addr", 16),
      address("len", 24),
      address("pgoff", 32),
      unsigned("maj", 40, 4),
      unsigned("min", 44, 4),
      unsigned("ino", 48, 8),
      unsigned("ino_generation", 56, 8),
      unsigned("prot", 64, 4),
      unsigned("flags", 68, 4),
      flag("has_build_id", 14),
      text("filename", 72)),
  AUX(11, address("aux_offset", 8), address("aux_size", 16), address("flags", 24)),
  ITRACE_START(12, signed("pid", 8, 4), signed("tid", 12, 4)),
  LOST_SAMPLES(13, unsigned("lost", 8, 8)),
  SWITCH(14, flag("out", 13), flag("preempt", 14)),
  SWITCH_CPU_WIDE(
      15,
      signed("next_prev_pid", 8, 4),
      signed("next_prev_tid", 12, 4),
      flag("out", 13),
      flag("preempt", 14)),
  NAMESPACES(
      16,
      signed("pid", 8, 4),
      signed("tid", 12, 4),
      unsigned("nr_namespaces", 16, 8),
      namespace("net", 0),
      namespace("uts", 1),
      namespace("ipc", 2),
      namespace("pid_ns", 3),
      namespace("user", 4),
      namespace("mnt", 5),
      namespace("cgroup", 6)),
  KSYMBOL(
      17,
      address("addr", 8),
      unsigned("len", 16, 4),
      unsigned("ksym_type", 20, 2),
      unsigned("flags", 22, 2),
      text("name", 24)),
  BPF_EVENT(
      18,
      unsigned("type", 8, 2),
      unsigned("flags", 10, 2),
      unsigned("id", 12, 4),
      address("tag", 16)),
  CGROUP(19, unsigned("id", 8, 8), text("path", 16)),
  TEXT_POKE(20, address("addr", 8), unsigned("old_len", 16, 2), unsigned("new_len", 18, 2)),
  AUX_OUTPUT_HW_ID(21, address("hw_id", 8)),
  CALLCHAIN_DEFERRED(22, address("cookie", 8), unsigned("nr", 16, 8)),

  /// Whatever newer kernels write.
  OTHER(0, unsigned("type", 0, 4), unsigned("misc", 4, 2), unsigned("size", 6, 2));

  /// Number of record types up to the last one known.
  static final int TYPES = 23;

  /// The type of samples.
  public static final int SAMPLE = 9;

  /// Types from here on are made by perf itself, not by the kernel.
  public static final int FIRST_USER_TYPE = 64;

  /// What a field is.
  enum Shape {
    SIGNED,
    UNSIGNED,
    /// Unsigned, shown in base 16.
    ADDRESS,
    /// Bit of the header's `misc`.
    FLAG,
    /// From its offset to the first zero or the end of the body.
    TEXT
  }

  /// A field.
  ///
  /// @param at offset from the first byte of the header, or the bit of `misc`
  record FieldShape(String name, Shape shape, int at, int lengthBytes) {}

  private static final @Nullable RecordKind[] BY_TYPE = new RecordKind[TYPES];

  static {
    for (RecordKind kind : values()) {
      BY_TYPE[kind.type] = kind;
    }
  }

  private final int type;

  // Made by List.of.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<FieldShape> fields;

  RecordKind(int type, FieldShape... fields) {
    this.type = type;
    this.fields = List.of(fields);
  }

  /// What the header of a record says.
  public int type() {
    return type;
  }

  /// The event name, that of the kernel's constant.
  public String eventName() {
    return "PERF_RECORD_" + name();
  }

  List<FieldShape> fields() {
    return fields;
  }

  /// The kind of records of that type.
  public static RecordKind ofType(int type) {
    RecordKind kind = type > 0 && type < TYPES ? BY_TYPE[type] : null;
    return kind == null ? OTHER : kind;
  }

  private static FieldShape signed(String name, int at, int lengthBytes) {
    return new FieldShape(name, Shape.SIGNED, at, lengthBytes);
  }

  private static FieldShape unsigned(String name, int at, int lengthBytes) {
    return new FieldShape(name, Shape.UNSIGNED, at, lengthBytes);
  }

  private static FieldShape address(String name, int at) {
    return new FieldShape(name, Shape.ADDRESS, at, 8);
  }

  private static FieldShape flag(String name, int bit) {
    return new FieldShape(name, Shape.FLAG, bit, 1);
  }

  private static FieldShape text(String name, int at) {
    return new FieldShape(name, Shape.TEXT, at, 0);
  }

  /// The inode of a namespace; entries are device and inode.
  private static FieldShape namespace(String name, int index) {
    return new FieldShape(name, Shape.UNSIGNED, 24 + 16 * index + 8, 8);
  }
}
