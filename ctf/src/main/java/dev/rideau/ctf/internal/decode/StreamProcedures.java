package dev.rideau.ctf.internal.decode;

import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.MemberSelection;
import dev.rideau.trace.Projection;
import dev.rideau.trace.Scope;
import dev.rideau.trace.TraceClass;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// The procedures of a data stream class under one projection. Event classes are compiled when
/// their first record is met: a kernel trace describes thousands and uses dozens.
///
/// Shared by all cursors; thread-safe.
public final class StreamProcedures {
  /// Ids up to here are looked up in an array, greater ones by bisection.
  private static final int MOST_DIRECT_IDS = 1 << 16;

  private final TraceClass traceClass;
  private final DataStreamClass streamClass;
  private final Projection projection;
  private final boolean plain;
  private final Registers registers;
  private final HeaderProcedure header;
  private final @Nullable PackedHeader packedHeader;
  private final @Nullable Node packetHeader;
  private final @Nullable Node packetContext;
  private final int packetHeaderColumns;
  private final int packetContextColumns;
  private final AtomicReferenceArray<@Nullable EventProcedure> procedures;

  /// Ordinal + 1 of the event class with an id; 0 for none. Empty when ids are too great.
  private final int[] directOrdinals;

  private final long[] sortedIds;
  private final int[] sortedOrdinals;

  /// Compiles what does not depend on event classes.
  public StreamProcedures(
      TraceClass traceClass, DataStreamClass streamClass, Projection projection) {
    this(traceClass, streamClass, projection, false);
  }

  /// @param plain whether to use nodes only and no procedure made for a certain layout
  StreamProcedures(
      TraceClass traceClass, DataStreamClass streamClass, Projection projection, boolean plain) {
    this.traceClass = traceClass;
    this.streamClass = streamClass;
    this.projection = projection;
    this.plain = plain;
    registers = Registers.of(traceClass.packetHeader(), streamClass);
    List<EventClass> classes = streamClass.eventClasses();
    // A header without class id means the only class, or else the one with id 0.
    long defaultId = classes.size() == 1 ? classes.getFirst().id() : 0;
    FieldClass.Structure eventHeader = streamClass.eventHeader();
    header =
        new HeaderProcedure(
            eventHeader == null
                ? null
                : new NodeCompiler(registers)
                    .compile(Scope.EVENT_HEADER, eventHeader, MemberSelection.NONE),
            defaultId,
            registers);
    packedHeader = plain ? null : PackedHeader.of(eventHeader, registers);
    NodeCompiler headerCompiler = new NodeCompiler(registers);
    packetHeader = compile(headerCompiler, Scope.PACKET_HEADER, traceClass.packetHeader());
    packetHeaderColumns = headerCompiler.columnCount();
    NodeCompiler contextCompiler = new NodeCompiler(registers);
    packetContext = compile(contextCompiler, Scope.PACKET_CONTEXT, streamClass.packetContext());
    packetContextColumns = contextCompiler.columnCount();
    procedures = new AtomicReferenceArray<>(classes.size());
    directOrdinals = directOrdinals(classes);
    Integer[] order = new Integer[classes.size()];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Long.compare(classes.get(a).id(), classes.get(b).id()));
    sortedIds = new long[order.length];
    sortedOrdinals = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      sortedIds[i] = classes.get(order[i]).id();
      sortedOrdinals[i] = order[i];
    }
  }

  private static @Nullable Node compile(
      NodeCompiler compiler, Scope scope, FieldClass.@Nullable Structure structure) {
    return structure == null ? null : compiler.compile(scope, structure, MemberSelection.ALL);
  }

  private static int[] directOrdinals(List<EventClass> classes) {
    int most = 0;
    for (EventClass eventClass : classes) {
      if (eventClass.id() < 0 || eventClass.id() >= MOST_DIRECT_IDS) {
        return new int[0];
      }
      most = Math.max(most, (int) eventClass.id());
    }
    int[] ordinals = new int[most + 1];
    for (EventClass eventClass : classes) {
      ordinals[(int) eventClass.id()] = eventClass.ordinal() + 1;
    }
    return ordinals;
  }

  TraceClass traceClass() {
    return traceClass;
  }

  DataStreamClass streamClass() {
    return streamClass;
  }

  /// What the procedures were compiled for.
  public Projection projection() {
    return projection;
  }

  HeaderProcedure header() {
    return header;
  }

  /// The quick way to decode headers, null when there is none.
  @Nullable PackedHeader packedHeader() {
    return packedHeader;
  }

  @Nullable Node packetHeader() {
    return packetHeader;
  }

  @Nullable Node packetContext() {
    return packetContext;
  }

  int packetHeaderColumns() {
    return packetHeaderColumns;
  }

  int packetContextColumns() {
    return packetContextColumns;
  }

  Registers registers() {
    return registers;
  }

  /// How many ids from 0 on are worth an array; 0 when ids are too great.
  int directIdCount() {
    return directOrdinals.length;
  }

  /// Ordinal of the event class with that id, or -1.
  int ordinalOf(long id) {
    if (directOrdinals.length > 0) {
      return id >= 0 && id < directOrdinals.length ? directOrdinals[(int) id] - 1 : -1;
    }
    int found = Arrays.binarySearch(sortedIds, id);
    return found < 0 ? -1 : sortedOrdinals[found];
  }

  /// The procedure of an event class, compiled now if need be. Two threads may both compile it; the
  /// results are the same and one is kept.
  EventProcedure procedure(int ordinal) {
    EventProcedure known = procedures.get(ordinal);
    if (known != null) {
      return known;
    }
    EventProcedure compiled =
        EventProcedure.compile(
            streamClass, streamClass.eventClasses().get(ordinal), projection, registers, plain);
    return procedures.compareAndSet(ordinal, null, compiled)
        ? compiled
        : Objects.requireNonNull(procedures.get(ordinal));
  }
}
