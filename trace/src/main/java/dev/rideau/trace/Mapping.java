package dev.rideau.trace;

import java.util.List;

/// A label with the integer ranges it stands for (an enumerator of CTF 1.8).
public record Mapping(String label, List<IntegerRange> ranges) {

  public Mapping {
    ranges = List.copyOf(ranges);
  }

  /// Whether one of the ranges holds `value`.
  public boolean contains(long value, boolean signed) {
    for (int i = 0; i < ranges.size(); i++) {
      if (ranges.get(i).contains(value, signed)) {
        return true;
      }
    }
    return false;
  }
}
