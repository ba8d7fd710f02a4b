package dev.rideau.trace;

import org.jspecify.annotations.Nullable;

/// The event records of one class in a [RecordBlock], as columns. Row `r` is the `r`-th record of
/// the class in the block.
///
/// Owned by its block; see [RecordBlock] for how long it may be read.
public final class Batch {
  private final EventClass eventClass;
  private final @Nullable StructColumn commonContext;
  private final @Nullable StructColumn specificContext;
  private final @Nullable StructColumn payload;
  private int size;

  /// Makes the empty batch of a class. A scope is null when the class does not have it or when
  /// nobody wants a member of it.
  public Batch(
      EventClass eventClass,
      @Nullable StructColumn commonContext,
      @Nullable StructColumn specificContext,
      @Nullable StructColumn payload) {
    this.eventClass = eventClass;
    this.commonContext = commonContext;
    this.specificContext = specificContext;
    this.payload = payload;
  }

  /// The empty batch of a class with the columns that `projection` asks for.
  public static Batch of(
      DataStreamClass dataStreamClass, EventClass eventClass, Projection projection) {
    return new Batch(
        eventClass,
        columns(dataStreamClass.commonContext(), eventClass, Scope.COMMON_CONTEXT, projection),
        columns(eventClass.specificContext(), eventClass, Scope.SPECIFIC_CONTEXT, projection),
        columns(eventClass.payload(), eventClass, Scope.PAYLOAD, projection));
  }

  private static @Nullable StructColumn columns(
      FieldClass.@Nullable Structure structure,
      EventClass eventClass,
      Scope scope,
      Projection projection) {
    if (structure == null) {
      return null;
    }
    MemberSelection wanted = projection.members(eventClass, scope);
    return wanted.isNone() ? null : StructColumn.of(structure, wanted);
  }

  /// The class of all rows.
  public EventClass eventClass() {
    return eventClass;
  }

  /// Number of rows.
  public int size() {
    return size;
  }

  /// Sets the number of rows; for the decoder that fills the batch.
  public void resize(int size) {
    this.size = size;
  }

  /// Columns of the context that all records of the stream have.
  public @Nullable StructColumn commonContext() {
    return commonContext;
  }

  /// Columns of the context that the class adds.
  public @Nullable StructColumn specificContext() {
    return specificContext;
  }

  /// Columns of the event's own fields.
  public @Nullable StructColumn payload() {
    return payload;
  }

  /// The columns of one of the three scopes of a batch, or null.
  public @Nullable StructColumn columns(Scope scope) {
    return switch (scope) {
      case COMMON_CONTEXT -> commonContext;
      case SPECIFIC_CONTEXT -> specificContext;
      case PAYLOAD -> payload;
      case PACKET_HEADER, PACKET_CONTEXT, EVENT_HEADER -> null;
    };
  }

  /// Makes room for `rows` rows in every column.
  public void ensureCapacity(int rows) {
    if (commonContext != null) {
      commonContext.ensureCapacity(rows);
    }
    if (specificContext != null) {
      specificContext.ensureCapacity(rows);
    }
    if (payload != null) {
      payload.ensureCapacity(rows);
    }
  }

  /// Forgets all rows, keeps the memory.
  public void clear() {
    size = 0;
    if (commonContext != null) {
      commonContext.clear();
    }
    if (specificContext != null) {
      specificContext.clear();
    }
    if (payload != null) {
      payload.clear();
    }
  }
}
