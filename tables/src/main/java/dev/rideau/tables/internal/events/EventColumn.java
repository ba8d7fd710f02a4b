package dev.rideau.tables.internal.events;

/// A column of the relation that `events()` returns.
///
/// @param name unique without regard to case
/// @param writer its type; that of the first event class that has the field
record EventColumn(String name, VectorWriter writer) {}
