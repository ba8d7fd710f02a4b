package dev.rideau.reports;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A part of a recording that began and ended with certain event records.
///
/// @param number counts the periods of a search in the order of their begin
/// @param parentNumber number of the period around it; -1 for none
/// @param name of its definition; empty for none
/// @param parent name of the period around it; null for none
/// @param beginNs time of the first record
/// @param endNs time of the last record, or the end of the range when it did not end
/// @param isComplete whether it ended by itself
/// @param captures values that were kept of both records, by name
public record Period(
    long number,
    long parentNumber,
    String name,
    @Nullable String parent,
    long beginNs,
    long endNs,
    boolean isComplete,
    Map<String, String> captures) {
  public Period {
    captures = Collections.unmodifiableMap(new LinkedHashMap<>(captures));
  }
}
