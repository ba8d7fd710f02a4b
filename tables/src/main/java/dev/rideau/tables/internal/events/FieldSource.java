package dev.rideau.tables.internal.events;

import dev.rideau.trace.Scope;

/// Where the records of an event class keep what a column shows.
///
/// @param member name of the member of the scope's structure
/// @param index its position there
record FieldSource(Scope scope, String member, int index, VectorWriter writer) {}
