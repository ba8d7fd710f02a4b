package dev.rideau.ctf.internal.write;

import dev.rideau.ctf.CtfFormat;
import dev.rideau.ctf.internal.decode.KeyLocations;
import dev.rideau.trace.Attributes;
import dev.rideau.trace.BitLayout;
import dev.rideau.trace.ClockClass;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.Environment;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.FieldClass.Structure;
import dev.rideau.trace.FieldLocation;
import dev.rideau.trace.Role;
import dev.rideau.trace.Scope;
import dev.rideau.trace.TraceClass;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How a trace is written: its metadata in the target format, and for each data stream class how
/// packets and records become bits. Immutable, shared by threads.
///
/// @param target the trace class as it is written
/// @param uuid identity of the metadata stream
/// @param streams by ordinal of the data stream class
public record TracePlan(TraceClass target, UUID uuid, List<StreamPlan> streams) {

  /// Plans a trace.
  ///
  /// @param gaps whether records will be left out, so that the time between two may be longer than
  ///   the timestamps of the source can tell
  /// @param diagnostics is told once of each thing that the target says differently
  public static TracePlan of(
      TraceClass source, CtfFormat format, boolean gaps, DiagnosticSink diagnostics) {
    return new Maker(source, format, gaps, new PlanNotes(diagnostics)).make();
  }

  /// The plan for a data stream class of the source.
  public StreamPlan stream(DataStreamClass source) {
    return streams.get(source.ordinal());
  }

  private static final class Maker {
    private final TraceClass source;
    private final CtfFormat format;
    private final boolean gaps;
    private final PlanNotes notes;
    private final ByteOrder byteOrder;
    private final Map<ClockClass, ClockClass> clocks = new LinkedHashMap<>();

    Maker(TraceClass source, CtfFormat format, boolean gaps, PlanNotes notes) {
      this.source = source;
      this.format = format;
      this.gaps = gaps;
      this.notes = notes;
      ByteOrder order = source.nativeByteOrder();
      byteOrder = order == null ? ByteOrder.LITTLE_ENDIAN : order;
    }

    private boolean toTsdl() {
      return format == CtfFormat.CTF_1_8;
    }

    TracePlan make() {
      for (ClockClass clock : source.clockClasses()) {
        clocks.put(clock, clock(clock));
      }
      List<StreamPlan> streams = new ArrayList<>();
      for (DataStreamClass stream : source.dataStreamClasses()) {
        streams.add(stream(stream));
      }
      UUID uuid = uuid();
      TraceClass target =
          new TraceClass(
              toTsdl() ? 1 : 2,
              toTsdl() ? 8 : 0,
              kept(source.namespace(), "the trace's namespace"),
              kept(source.name(), "the trace's name"),
              toTsdl() && !isUuid(source.uid()) ? null : source.uid(),
              toTsdl() ? byteOrder : null,
              environment(),
              List.copyOf(clocks.values()),
              packetHeader(),
              streams.stream().map(StreamPlan::target).toList(),
              attributes(source.attributes()));
      return new TracePlan(target, uuid, List.copyOf(streams));
    }

    private @Nullable Structure packetHeader() {
      Structure header = source.packetHeader();
      if (header == null) {
        return null;
      }
      FieldPlanner planner = new FieldPlanner(format, byteOrder, Map.of(), notes);
      return (Structure) planner.plan(Scope.PACKET_HEADER, header).target();
    }

    private UUID uuid() {
      String uid = source.uid();
      if (uid != null && isUuid(uid)) {
        return UUID.fromString(uid);
      }
      // CTF 2 wants one where packets carry one; it must be the same each time.
      return UUID.nameUUIDFromBytes(source.toString().getBytes(StandardCharsets.UTF_8));
    }

    private Environment environment() {
      if (!toTsdl()) {
        return source.environment();
      }
      Map<String, Object> entries = new LinkedHashMap<>();
      source
          .environment()
          .entries()
          .forEach((name, value) -> {
            String target = TsdlNames.mangled(name);
            while (!TsdlNames.isIdentifier(target) || entries.containsKey(target)) {
              target = "_" + target;
            }
            if (!target.equals(name)) {
              notes.add(
                  "environment-renamed",
                  "environment entry '%s' is called '%s' in CTF 1.8".formatted(name, target));
            }
            entries.put(target, value);
          });
      return new Environment(entries);
    }

    private ClockClass clock(ClockClass clock) {
      if (!toTsdl()) {
        return clock;
      }
      String id = TsdlNames.mangled(clock.id());
      while (!TsdlNames.isIdentifier(id) || isTaken(id)) {
        id = "_" + id;
      }
      if (clock.accuracyCycles() != null) {
        notes.add("clock-accuracy", "CTF 1.8 has no clock accuracy: it is left out");
      }
      String name = source.majorVersion() == 1 ? clock.name() : id;
      return new ClockClass(
          id,
          kept(clock.namespace(), "a clock's namespace"),
          name == null ? null : id,
          isUuid(clock.uid()) ? clock.uid() : kept(clock.uid(), "a clock's identity"),
          clock.description(),
          clock.frequencyHz(),
          clock.offsetSeconds(),
          clock.offsetCycles(),
          clock.precisionCycles(),
          null,
          clock.origin(),
          attributes(clock.attributes()));
    }

    private boolean isTaken(String clockId) {
      return clocks.values().stream().anyMatch(clock -> clock.id().equals(clockId));
    }

    private StreamPlan stream(DataStreamClass stream) {
      Map<FieldLocation, Integer> keys = keys(stream);
      FieldPlanner planner = new FieldPlanner(format, byteOrder, keys, notes);
      PlannedField packetHeader = plan(planner, Scope.PACKET_HEADER, source.packetHeader());
      PlannedField packetContext = plan(planner, Scope.PACKET_CONTEXT, stream.packetContext());
      PlannedField header = plan(planner, Scope.EVENT_HEADER, stream.eventHeader());
      PlannedField commonContext = plan(planner, Scope.COMMON_CONTEXT, stream.commonContext());
      List<EventClass> events = new ArrayList<>();
      StreamPlan.EventPlan[] plans = new StreamPlan.EventPlan[stream.eventClasses().size()];
      for (EventClass event : stream.eventClasses()) {
        PlannedField context = plan(planner, Scope.SPECIFIC_CONTEXT, event.specificContext());
        PlannedField payload = plan(planner, Scope.PAYLOAD, event.payload());
        plans[event.ordinal()] = new StreamPlan.EventPlan(encoder(context), encoder(payload));
        events.add(
            new EventClass(
                event.ordinal(),
                event.id(),
                kept(event.namespace(), "an event class's namespace"),
                event.name(),
                kept(event.uid(), "an event class's identity"),
                event.logLevel(),
                event.emfUri(),
                structure(context),
                structure(payload),
                attributes(event.attributes())));
      }
      Structure targetHeader = structure(header);
      HeaderProcedure procedure =
          HeaderProcedure.of(targetHeader, events, headerKeys(stream, keys));
      if (gaps && targetHeader != null && !procedure.tellsAnyTime()) {
        targetHeader = (Structure) widened(targetHeader);
        procedure = HeaderProcedure.of(targetHeader, events, headerKeys(stream, keys));
      }
      ClockClass clock = stream.defaultClock();
      DataStreamClass target =
          new DataStreamClass(
              stream.ordinal(),
              toTsdl() && !namesItsStreams() ? 0 : stream.id(),
              kept(stream.namespace(), "a data stream class's namespace"),
              kept(stream.name(), "a data stream class's name"),
              kept(stream.uid(), "a data stream class's identity"),
              clock == null ? null : clocks.getOrDefault(clock, clock),
              structure(packetContext),
              targetHeader,
              structure(commonContext),
              events,
              attributes(stream.attributes()));
      return new StreamPlan(
          source.packetHeader(),
          stream,
          target,
          encoder(packetHeader),
          encoder(packetContext),
          procedure,
          encoder(commonContext),
          plans,
          keys.size());
    }

    private boolean namesItsStreams() {
      Structure header = source.packetHeader();
      return source.dataStreamClasses().size() > 1
          || (header != null
              && header.members().stream()
                  .anyMatch(member ->
                      member.fieldClass() instanceof FieldClass.Integral integral
                          && integral.roles().contains(Role.DATA_STREAM_CLASS_ID)));
    }

    private Map<FieldLocation, Integer> keys(DataStreamClass stream) {
      Set<FieldLocation> locations = new LinkedHashSet<>();
      Structure header = source.packetHeader();
      KeyLocations.collect(header, locations);
      KeyLocations.collect(stream, locations);
      Map<FieldLocation, Integer> keys = new HashMap<>();
      for (FieldLocation location : locations) {
        keys.put(location, keys.size());
      }
      return keys;
    }

    // Names in the header change where they have a role: only the id can be referred to.
    private static Map<FieldLocation, Integer> headerKeys(
        DataStreamClass stream, Map<FieldLocation, Integer> keys) {
      Map<FieldLocation, Integer> all = new HashMap<>(keys);
      Structure header = stream.eventHeader();
      if (header != null) {
        for (FieldClass.Member member : header.members()) {
          Integer key = keys.get(new FieldLocation(Scope.EVENT_HEADER, List.of(member.name())));
          if (key != null
              && member.fieldClass() instanceof FieldClass.Integral integral
              && integral.roles().contains(Role.EVENT_CLASS_ID)) {
            all.put(new FieldLocation(Scope.EVENT_HEADER, List.of("id")), key);
          }
        }
      }
      return all;
    }

    /// The same class with timestamps of 64 bits.
    private FieldClass widened(FieldClass fieldClass) {
      return switch (fieldClass) {
        case FieldClass.Int integer
            when integer.roles().contains(Role.DEFAULT_CLOCK_TIMESTAMP)
                && integer.layout().lengthBits() < 64 -> {
          notes.add("timestamps-widened", "event headers get timestamps of 64 bits");
          BitLayout layout = integer.layout();
          yield new FieldClass.Int(
              new BitLayout(64, layout.alignmentBits(), layout.byteOrder(), layout.bitOrder()),
              integer.signed(),
              integer.displayBase(),
              integer.mappings(),
              integer.roles(),
              integer.attributes());
        }
        case FieldClass.Structure structure ->
            new Structure(
                structure.members().stream()
                    .map(member ->
                        new FieldClass.Member(
                            member.name(), widened(member.fieldClass()), member.attributes()))
                    .toList(),
                structure.minimumAlignmentBits(),
                structure.attributes());
        case FieldClass.Variant variant ->
            new FieldClass.Variant(
                variant.selector(),
                variant.options().stream()
                    .map(option ->
                        new FieldClass.Option(
                            option.name(),
                            option.selectorRanges(),
                            widened(option.fieldClass()),
                            option.attributes()))
                    .toList(),
                variant.minimumAlignmentBits(),
                variant.attributes());
        case FieldClass.FixedLength _,
            FieldClass.VariableLengthInt _,
            FieldClass.Text _,
            FieldClass.StaticLengthBlob _,
            FieldClass.DynamicLengthBlob _,
            FieldClass.StaticLengthArray _,
            FieldClass.DynamicLengthArray _,
            FieldClass.Optional _ ->
            fieldClass;
      };
    }

    private static @Nullable PlannedField plan(
        FieldPlanner planner, Scope scope, @Nullable Structure structure) {
      return structure == null ? null : planner.plan(scope, structure);
    }

    private static @Nullable Structure structure(@Nullable PlannedField field) {
      return field == null ? null : (Structure) field.target();
    }

    private static @Nullable FieldEncoder encoder(@Nullable PlannedField field) {
      return field == null ? null : field.encoder();
    }

    private @Nullable String kept(@Nullable String text, String what) {
      if (toTsdl() && text != null) {
        notes.add(what.replaceAll("[^a-z]+", "-"), "CTF 1.8 cannot hold %s".formatted(what));
        return null;
      }
      return text;
    }

    private Attributes attributes(Attributes attributes) {
      if (toTsdl() && !attributes.entries().isEmpty()) {
        notes.add("attributes", "CTF 1.8 has no user attributes: they are left out");
        return Attributes.NONE;
      }
      return attributes;
    }
  }

  private static boolean isUuid(@Nullable String text) {
    return text != null
        && text.length() == 36
        && text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  }

  /// The UUID as packets hold it.
  public byte[] uuidBytes() {
    return ByteBuffer.allocate(16)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits())
        .array();
  }
}
