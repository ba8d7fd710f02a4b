package dev.rideau.perf.internal.decode;

import dev.rideau.ftrace.EventFormat;
import dev.rideau.ftrace.KernelAbi;
import dev.rideau.perf.internal.decode.RecordKind.FieldShape;
import dev.rideau.perf.internal.decode.SampleFormat.Part;
import dev.rideau.perf.internal.file.FormatText;
import dev.rideau.perf.internal.file.PerfAttr;
import dev.rideau.perf.internal.file.PerfMetadata;
import dev.rideau.perf.internal.file.SampleBit;
import dev.rideau.trace.Attributes;
import dev.rideau.trace.BitLayout;
import dev.rideau.trace.ClockClass;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.FieldClass.Member;
import dev.rideau.trace.FieldClass.Structure;
import dev.rideau.trace.FieldLocation;
import dev.rideau.trace.Origin;
import dev.rideau.trace.Scope;
import dev.rideau.trace.Severity;
import dev.rideau.trace.TextEncoding;
import dev.rideau.trace.TraceException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The event classes of a file: first one for each event that was asked for, then one for each kind
/// of other records. Immutable.
public final class PerfSchema {
  /// Ids of sample classes count from here; below are the record types of the kernel.
  public static final int FIRST_SAMPLE_ID = 1000;

  /// The id of the class of streams with what was known before: records without a time.
  public static final int STATE_CLASS_ID = 0;

  /// The id of the class of all other streams.
  public static final int EVENT_CLASS_ID = 1;

  /// The member of the packet context with the number of the CPU.
  public static final String CPU_MEMBER = "cpu_id";

  static final String PID = "pid";
  static final String TID = "tid";
  static final String COMM = "comm";
  static final String CALL_CHAIN = "callchain";

  private final RecordFormat records;
  private final List<EventClass> eventClasses;
  private final List<@Nullable EventFormat> tracepoints;
  private final DataStreamClass stateClass;
  private final DataStreamClass eventStreamClass;
  private final ByteOrder byteOrder;

  /// The classes of a file.
  public PerfSchema(
      Path file,
      PerfMetadata metadata,
      RecordFormat records,
      @Nullable ClockClass clock,
      DiagnosticSink diagnostics) {
    this.records = records;
    byteOrder = metadata.words().byteOrder();
    List<EventClass> classes = new ArrayList<>();
    tracepoints = new ArrayList<>();
    for (int i = 0; i < metadata.attrs().size(); i++) {
      EventFormat tracepoint = tracepoint(file, metadata, i, diagnostics);
      tracepoints.add(tracepoint);
      classes.add(sampleClass(i, metadata, tracepoint));
    }
    for (RecordKind kind : RecordKind.values()) {
      classes.add(
          new EventClass(
              classes.size(),
              kind.type(),
              null,
              kind.eventName(),
              null,
              null,
              null,
              null,
              payload(kind),
              Attributes.NONE));
    }
    eventClasses = List.copyOf(classes);
    stateClass = streamClass(0, STATE_CLASS_ID, "state", clock, null);
    boolean hasCpu = records.anySamples(SampleBit.CPU);
    eventStreamClass =
        streamClass(
            1,
            EVENT_CLASS_ID,
            "events",
            clock,
            hasCpu ? structure(List.of(integer(CPU_MEMBER, 32, false, 10))) : null);
  }

  private static @Nullable EventFormat tracepoint(
      Path file, PerfMetadata metadata, int ordinal, DiagnosticSink diagnostics) {
    PerfAttr attr = metadata.attrs().get(ordinal);
    FormatText text = metadata.formatOf(attr);
    if (text == null) {
      if (attr.isTracepoint()) {
        diagnostics.report(
            Diagnostic.of(
                Severity.WARNING,
                "no-event-format",
                "the file does not describe the fields of " + metadata.names().get(ordinal),
                Origin.ofFile(file),
                "Its records have their bytes as one field. Record again and let perf finish."));
      }
      return null;
    }
    KernelAbi abi = new KernelAbi(metadata.words().byteOrder(), metadata.tracingData().longBytes());
    try {
      return EventFormat.parse(text.system(), text.text(), abi);
    } catch (TraceException failure) {
      Diagnostic said = failure.diagnostic();
      diagnostics.report(
          Diagnostic.of(
              Severity.WARNING,
              said.rule(),
              "the format of %s: %s".formatted(metadata.names().get(ordinal), said.message()),
              Origin.ofFile(file),
              said.advice()));
      return null;
    }
  }

  private DataStreamClass streamClass(
      int ordinal,
      int id,
      String name,
      @Nullable ClockClass clock,
      @Nullable Structure packetContext) {
    Structure common =
        structure(List.of(integer(PID, 32, true, 10), integer(TID, 32, true, 10), text(COMM)));
    return new DataStreamClass(
        ordinal,
        id,
        null,
        name,
        null,
        clock,
        packetContext,
        null,
        records.anySamples(SampleBit.TID) ? common : null,
        eventClasses,
        Attributes.NONE);
  }

  private EventClass sampleClass(
      int ordinal, PerfMetadata metadata, @Nullable EventFormat tracepoint) {
    PerfAttr attr = metadata.attrs().get(ordinal);
    SampleFormat format = records.sample(ordinal);
    Structure context = structure(sampleMembers(format));
    Structure payload = null;
    String system = null;
    String name = metadata.names().get(ordinal);
    if (tracepoint != null) {
      payload = tracepoint.eventClass(ordinal).payload();
      system = tracepoint.system();
      name = tracepoint.name();
    } else {
      int colon = attr.isTracepoint() ? name.indexOf(':') : -1;
      if (colon > 0) {
        system = name.substring(0, colon);
        name = name.substring(colon + 1);
      }
      if (format.has(Part.RAW)) {
        payload = structure(blob("raw", Scope.PAYLOAD));
      }
    }
    return new EventClass(
        ordinal,
        FIRST_SAMPLE_ID + ordinal,
        system,
        name,
        null,
        null,
        null,
        context.members().isEmpty() ? null : context,
        payload,
        Attributes.NONE);
  }

  private List<Member> sampleMembers(SampleFormat format) {
    List<Member> members = new ArrayList<>();
    if (format.ipAt != SampleFormat.NONE) {
      members.add(integer("ip", 64, false, 16));
    }
    if (format.addrAt != SampleFormat.NONE) {
      members.add(integer("addr", 64, false, 16));
    }
    if (format.periodAt != SampleFormat.NONE) {
      members.add(integer("period", 64, false, 10));
    }
    for (Part part : Part.values()) {
      if (format.has(part)) {
        members.addAll(members(part));
      }
    }
    return members;
  }

  private List<Member> members(Part part) {
    return switch (part) {
      case READ, RAW, AUX -> List.of();
      case CALL_CHAIN -> list(CALL_CHAIN, address());
      case BRANCH_STACK ->
          list(
              "branch_stack",
              structure(
                  List.of(
                      integer("from", 64, false, 16),
                      integer("to", 64, false, 16),
                      integer("flags", 64, false, 16))));
      case USER_REGISTERS -> list("user_registers", address());
      case INTERRUPT_REGISTERS -> list("interrupt_registers", address());
      case USER_STACK -> blob("user_stack", Scope.SPECIFIC_CONTEXT);
      case WEIGHT -> List.of(integer("weight", 64, false, 10));
      case DATA_SOURCE -> List.of(integer("data_src", 64, false, 16));
      case TRANSACTION -> List.of(integer("transaction", 64, false, 16));
      case PHYSICAL_ADDRESS -> List.of(integer("phys_addr", 64, false, 16));
      case CGROUP -> List.of(integer("cgroup", 64, false, 10));
      case DATA_PAGE_SIZE -> List.of(integer("data_page_size", 64, false, 10));
      case CODE_PAGE_SIZE -> List.of(integer("code_page_size", 64, false, 10));
    };
  }

  private Structure payload(RecordKind kind) {
    List<Member> members = new ArrayList<>();
    for (FieldShape field : kind.fields()) {
      members.add(
          switch (field.shape()) {
            case SIGNED -> integer(field.name(), field.lengthBytes() * 8, true, 10);
            case UNSIGNED -> integer(field.name(), field.lengthBytes() * 8, false, 10);
            case ADDRESS -> integer(field.name(), field.lengthBytes() * 8, false, 16);
            case FLAG -> integer(field.name(), 8, false, 10);
            case TEXT -> text(field.name());
          });
    }
    return structure(members);
  }

  private FieldClass.Int address() {
    return (FieldClass.Int) integer("address", 64, false, 16).fieldClass();
  }

  private Member integer(String name, int lengthBits, boolean signed, int displayBase) {
    return new Member(
        name,
        new FieldClass.Int(
            BitLayout.of(lengthBits, 8, byteOrder),
            signed,
            displayBase,
            List.of(),
            Set.of(),
            Attributes.NONE));
  }

  private static Member text(String name) {
    return new Member(
        name, new FieldClass.NullTerminatedString(TextEncoding.UTF_8, 8, Attributes.NONE));
  }

  /// An array and, before it, its length.
  private List<Member> list(String name, FieldClass element) {
    FieldLocation length = new FieldLocation(Scope.SPECIFIC_CONTEXT, List.of(lengthName(name)));
    return List.of(
        integer(lengthName(name), 32, false, 10),
        new Member(name, new FieldClass.DynamicLengthArray(length, element, 8, Attributes.NONE)));
  }

  private List<Member> blob(String name, Scope scope) {
    FieldLocation length = new FieldLocation(scope, List.of(lengthName(name)));
    return List.of(
        integer(lengthName(name), 32, false, 10),
        new Member(
            name,
            new FieldClass.DynamicLengthBlob(length, "application/octet-stream", Attributes.NONE)));
  }

  static String lengthName(String name) {
    return "_" + name + "_length";
  }

  private static Structure structure(List<Member> members) {
    return new Structure(members, 8, Attributes.NONE);
  }

  /// How records tell their event.
  public RecordFormat records() {
    return records;
  }

  /// The class of the stream of records without a time.
  public DataStreamClass stateClass() {
    return stateClass;
  }

  /// The class of all other streams.
  public DataStreamClass eventStreamClass() {
    return eventStreamClass;
  }

  /// The format of the tracepoint that is the `attr`-th event, or null.
  public @Nullable EventFormat tracepoint(int attr) {
    return tracepoints.get(attr);
  }

  /// The event class of records of a kind.
  public int ordinalOf(RecordKind kind) {
    return tracepoints.size() + kind.ordinal();
  }

  /// Whether the event class is that of samples; its ordinal is then that of the attribute.
  public boolean isSample(EventClass eventClass) {
    return eventClass.ordinal() < tracepoints.size();
  }

  /// The kind of records of an event class that is not of samples.
  public RecordKind kindOf(EventClass eventClass) {
    return RecordKind.values()[eventClass.ordinal() - tracepoints.size()];
  }
}
