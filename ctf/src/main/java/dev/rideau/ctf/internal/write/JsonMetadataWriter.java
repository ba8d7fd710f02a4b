package dev.rideau.ctf.internal.write;

import dev.rideau.ctf.internal.metadata.json.BasicAttributes;
import dev.rideau.trace.Attributes;
import dev.rideau.trace.ClockClass;
import dev.rideau.trace.ClockOrigin;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass.Structure;
import dev.rideau.trace.Scope;
import dev.rideau.trace.TraceClass;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Writes a trace class as the JSON text sequence of CTF 2: a record separator before each fragment
/// and a line feed behind it.
///
/// The trace class must be one of CTF 2; [TracePlan] makes one of any other.
public final class JsonMetadataWriter {
  private static final int RECORD_SEPARATOR = 0x1e;

  private final ByteArrayOutputStream sequence = new ByteArrayOutputStream();

  private JsonMetadataWriter() {}

  /// The metadata stream.
  public static byte[] write(TraceClass traceClass, UUID uuid) {
    JsonMetadataWriter writer = new JsonMetadataWriter();
    writer.preamble(uuid);
    JsonFieldWriter fields = new JsonFieldWriter();
    writer.trace(traceClass, fields);
    traceClass.clockClasses().forEach(writer::clock);
    for (DataStreamClass stream : traceClass.dataStreamClasses()) {
      writer.stream(stream, fields);
    }
    return writer.sequence.toByteArray();
  }

  private void fragment(Map<String, Object> fragment) {
    sequence.write(RECORD_SEPARATOR);
    sequence.writeBytes(JsonText.of(fragment).getBytes(StandardCharsets.UTF_8));
    sequence.write('\n');
  }

  private static Map<String, Object> typed(String type) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("type", type);
    return object;
  }

  private static void put(Map<String, Object> object, String name, @Nullable Object value) {
    if (value != null) {
      object.put(name, value);
    }
  }

  /// An unsigned number.
  static @Nullable Object unsigned(@Nullable Long value) {
    return value == null ? null : new BigInteger(Long.toUnsignedString(value));
  }

  static void putAttributes(Map<String, Object> object, Attributes attributes) {
    if (!attributes.entries().isEmpty()) {
      object.put("attributes", attributes.entries());
    }
  }

  private void preamble(UUID uuid) {
    byte[] bytes =
        ByteBuffer.allocate(16)
            .putLong(uuid.getMostSignificantBits())
            .putLong(uuid.getLeastSignificantBits())
            .array();
    List<Integer> numbers = new ArrayList<>();
    for (byte each : bytes) {
      numbers.add(each & 0xff);
    }
    Map<String, Object> fragment = typed("preamble");
    fragment.put("version", 2);
    fragment.put("uuid", numbers);
    fragment(fragment);
  }

  private void trace(TraceClass traceClass, JsonFieldWriter fields) {
    Map<String, Object> fragment = typed("trace-class");
    put(fragment, "namespace", traceClass.namespace());
    put(fragment, "name", traceClass.name());
    put(fragment, "uid", traceClass.uid());
    if (!traceClass.environment().entries().isEmpty()) {
      fragment.put("environment", traceClass.environment().entries());
    }
    root(
        fragment,
        "packet-header-field-class",
        Scope.PACKET_HEADER,
        traceClass.packetHeader(),
        fields);
    putAttributes(fragment, traceClass.attributes());
    fragment(fragment);
  }

  private static void root(
      Map<String, Object> object,
      String name,
      Scope scope,
      @Nullable Structure structure,
      JsonFieldWriter fields) {
    if (structure != null) {
      object.put(name, fields.root(scope, structure));
    }
  }

  private void clock(ClockClass clock) {
    Map<String, Object> fragment = typed("clock-class");
    fragment.put("id", clock.id());
    put(fragment, "namespace", clock.namespace());
    put(fragment, "name", clock.name());
    put(fragment, "uid", clock.uid());
    put(fragment, "description", clock.description());
    fragment.put("frequency", clock.frequencyHz());
    put(fragment, "precision", unsigned(clock.precisionCycles()));
    put(fragment, "accuracy", unsigned(clock.accuracyCycles()));
    switch (clock.origin()) {
      case ClockOrigin.UnixEpoch _ -> fragment.put("origin", "unix-epoch");
      case ClockOrigin.Unknown _ -> {}
      case ClockOrigin.Custom custom -> {
        Map<String, Object> origin = new LinkedHashMap<>();
        put(origin, "namespace", custom.namespace());
        origin.put("name", custom.name());
        origin.put("uid", custom.uid());
        fragment.put("origin", origin);
      }
    }
    // CTF 2 wants fewer cycles than a second has.
    long seconds = clock.offsetSeconds() + Math.floorDiv(clock.offsetCycles(), clock.frequencyHz());
    long cycles = Math.floorMod(clock.offsetCycles(), clock.frequencyHz());
    if (seconds != 0 || cycles != 0) {
      Map<String, Object> offset = new LinkedHashMap<>();
      offset.put("seconds", seconds);
      offset.put("cycles", cycles);
      fragment.put("offset-from-origin", offset);
    }
    putAttributes(fragment, clock.attributes());
    fragment(fragment);
  }

  private void stream(DataStreamClass stream, JsonFieldWriter fields) {
    Map<String, Object> fragment = typed("data-stream-class");
    put(fragment, "id", unsigned(stream.id()));
    put(fragment, "namespace", stream.namespace());
    put(fragment, "name", stream.name());
    put(fragment, "uid", stream.uid());
    ClockClass clock = stream.defaultClock();
    put(fragment, "default-clock-class-id", clock == null ? null : clock.id());
    root(
        fragment,
        "packet-context-field-class",
        Scope.PACKET_CONTEXT,
        stream.packetContext(),
        fields);
    root(
        fragment,
        "event-record-header-field-class",
        Scope.EVENT_HEADER,
        stream.eventHeader(),
        fields);
    root(
        fragment,
        "event-record-common-context-field-class",
        Scope.COMMON_CONTEXT,
        stream.commonContext(),
        fields);
    putAttributes(fragment, stream.attributes());
    fragment(fragment);
    for (EventClass event : stream.eventClasses()) {
      event(stream, event, fields);
    }
  }

  private void event(DataStreamClass stream, EventClass event, JsonFieldWriter fields) {
    Map<String, Object> fragment = typed("event-record-class");
    put(fragment, "data-stream-class-id", unsigned(stream.id()));
    put(fragment, "id", unsigned(event.id()));
    put(fragment, "namespace", event.namespace());
    put(fragment, "name", event.name());
    put(fragment, "uid", event.uid());
    root(
        fragment,
        "specific-context-field-class",
        Scope.SPECIFIC_CONTEXT,
        event.specificContext(),
        fields);
    root(fragment, "payload-field-class", Scope.PAYLOAD, event.payload(), fields);
    putAttributes(fragment, attributes(event));
    fragment(fragment);
  }

  private static Attributes attributes(EventClass event) {
    Map<String, Object> entries = new LinkedHashMap<>(event.attributes().entries());
    Long level = event.logLevel();
    if (entries.containsKey(BasicAttributes.NAMESPACE)
        || (level == null && event.emfUri() == null)) {
      return event.attributes();
    }
    Map<String, Object> basic = new LinkedHashMap<>();
    if (level != null) {
      boolean known = level >= 0 && level < BasicAttributes.LOG_LEVELS.size();
      basic.put("log-level", known ? BasicAttributes.LOG_LEVELS.get((int) (long) level) : level);
    }
    put(basic, "emf-uri", event.emfUri());
    entries.put(BasicAttributes.NAMESPACE, basic);
    return new Attributes(entries);
  }
}
