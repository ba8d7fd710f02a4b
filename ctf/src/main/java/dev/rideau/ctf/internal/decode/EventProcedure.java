package dev.rideau.ctf.internal.decode;

import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.MemberSelection;
import dev.rideau.trace.Projection;
import dev.rideau.trace.Scope;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The compiled decode plan of one event class: how to skip a record and how to fill columns.
/// Immutable, shared by all cursors with the same projection.
///
/// Classes of the simple kind have segments: their records are first only skipped, and a block's
/// worth is then decoded column by column. The others have nodes and are decoded record by record.
final class EventProcedure {
  private final EventClass eventClass;
  private final boolean included;
  private final Segment @Nullable [] segments;
  private final Node[] scopes;
  private final int columnCount;
  private final int registerCount;

  private EventProcedure(
      EventClass eventClass,
      boolean included,
      Segment @Nullable [] segments,
      Node[] scopes,
      int columnCount,
      int registerCount) {
    this.eventClass = eventClass;
    this.included = included;
    this.segments = segments;
    this.scopes = scopes;
    this.columnCount = columnCount;
    this.registerCount = registerCount;
  }

  /// @param plain whether to do without segments, for comparison
  static EventProcedure compile(
      DataStreamClass stream,
      EventClass eventClass,
      Projection projection,
      Registers shared,
      boolean plain) {
    boolean included = projection.includes(eventClass);
    Projection wanted = included ? projection : Projection.TIMESTAMPS;
    Registers registers = shared.with(eventClass);
    NodeCompiler compiler = new NodeCompiler(registers);
    List<Node> scopes = new ArrayList<>();
    addScope(scopes, compiler, Scope.COMMON_CONTEXT, stream.commonContext(), eventClass, wanted);
    addScope(
        scopes, compiler, Scope.SPECIFIC_CONTEXT, eventClass.specificContext(), eventClass, wanted);
    addScope(scopes, compiler, Scope.PAYLOAD, eventClass.payload(), eventClass, wanted);
    return new EventProcedure(
        eventClass,
        included,
        plain ? null : SegmentCompiler.compile(stream, eventClass, wanted),
        scopes.toArray(new Node[0]),
        compiler.columnCount(),
        registers.count());
  }

  private static void addScope(
      List<Node> scopes,
      NodeCompiler compiler,
      Scope scope,
      FieldClass.@Nullable Structure structure,
      EventClass eventClass,
      Projection projection) {
    if (structure != null) {
      MemberSelection wanted = projection.members(eventClass, scope);
      scopes.add(compiler.compile(scope, structure, wanted));
    }
  }

  EventClass eventClass() {
    return eventClass;
  }

  /// Whether records of the class appear in blocks.
  boolean isIncluded() {
    return included;
  }

  /// The segments, or null for classes that have to be decoded record by record.
  Segment @Nullable [] segments() {
    return segments;
  }

  /// Length behind the event header when it is the same for all records and starts at any byte, or
  /// -1.
  int fixedLengthBytes() {
    Segment[] parts = segments;
    return parts != null && parts.length == 1 ? parts[0].fixedLengthBytes() : -1;
  }

  /// How many columns a batch of the class has.
  int columnCount() {
    return columnCount;
  }

  /// How many registers decoding a record of the class may use.
  int registerCount() {
    return registerCount;
  }

  /// Decodes a record by its nodes.
  ///
  /// @param position bit behind the event header
  /// @return the bit behind the record, [DecodeState#FAULT] or [DecodeState#MORE]
  long decode(DecodeState state, long position, int row) {
    long at = position;
    for (Node scope : scopes) {
      at = scope.decode(state, at, row);
      if (at < 0) {
        return at;
      }
    }
    return at;
  }
}
