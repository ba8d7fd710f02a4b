package dev.rideau.ctf.internal.decode;

import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.FieldLocation;
import dev.rideau.trace.TraceClass;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the fields whose values lengths and selectors depend on.
public final class KeyLocations {
  private KeyLocations() {}

  /// The locations that anything in the trace class refers to.
  static Set<FieldLocation> of(TraceClass traceClass) {
    Set<FieldLocation> locations = new HashSet<>();
    collect(traceClass.packetHeader(), locations);
    for (DataStreamClass dataStreamClass : traceClass.dataStreamClasses()) {
      collect(dataStreamClass, locations);
    }
    return locations;
  }

  /// The locations that headers and contexts of packets refer to.
  static Set<FieldLocation> ofPackets(TraceClass traceClass) {
    Set<FieldLocation> locations = new HashSet<>();
    collect(traceClass.packetHeader(), locations);
    for (DataStreamClass dataStreamClass : traceClass.dataStreamClasses()) {
      collect(dataStreamClass.packetContext(), locations);
    }
    return locations;
  }

  /// Adds the locations that anything in the data stream class refers to.
  public static void collect(DataStreamClass dataStreamClass, Collection<FieldLocation> locations) {
    collect(dataStreamClass.packetContext(), locations);
    collect(dataStreamClass.eventHeader(), locations);
    collectOfContent(dataStreamClass, locations);
  }

  /// Adds the locations that contexts and payloads of records refer to.
  static void collectOfContent(
      DataStreamClass dataStreamClass, Collection<FieldLocation> locations) {
    collect(dataStreamClass.commonContext(), locations);
    for (EventClass eventClass : dataStreamClass.eventClasses()) {
      collect(eventClass.specificContext(), locations);
      collect(eventClass.payload(), locations);
    }
  }

  /// Adds the locations that anything in the field class refers to.
  public static void collect(@Nullable FieldClass fieldClass, Collection<FieldLocation> locations) {
    switch (fieldClass) {
      case null -> {}
      // The usual ones first.
      case FieldClass.FixedLength _,
          FieldClass.VariableLengthInt _,
          FieldClass.NullTerminatedString _,
          FieldClass.StaticLengthString _,
          FieldClass.StaticLengthBlob _ -> {}
      case FieldClass.StaticLengthArray array -> collect(array.element(), locations);
      case FieldClass.DynamicLengthArray array -> {
        locations.add(array.length());
        collect(array.element(), locations);
      }
      case FieldClass.DynamicLength bytes -> locations.add(bytes.length());
      case FieldClass.Structure structure -> {
        for (FieldClass.Member member : structure.members()) {
          collect(member.fieldClass(), locations);
        }
      }
      case FieldClass.Optional optional -> {
        locations.add(optional.selector());
        collect(optional.content(), locations);
      }
      case FieldClass.Variant variant -> {
        locations.add(variant.selector());
        for (FieldClass.Option option : variant.options()) {
          collect(option.fieldClass(), locations);
        }
      }
    }
  }
}
