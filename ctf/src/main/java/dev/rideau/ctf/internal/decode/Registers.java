package dev.rideau.ctf.internal.decode;

import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.FieldLocation;
import dev.rideau.trace.Scope;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Numbers for the fields that lengths and selectors refer to. Immutable.
///
/// Fields of the packet, of the event header and of the common context have numbers that hold for
/// all event classes of the stream; those of an event class come after them and are used again by
/// the next one.
///
/// ```
/// 0 .... packetCount ........ headerEnd ................. count
///  packet             header              common context, one class
/// ```
final class Registers {
  private final Map<FieldLocation, Integer> numbers;
  private final int packetCount;
  private final int headerCount;
  private final boolean headerUsedOutside;

  private Registers(
      Map<FieldLocation, Integer> numbers,
      int packetCount,
      int headerCount,
      boolean headerUsedOutside) {
    this.numbers = numbers;
    this.packetCount = packetCount;
    this.headerCount = headerCount;
    this.headerUsedOutside = headerUsedOutside;
  }

  /// Numbers for what all records of a stream share.
  static Registers of(FieldClass.@Nullable Structure packetHeader, DataStreamClass stream) {
    Set<FieldLocation> used = new LinkedHashSet<>();
    KeyLocations.collect(packetHeader, used);
    KeyLocations.collect(stream.packetContext(), used);
    KeyLocations.collect(stream.eventHeader(), used);
    Set<FieldLocation> usedOutside = new LinkedHashSet<>();
    KeyLocations.collectOfContent(stream, usedOutside);
    used.addAll(usedOutside);
    Map<FieldLocation, Integer> numbers = new HashMap<>();
    for (FieldLocation location : used) {
      if (location.origin().isOfPacket()) {
        numbers.put(location, numbers.size());
      }
    }
    int packetCount = numbers.size();
    int headerCount = 0;
    for (FieldLocation location : used) {
      if (location.origin() == Scope.EVENT_HEADER) {
        numbers.put(location, numbers.size());
        headerCount++;
      }
    }
    for (FieldLocation location : used) {
      if (location.origin() == Scope.COMMON_CONTEXT) {
        numbers.put(location, numbers.size());
      }
    }
    return new Registers(Map.copyOf(numbers), packetCount, headerCount, isOfHeader(usedOutside));
  }

  private static boolean isOfHeader(Set<FieldLocation> locations) {
    for (FieldLocation location : locations) {
      if (location.origin() == Scope.EVENT_HEADER) {
        return true;
      }
    }
    return false;
  }

  /// The same numbers, and some for what an event class adds.
  Registers with(EventClass eventClass) {
    Set<FieldLocation> used = new LinkedHashSet<>();
    KeyLocations.collect(eventClass.specificContext(), used);
    KeyLocations.collect(eventClass.payload(), used);
    Map<FieldLocation, Integer> all = new HashMap<>(numbers);
    for (FieldLocation location : used) {
      all.putIfAbsent(location, all.size());
    }
    return new Registers(Map.copyOf(all), packetCount, headerCount, headerUsedOutside);
  }

  /// The number of a field, or -1 when nothing refers to it.
  int numberOf(FieldLocation location) {
    Integer number = numbers.get(location);
    return number == null ? -1 : number;
  }

  /// How many numbers there are.
  int count() {
    return numbers.size();
  }

  /// How many fields of the event header have a number.
  int headerCount() {
    return headerCount;
  }

  /// Whether contexts or payloads refer to fields of the event header.
  boolean isHeaderUsedOutside() {
    return headerUsedOutside;
  }

  /// First number that belongs to records.
  int packetCount() {
    return packetCount;
  }

  /// First number that belongs to what comes after the event header.
  int headerEnd() {
    return packetCount + headerCount;
  }
}
