package dev.rideau.trace;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// User attributes of a metadata object: namespace to JSON value (`Map`, `List`, `String`, `Long`,
/// `BigInteger`, `Double`, `Boolean`), in the order of the metadata. Rideau carries them and does
/// not interpret them.
public record Attributes(Map<String, Object> entries) {

  /// No attributes.
  public static final Attributes NONE = new Attributes(Map.of());

  public Attributes {
    entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }
}
