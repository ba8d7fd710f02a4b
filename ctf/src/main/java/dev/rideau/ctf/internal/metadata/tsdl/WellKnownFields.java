package dev.rideau.ctf.internal.metadata.tsdl;

import dev.rideau.ctf.internal.metadata.tsdl.Draft.ArrayDraft;
import dev.rideau.ctf.internal.metadata.tsdl.Draft.FloatDraft;
import dev.rideau.ctf.internal.metadata.tsdl.Draft.IntDraft;
import dev.rideau.ctf.internal.metadata.tsdl.Draft.MemberDraft;
import dev.rideau.ctf.internal.metadata.tsdl.Draft.StringDraft;
import dev.rideau.ctf.internal.metadata.tsdl.Draft.StructDraft;
import dev.rideau.ctf.internal.metadata.tsdl.Draft.VariantDraft;
import dev.rideau.trace.Role;
import dev.rideau.trace.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Checks the fields on which decoding rests: magic number, class ids, and that records have any
/// field at all.
final class WellKnownFields {
  private static final int MAGIC_LENGTH_BITS = 32;

  private final Reporter reporter;

  WellKnownFields(Reporter reporter) {
    this.reporter = reporter;
  }

  void checkPacketHeader(@Nullable StructDraft header, List<StreamDraft> streams) {
    boolean hasStreamId = header != null && !withRole(header, Role.DATA_STREAM_CLASS_ID).isEmpty();
    if (streams.size() > 1 && !hasStreamId) {
      throw reporter.fault(
          header == null ? streams.get(1).place() : header.place(),
          Rule.WELL_KNOWN_FIELD,
          "there are " + streams.size() + " streams, but the packet header has no `stream_id`",
          "Add an unsigned integer `stream_id` to `packet.header` of the `trace` block");
    }
    if (header == null) {
      return;
    }
    List<IntDraft> magics = withRole(header, Role.PACKET_MAGIC_NUMBER);
    if (magics.size() > 1) {
      throw reporter.fault(
          magics.get(1).place(),
          Rule.WELL_KNOWN_FIELD,
          "the packet header has two fields `magic`",
          "Keep the first one");
    }
    for (IntDraft magic : magics) {
      if (!isMagic(header.members().getFirst())) {
        throw reporter.fault(
            magic.place(),
            Rule.WELL_KNOWN_FIELD,
            "`magic` is not the first field of the packet header",
            "Move it to the front");
      }
      if (magic.layout().lengthBits() != MAGIC_LENGTH_BITS) {
        throw reporter.fault(
            magic.place(),
            Rule.WELL_KNOWN_FIELD,
            "`magic` has " + magic.layout().lengthBits() + " bits",
            "It must be an unsigned integer of 32 bits");
      }
    }
    for (IntDraft mapped : mapped(header)) {
      throw reporter.fault(
          mapped.place(),
          Rule.CLOCK,
          "a field of the packet header is mapped to clock `" + mapped.clock() + "`",
          "Only fields of packet contexts and event headers may be timestamps");
    }
  }

  private static boolean isMagic(MemberDraft member) {
    return member.type() instanceof IntDraft integer
        && integer.roles().contains(Role.PACKET_MAGIC_NUMBER);
  }

  void checkEventHeader(@Nullable StructDraft header, List<EventDraft> events) {
    boolean hasId = header != null && !withRole(header, Role.EVENT_CLASS_ID).isEmpty();
    if (events.size() > 1 && !hasId) {
      throw reporter.fault(
          header == null ? events.get(1).place() : header.place(),
          Rule.WELL_KNOWN_FIELD,
          "there are "
              + events.size()
              + " events in a stream of which the event header has no `id`",
          "Add an unsigned integer `id` to `event.header` of the `stream` block");
    }
  }

  /// A record that takes no bit could be there any number of times.
  void checkNotEmpty(EventDraft event, Map<Scope, StructDraft> scopes) {
    for (Map.Entry<Scope, StructDraft> entry : scopes.entrySet()) {
      if (!entry.getKey().isOfPacket() && !Emptiness.isEmpty(entry.getValue())) {
        return;
      }
    }
    throw reporter.fault(
        event.place(),
        Rule.EMPTY_EVENT,
        "records of this event would have no content at all",
        "Give the event a field, or its stream an event header");
  }

  private static List<IntDraft> withRole(StructDraft root, Role role) {
    List<IntDraft> all = integers(root);
    all.removeIf(integer -> !integer.roles().contains(role));
    return all;
  }

  private static List<IntDraft> mapped(StructDraft root) {
    List<IntDraft> all = integers(root);
    all.removeIf(integer -> integer.clock() == null);
    return all;
  }

  private static List<IntDraft> integers(StructDraft root) {
    List<IntDraft> integers = new ArrayList<>();
    collect(root, integers);
    return integers;
  }

  private static void collect(Draft type, List<IntDraft> integers) {
    switch (type) {
      case IntDraft integer -> integers.add(integer);
      case FloatDraft floating -> {}
      case StringDraft string -> {}
      case ArrayDraft array -> collect(array.element(), integers);
      case StructDraft struct ->
          struct.members().forEach(member -> collect(member.type(), integers));
      case VariantDraft variant ->
          variant.options().forEach(option -> collect(option.type(), integers));
    }
  }
}
