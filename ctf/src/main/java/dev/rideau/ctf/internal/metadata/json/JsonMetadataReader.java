package dev.rideau.ctf.internal.metadata.json;

import dev.rideau.ctf.internal.metadata.LocationResolver;
import dev.rideau.ctf.internal.metadata.json.JsonValue.JsonInteger;
import dev.rideau.ctf.internal.metadata.json.JsonValue.JsonObject;
import dev.rideau.ctf.internal.metadata.json.JsonValue.JsonString;
import dev.rideau.trace.Attributes;
import dev.rideau.trace.ClockClass;
import dev.rideau.trace.ClockOrigin;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.Environment;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.FieldClass.Structure;
import dev.rideau.trace.FieldLocation;
import dev.rideau.trace.Scope;
import dev.rideau.trace.TraceClass;
import dev.rideau.trace.TraceException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads metadata of CTF 2: a preamble fragment, then fragments for the trace class, clock classes,
/// field class aliases, data stream classes and event record classes. A fragment may refer only to
/// fragments before it.
public final class JsonMetadataReader {
  private static final List<String> UNIX_EPOCH = List.of("unix-epoch");

  private final MetadataText text;
  private final FieldClassReader fieldClasses;

  private @Nullable String metadataUuid;
  private @Nullable TraceFragment traceFragment;
  private boolean hasContent;
  private final Map<String, ClockClass> clockClasses = new LinkedHashMap<>();

  /// Clock classes that have only a name, as drafts of CTF 2 had it, until somebody refers to them
  /// that way.
  private final Map<String, JsonObject> unnamedClocks = new HashMap<>();

  private final Map<Long, DataStreamFragment> dataStreamFragments = new LinkedHashMap<>();

  private record TraceFragment(
      @Nullable String namespace,
      @Nullable String name,
      @Nullable String uid,
      Environment environment,
      @Nullable Structure packetHeader,
      Attributes attributes) {}

  private record DataStreamFragment(
      DataStreamClass withoutEvents, Map<Long, EventClass> eventClasses) {}

  private JsonMetadataReader(MetadataText text) {
    this.text = text;
    this.fieldClasses = new FieldClassReader(text);
  }

  /// Parses a whole metadata file.
  ///
  /// @param sequence the bytes of the file, a JSON text sequence
  /// @param file where they come from, for messages
  /// @throws TraceException with line and column of the first thing that is wrong
  public static TraceClass parse(byte[] sequence, @Nullable Path file) {
    MetadataText text = MetadataText.decode(sequence, file);
    return new JsonMetadataReader(text).read();
  }

  private TraceClass read() {
    JsonSequence sequence = new JsonSequence(text);
    JsonValue fragment = sequence.next();
    if (fragment == null) {
      throw text.fault(0, "metadata-empty", "the metadata has no fragments", null);
    }
    readPreamble(fragment);
    while ((fragment = sequence.next()) != null) {
      readFragment(fragment);
    }
    if (!hasContent) {
      throw text.fault(
          text.characters().length,
          "metadata-without-trace",
          "the metadata describes no trace: it ends after the preamble",
          null);
    }
    for (JsonObject clock : unnamedClocks.values()) {
      throw text.fault(clock, "json-property-missing", "the clock-class lacks the property 'id'");
    }
    TraceClass traceClass = assemble();
    RoleRules.check(traceClass, text, fieldClasses);
    LocationResolver.resolve(traceClass, new LocationListener());
    return traceClass;
  }

  private void readPreamble(JsonValue fragment) {
    Properties properties = Properties.of(text, fragment, "preamble");
    if (!properties.requireString("type").equals("preamble")) {
      throw text.fault(fragment, "preamble-missing", "the first fragment must be the preamble");
    }
    long version = properties.requireUnsigned("version", 0, Long.MAX_VALUE);
    if (version != 2) {
      throw text.fault(
          properties.require("version").offset(),
          "ctf-version",
          "the version is " + version + ", but only version 2 is written as JSON",
          null);
    }
    metadataUuid = properties.uuid("uuid");
    properties.attributes();
    properties.finish();
  }

  private void readFragment(JsonValue fragment) {
    String type = Properties.of(text, fragment, "fragment").requireString("type");
    Properties properties = Properties.of(text, fragment, type);
    properties.find("type");
    switch (type) {
      case "preamble" ->
          throw text.fault(fragment, "preamble-twice", "only the first fragment is a preamble");
      case "field-class-alias" -> readAlias(properties);
      case "trace-class" -> readTraceClass(properties);
      case "clock-class" -> readClockClass(properties);
      case "data-stream-class" -> readDataStreamClass(properties);
      case "event-record-class" -> readEventClass(properties);
      default ->
          throw text.fault(
              properties.require("type"),
              "fragment-type-unknown",
              "there is no type of fragment '" + type + "'");
    }
    properties.finish();
  }

  private void readAlias(Properties properties) {
    String name = properties.requireString("name");
    JsonValue fieldClass = properties.require("field-class");
    properties.attributes();
    fieldClasses.addAlias(properties.require("name"), name, fieldClass);
  }

  private void readTraceClass(Properties properties) {
    if (traceFragment != null || !dataStreamFragments.isEmpty()) {
      throw text.fault(
          properties.object(),
          "trace-class-misplaced",
          "there is one trace class fragment, before the data stream class fragments");
    }
    hasContent = true;
    String uid = properties.string("uid");
    // The name in drafts of CTF 2.
    String uuid = properties.uuid("uuid");
    traceFragment =
        new TraceFragment(
            properties.string("namespace"),
            properties.string("name"),
            uid != null ? uid : uuid,
            readEnvironment(properties),
            fieldClasses.readRoot(
                properties.find("packet-header-field-class"), Scope.PACKET_HEADER),
            properties.attributes());
  }

  private Environment readEnvironment(Properties properties) {
    JsonValue value = properties.find("environment");
    if (value == null) {
      return Environment.EMPTY;
    }
    Properties entries = Properties.of(text, value, "environment");
    Map<String, Object> environment = new LinkedHashMap<>();
    for (Map.Entry<String, JsonValue> entry : entries.object().properties().entrySet()) {
      String name = entry.getKey();
      if (entry.getValue() instanceof JsonString string) {
        environment.put(name, string.value());
      } else if (entry.getValue() instanceof JsonInteger) {
        environment.put(name, entries.signed(entry.getValue(), name).longValue());
      } else {
        throw Properties.unexpected(
            text, entry.getValue(), "environment entry '" + name + "'", "a string or an integer");
      }
    }
    return new Environment(environment);
  }

  private void readClockClass(Properties properties) {
    hasContent = true;
    String name = properties.string("name");
    String id = properties.string("id");
    if (id == null) {
      if (name == null) {
        properties.require("id");
      }
      id = name == null ? "" : name;
      unnamedClocks.put(id, properties.object());
    }
    if (clockClasses.containsKey(id)) {
      throw text.fault(
          properties.object(),
          "clock-class-duplicate",
          "there is already a clock class '" + id + "'");
    }
    long frequencyHz = properties.requireUnsigned("frequency", 1, Long.MAX_VALUE);
    long offsetSeconds = 0;
    long offsetCycles = 0;
    JsonValue offset = properties.find("offset-from-origin");
    if (offset != null) {
      Properties parts = Properties.of(text, offset, "offset-from-origin");
      JsonValue seconds = parts.find("seconds");
      offsetSeconds = seconds == null ? 0 : parts.signed(seconds, "seconds").longValue();
      JsonValue cycles = parts.find("cycles");
      if (cycles != null) {
        BigInteger given = parts.unsigned(cycles, "cycles");
        if (given.compareTo(BigInteger.valueOf(frequencyHz)) >= 0) {
          throw text.fault(
              cycles,
              "clock-offset-cycles",
              "the offset of %s cycles is not less than the frequency of %d Hz"
                  .formatted(given, frequencyHz));
        }
        offsetCycles = given.longValue();
      }
      parts.finish();
    }
    String uid = properties.string("uid");
    String uuid = properties.uuid("uuid");
    clockClasses.put(
        id,
        new ClockClass(
            id,
            properties.string("namespace"),
            name,
            uid != null ? uid : uuid,
            properties.string("description"),
            frequencyHz,
            offsetSeconds,
            offsetCycles,
            properties.unsigned("precision"),
            properties.unsigned("accuracy"),
            readOrigin(properties),
            properties.attributes()));
  }

  private ClockOrigin readOrigin(Properties properties) {
    JsonValue value = properties.find("origin");
    if (value == null) {
      return new ClockOrigin.Unknown();
    }
    if (value instanceof JsonString) {
      properties.choice(value, "origin", UNIX_EPOCH);
      return new ClockOrigin.UnixEpoch();
    }
    Properties origin = Properties.of(text, value, "clock origin");
    ClockOrigin custom =
        new ClockOrigin.Custom(
            origin.string("namespace"), origin.requireString("name"), origin.requireString("uid"));
    origin.finish();
    return custom;
  }

  private void readDataStreamClass(Properties properties) {
    hasContent = true;
    Long given = properties.unsigned("id");
    long id = given == null ? 0 : given;
    if (dataStreamFragments.containsKey(id)) {
      throw text.fault(
          properties.object(),
          "data-stream-class-duplicate",
          "there is already a data stream class with id " + Long.toUnsignedString(id));
    }
    DataStreamClass dataStreamClass =
        new DataStreamClass(
            dataStreamFragments.size(),
            id,
            properties.string("namespace"),
            properties.string("name"),
            properties.string("uid"),
            defaultClock(properties),
            fieldClasses.readRoot(
                properties.find("packet-context-field-class"), Scope.PACKET_CONTEXT),
            fieldClasses.readRoot(
                properties.find("event-record-header-field-class"), Scope.EVENT_HEADER),
            fieldClasses.readRoot(
                properties.find("event-record-common-context-field-class"), Scope.COMMON_CONTEXT),
            List.of(),
            properties.attributes());
    dataStreamFragments.put(id, new DataStreamFragment(dataStreamClass, new LinkedHashMap<>()));
  }

  private @Nullable ClockClass defaultClock(Properties properties) {
    JsonValue value = properties.find("default-clock-class-id");
    if (value == null) {
      // The name in drafts of CTF 2.
      value = properties.find("default-clock-class-name");
      if (value == null) {
        return null;
      }
      unnamedClocks.remove(properties.string(value, "default-clock-class-name"));
    }
    String id = properties.string(value, "default-clock-class-id");
    ClockClass clockClass = clockClasses.get(id);
    if (clockClass == null) {
      throw text.fault(
          value, "clock-class-unknown", "there is no clock class '" + id + "' before this place");
    }
    return clockClass;
  }

  private void readEventClass(Properties properties) {
    hasContent = true;
    Long givenStream = properties.unsigned("data-stream-class-id");
    long streamId = givenStream == null ? 0 : givenStream;
    DataStreamFragment fragment = dataStreamFragments.get(streamId);
    if (fragment == null) {
      throw text.fault(
          place(properties, "data-stream-class-id"),
          "data-stream-class-unknown",
          "there is no data stream class with id %s before this place"
              .formatted(Long.toUnsignedString(streamId)));
    }
    Long given = properties.unsigned("id");
    long id = given == null ? 0 : given;
    if (fragment.eventClasses.containsKey(id)) {
      throw text.fault(
          place(properties, "id"),
          "event-class-duplicate",
          "the data stream class %s already has an event record class with id %s"
              .formatted(Long.toUnsignedString(streamId), Long.toUnsignedString(id)));
    }
    Attributes attributes = properties.attributes();
    EventClass eventClass =
        new EventClass(
            fragment.eventClasses.size(),
            id,
            properties.string("namespace"),
            properties.string("name"),
            properties.string("uid"),
            BasicAttributes.logLevel(attributes),
            BasicAttributes.emfUri(attributes),
            fieldClasses.readRoot(
                properties.find("specific-context-field-class"), Scope.SPECIFIC_CONTEXT),
            fieldClasses.readRoot(properties.find("payload-field-class"), Scope.PAYLOAD),
            attributes);
    if (isEmpty(eventClass.payload())
        && isEmpty(eventClass.specificContext())
        && isEmpty(fragment.withoutEvents.commonContext())
        && isEmpty(fragment.withoutEvents.eventHeader())) {
      throw text.fault(
          properties.object(),
          "event-record-empty",
          "an event record of this class has no data at all");
    }
    fragment.eventClasses.put(id, eventClass);
  }

  private static JsonValue place(Properties properties, String name) {
    JsonValue value = properties.find(name);
    return value != null ? value : properties.object();
  }

  /// Whether a field never has a bit, whatever the data. Strings count as data even when they are
  /// empty.
  private static boolean isEmpty(@Nullable FieldClass fieldClass) {
    return switch (fieldClass) {
      case null -> true;
      case Structure structure -> {
        boolean empty = true;
        for (FieldClass.Member member : structure.members()) {
          empty &= isEmpty(member.fieldClass());
        }
        yield empty;
      }
      case FieldClass.StaticLengthArray array -> array.length() == 0 || isEmpty(array.element());
      case FieldClass.DynamicLengthArray array -> isEmpty(array.element());
      case FieldClass.StaticLengthBlob blob -> blob.lengthBytes() == 0;
      case FieldClass.Optional optional -> isEmpty(optional.content());
      case FieldClass.Variant variant -> {
        boolean empty = true;
        for (FieldClass.Option option : variant.options()) {
          empty &= isEmpty(option.fieldClass());
        }
        yield empty;
      }
      case FieldClass.FixedLength _,
          FieldClass.VariableLengthInt _,
          FieldClass.Text _,
          FieldClass.DynamicLengthBlob _ ->
          false;
    };
  }

  private TraceClass assemble() {
    List<DataStreamClass> dataStreamClasses = new ArrayList<>();
    for (DataStreamFragment fragment : dataStreamFragments.values()) {
      DataStreamClass bare = fragment.withoutEvents;
      dataStreamClasses.add(
          new DataStreamClass(
              bare.ordinal(),
              bare.id(),
              bare.namespace(),
              bare.name(),
              bare.uid(),
              bare.defaultClock(),
              bare.packetContext(),
              bare.eventHeader(),
              bare.commonContext(),
              List.copyOf(fragment.eventClasses.values()),
              bare.attributes()));
    }
    TraceFragment trace = traceFragment;
    if (trace == null) {
      trace = new TraceFragment(null, null, null, Environment.EMPTY, null, Attributes.NONE);
    }
    return new TraceClass(
        2,
        0,
        trace.namespace,
        trace.name,
        trace.uid,
        metadataUuid,
        null,
        trace.environment,
        List.copyOf(clockClasses.values()),
        trace.packetHeader,
        dataStreamClasses,
        trace.attributes);
  }

  /// Checks what depends on the sign of a selector, and says where a location is wrong.
  private final class LocationListener implements LocationResolver.Listener {
    private final RangeReader ranges = new RangeReader(text);

    @Override
    public void resolved(FieldClass user, FieldLocation location, List<FieldClass> targets) {
      if (!(targets.getFirst() instanceof FieldClass.Integral integer)) {
        return;
      }
      JsonObject place = fieldClasses.place(user);
      if (user instanceof FieldClass.Optional) {
        JsonValue selectorRanges = place.properties().get("selector-field-ranges");
        if (selectorRanges != null) {
          ranges.requireSign(selectorRanges, integer.signed());
        }
      } else if (user instanceof FieldClass.Variant) {
        Properties variant = Properties.of(text, place, "variant");
        for (JsonValue option :
            variant.array(variant.require("options"), "options", 1).elements()) {
          ranges.requireSign(
              Properties.of(text, option, "option").require("selector-field-ranges"),
              integer.signed());
        }
      }
    }

    @Override
    public TraceException fault(
        FieldClass user, FieldLocation location, String rule, String message) {
      return text.fault(fieldClasses.place(user), rule, message);
    }
  }
}
