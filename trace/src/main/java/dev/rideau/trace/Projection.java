package dev.rideau.trace;

/// What somebody wants of the event records: which classes, and which fields of them as columns.
///
/// Asked once per event class when a cursor is made, never per record. Records of classes that are
/// not included do not appear in blocks at all.
public interface Projection {
  /// Every record with every field.
  Projection ALL = new UniformProjection(MemberSelection.ALL);

  /// Every record, its timestamp and its length, but no field.
  Projection TIMESTAMPS = new UniformProjection(MemberSelection.NONE);

  /// Whether records of the class are wanted at all.
  default boolean includes(EventClass eventClass) {
    return true;
  }

  /// Which members of a scope ([Scope#COMMON_CONTEXT], [Scope#SPECIFIC_CONTEXT] or [Scope#PAYLOAD])
  /// are wanted of records of the class.
  MemberSelection members(EventClass eventClass, Scope scope);
}
