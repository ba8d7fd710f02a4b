package dev.rideau.ctf.internal.metadata.json;

import dev.rideau.ctf.internal.metadata.json.JsonValue.JsonArray;
import dev.rideau.ctf.internal.metadata.json.JsonValue.JsonInteger;
import dev.rideau.ctf.internal.metadata.json.JsonValue.JsonObject;
import dev.rideau.trace.IntegerRange;
import dev.rideau.trace.Mapping;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads sets of integer ranges: `[[lower, upper], ...]`.
final class RangeReader {
  private final MetadataText text;

  RangeReader(MetadataText text) {
    this.text = text;
  }

  /// Labels with their ranges, none when `value` is null.
  List<Mapping> mappings(@Nullable JsonValue value, String name, boolean signed) {
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof JsonObject object)) {
      throw Properties.unexpected(text, value, "property '" + name + "'", "an object");
    }
    Properties properties = Properties.of(text, value, name);
    List<Mapping> mappings = new ArrayList<>();
    for (Map.Entry<String, JsonValue> entry : object.properties().entrySet()) {
      String label = entry.getKey();
      List<IntegerRange> ranges = new ArrayList<>();
      for (JsonValue range : properties.array(entry.getValue(), label, 1).elements()) {
        JsonValue lower = bound(properties, range, label, 0);
        JsonValue upper = bound(properties, range, label, 1);
        ranges.add(
            range(
                range,
                signed ? properties.signed(lower, label) : properties.unsigned(lower, label),
                signed ? properties.signed(upper, label) : properties.unsigned(upper, label)));
      }
      mappings.add(new Mapping(label, ranges));
    }
    return mappings;
  }

  /// Ranges of a selector whose sign is not known yet.
  List<IntegerRange> selectorRanges(JsonValue value) {
    String name = "selector-field-ranges";
    if (!(value instanceof JsonArray array)) {
      throw Properties.unexpected(text, value, "property '" + name + "'", "an array");
    }
    if (array.elements().isEmpty()) {
      throw text.fault(value, "json-array-size", "at least one selector range is needed");
    }
    Properties properties = Properties.of(text, new JsonObject(Map.of(), value.offset()), name);
    List<IntegerRange> ranges = new ArrayList<>();
    for (JsonValue range : array.elements()) {
      ranges.add(
          range(
              range,
              properties.integer(bound(properties, range, name, 0), name),
              properties.integer(bound(properties, range, name, 1), name)));
    }
    return ranges;
  }

  /// Holds ranges that were read before to the sign of the selector, known now.
  void requireSign(JsonValue selectorRanges, boolean signed) {
    for (JsonValue range : ((JsonArray) selectorRanges).elements()) {
      BigInteger lower = bound(range, 0);
      BigInteger upper = bound(range, 1);
      if (signed ? upper.bitLength() > 63 : lower.signum() < 0) {
        throw text.fault(
            range,
            "selector-range-outside",
            "the range %s to %s does not fit the selector, which is %s"
                .formatted(lower, upper, signed ? "signed" : "unsigned"));
      }
    }
  }

  /// Refuses ranges of different options, read before, that share a value.
  void requireDisjoint(List<JsonValue> rangesOfOptions) {
    record Owned(JsonValue range, int option) {}
    List<Owned> sorted = new ArrayList<>();
    for (int i = 0; i < rangesOfOptions.size(); i++) {
      for (JsonValue range : ((JsonArray) rangesOfOptions.get(i)).elements()) {
        sorted.add(new Owned(range, i));
      }
    }
    sorted.sort(Comparator.comparing(owned -> bound(owned.range, 0)));
    Owned furthest = null;
    for (Owned owned : sorted) {
      if (furthest != null
          && bound(owned.range, 0).compareTo(bound(furthest.range, 1)) <= 0
          && owned.option != furthest.option) {
        throw text.fault(
            owned.range,
            "selector-ranges-overlap",
            "two options of the variant share the selector value " + bound(owned.range, 0));
      }
      if (furthest == null || bound(owned.range, 1).compareTo(bound(furthest.range, 1)) > 0) {
        furthest = owned;
      }
    }
  }

  private static BigInteger bound(JsonValue range, int index) {
    return ((JsonInteger) ((JsonArray) range).elements().get(index)).value();
  }

  private JsonValue bound(Properties properties, JsonValue range, String name, int index) {
    List<JsonValue> bounds = properties.array(range, name, 2).elements();
    if (bounds.size() > 2) {
      throw text.fault(range, "json-array-size", "a range has two bounds, not " + bounds.size());
    }
    return bounds.get(index);
  }

  private IntegerRange range(JsonValue value, BigInteger lower, BigInteger upper) {
    if (lower.compareTo(upper) > 0) {
      throw text.fault(
          value,
          "integer-range-reversed",
          "the lower bound %s is above the upper bound %s".formatted(lower, upper));
    }
    return new IntegerRange(lower.longValue(), upper.longValue());
  }
}
