package dev.rideau.ctf.internal.metadata.tsdl;

import dev.rideau.ctf.internal.metadata.tsdl.BlockReader.TraceAttributes;
import dev.rideau.ctf.internal.metadata.tsdl.Draft.StructDraft;
import dev.rideau.trace.Attributes;
import dev.rideau.trace.ClockClass;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.Environment;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass.Structure;
import dev.rideau.trace.Scope;
import dev.rideau.trace.TraceClass;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Puts streams and events together, gives fields their roles and checks what concerns more than
/// one block.
final class TraceAssembler {
  /// How many types all scopes may hold together, shared ones counted as often as they are used.
  private static final long MAXIMUM_NODES = 1L << 22;

  private final Reporter reporter;
  private final Clocks clocks;
  private @Nullable StructDraft packetHeader;
  private final Map<Long, StreamDraft> streams = new LinkedHashMap<>();
  private final List<EventDraft> events = new ArrayList<>();
  private long nodes;

  TraceAssembler(Reporter reporter, Clocks clocks) {
    this.reporter = reporter;
    this.clocks = clocks;
  }

  void packetHeader(@Nullable StructDraft header) {
    packetHeader = header;
  }

  void add(StreamDraft stream) {
    if (streams.putIfAbsent(stream.id(), stream) != null) {
      throw reporter.fault(
          stream.place(),
          Rule.CLASS_ID,
          "there are two `stream` blocks with id " + Long.toUnsignedString(stream.id()),
          "Give each stream an `id` of its own");
    }
  }

  void add(EventDraft event) {
    events.add(event);
  }

  TraceClass assemble(TraceAttributes trace, Environment environment) {
    if (streams.isEmpty() && !events.isEmpty()) {
      add(StreamDraft.implicit(events.getFirst().place()));
    }
    Map<Long, List<EventDraft>> eventsOfStreams = eventsOfStreams();
    EnumMap<Scope, StructDraft> scopes = new EnumMap<>(Scope.class);
    mark(Scope.PACKET_HEADER, packetHeader, scopes);
    StructDraft header = scopes.get(Scope.PACKET_HEADER);
    new WellKnownFields(reporter).checkPacketHeader(header, List.copyOf(streams.values()));
    List<DataStreamClass> classes = new ArrayList<>();
    // Streams first: their timestamps may bring the implied clock into being.
    List<EnumMap<Scope, StructDraft>> scopesOfStreams = new ArrayList<>();
    for (StreamDraft stream : streams.values()) {
      EnumMap<Scope, StructDraft> own = new EnumMap<>(scopes);
      mark(Scope.PACKET_CONTEXT, stream.packetContext(), own);
      mark(Scope.EVENT_HEADER, stream.eventHeader(), own);
      mark(Scope.COMMON_CONTEXT, stream.eventContext(), own);
      scopesOfStreams.add(own);
    }
    int ordinal = 0;
    for (StreamDraft stream : streams.values()) {
      classes.add(
          stream(
              ordinal,
              stream,
              scopesOfStreams.get(ordinal),
              eventsOfStreams.getOrDefault(stream.id(), List.of())));
      ordinal++;
    }
    return new TraceClass(
        1,
        8,
        null,
        null,
        trace.uuid(),
        trace.byteOrder(),
        environment,
        clocks.all(),
        compile(Scope.PACKET_HEADER, scopes),
        classes,
        Attributes.NONE);
  }

  private Map<Long, List<EventDraft>> eventsOfStreams() {
    Map<Long, List<EventDraft>> byStream = new LinkedHashMap<>();
    Map<Long, Set<Long>> ids = new LinkedHashMap<>();
    for (EventDraft event : events) {
      long streamId = streamId(event);
      if (!ids.computeIfAbsent(streamId, key -> new HashSet<>()).add(event.id())) {
        throw reporter.fault(
            event.place(),
            Rule.CLASS_ID,
            "there are two `event` blocks with id "
                + Long.toUnsignedString(event.id())
                + " in stream "
                + Long.toUnsignedString(streamId),
            "Give each event of a stream an `id` of its own");
      }
      byStream.computeIfAbsent(streamId, key -> new ArrayList<>()).add(event);
    }
    return byStream;
  }

  private long streamId(EventDraft event) {
    Long given = event.streamId();
    if (given == null && !reporter.isStrict() && streams.size() == 1) {
      return streams.keySet().iterator().next();
    }
    long id = given == null ? 0 : given;
    if (!streams.containsKey(id)) {
      throw reporter.fault(
          event.place(),
          Rule.CLASS_ID,
          given == null
              ? "event names no stream, and there is no stream with id 0"
              : "event belongs to stream " + Long.toUnsignedString(id) + ", which does not exist",
          "Set `stream_id` to the `id` of a `stream` block");
    }
    return id;
  }

  private void mark(Scope scope, @Nullable StructDraft root, Map<Scope, StructDraft> scopes) {
    if (root == null) {
      return;
    }
    nodes += root.extent().nodes();
    if (nodes > MAXIMUM_NODES) {
      throw reporter.fault(
          root.place(),
          Rule.LIMIT,
          "metadata describes more than " + MAXIMUM_NODES + " fields",
          "Metadata of real tracers stays far below; the file may be damaged");
    }
    scopes.put(scope, new ScopeMarker(scope, clocks).mark(root));
  }

  private DataStreamClass stream(
      int ordinal, StreamDraft stream, Map<Scope, StructDraft> scopes, List<EventDraft> members) {
    WellKnownFields wellKnown = new WellKnownFields(reporter);
    wellKnown.checkEventHeader(scopes.get(Scope.EVENT_HEADER), members);
    StreamClock clock = new StreamClock(reporter, clocks, stream.id());
    clock.visit(Scope.PACKET_CONTEXT, scopes);
    clock.visit(Scope.EVENT_HEADER, scopes);
    clock.visit(Scope.COMMON_CONTEXT, scopes);
    List<EventClass> classes = new ArrayList<>(members.size());
    for (EventDraft event : members) {
      EnumMap<Scope, StructDraft> own = new EnumMap<>(scopes);
      mark(Scope.SPECIFIC_CONTEXT, event.context(), own);
      mark(Scope.PAYLOAD, event.fields(), own);
      wellKnown.checkNotEmpty(event, own);
      clock.visit(Scope.SPECIFIC_CONTEXT, own);
      clock.visit(Scope.PAYLOAD, own);
      classes.add(
          new EventClass(
              classes.size(),
              event.id(),
              null,
              event.name(),
              null,
              event.logLevel(),
              event.emfUri(),
              compile(Scope.SPECIFIC_CONTEXT, own),
              compile(Scope.PAYLOAD, own),
              Attributes.NONE));
    }
    String clockName = clock.name();
    ClockClass defaultClock = clockName == null ? null : clocks.get(clockName);
    return new DataStreamClass(
        ordinal,
        stream.id(),
        null,
        null,
        null,
        defaultClock,
        compile(Scope.PACKET_CONTEXT, scopes),
        compile(Scope.EVENT_HEADER, scopes),
        compile(Scope.COMMON_CONTEXT, scopes),
        classes,
        Attributes.NONE);
  }

  private @Nullable Structure compile(Scope scope, Map<Scope, StructDraft> scopes) {
    StructDraft root = scopes.get(scope);
    return root == null ? null : new ScopeCompiler(reporter, scope, scopes).compile(root);
  }
}
