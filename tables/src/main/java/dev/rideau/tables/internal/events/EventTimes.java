package dev.rideau.tables.internal.events;

import org.jspecify.annotations.Nullable;

/// The times between which records are wanted: from `begin` on and before `end`; null for no bound.
record EventTimes(@Nullable Long begin, @Nullable Long end) {

  /// Whether all records are wanted, also those without time.
  boolean isAll() {
    return begin == null && end == null;
  }

  boolean contains(long ns) {
    return meets(ns, ns);
  }

  /// Whether a packet with these times can hold wanted records.
  boolean meets(long firstNs, long lastNs) {
    return (begin == null || lastNs >= begin) && (end == null || firstNs < end);
  }
}
