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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Gives the fields of a scope their roles. CTF 1.8 has no roles: names such as `timestamp_begin`
/// mean something in the scopes where the specification says so, at any depth, and so does a
/// mapping to a clock.
final class ScopeMarker {
  private final Scope scope;
  private final Clocks clocks;

  ScopeMarker(Scope scope, Clocks clocks) {
    this.scope = scope;
    this.clocks = clocks;
  }

  StructDraft mark(StructDraft root) {
    return root.withMembers(markAll(root.members(), true));
  }

  private List<MemberDraft> markAll(List<MemberDraft> members, boolean named) {
    List<MemberDraft> marked = new ArrayList<>(members.size());
    for (MemberDraft member : members) {
      String name = named ? Names.stripped(member.name()) : null;
      marked.add(member.withType(mark(member.type(), name)));
    }
    return marked;
  }

  /// @param name of the field in its structure; null for array elements and variant options
  private Draft mark(Draft type, @Nullable String name) {
    return switch (type) {
      case IntDraft integer -> markInt(integer, name);
      case FloatDraft floating -> floating;
      case StringDraft string -> string;
      case ArrayDraft array -> {
        ArrayDraft marked = array.withElement(mark(array.element(), null));
        yield scope == Scope.PACKET_HEADER && "uuid".equals(name) && isUuid(array)
            ? marked.asUuid()
            : marked;
      }
      case StructDraft struct -> struct.withMembers(markAll(struct.members(), true));
      case VariantDraft variant -> variant.withOptions(markAll(variant.options(), false));
    };
  }

  private IntDraft markInt(IntDraft type, @Nullable String name) {
    if (type.signed()) {
      return type;
    }
    IntDraft integer = type;
    if (integer.clock() == null && isTimestamp(name)) {
      integer = integer.withClock(clocks.implied());
    }
    boolean mapped = integer.clock() != null;
    Role byName = role(name);
    if (byName == Role.PACKET_END_DEFAULT_CLOCK_TIMESTAMP) {
      return mapped ? integer.withRoles(Set.of(byName)) : integer;
    }
    if (mapped) {
      return integer.withRoles(
          byName == null
              ? Set.of(Role.DEFAULT_CLOCK_TIMESTAMP)
              : Set.of(byName, Role.DEFAULT_CLOCK_TIMESTAMP));
    }
    return byName == null ? integer : integer.withRoles(Set.of(byName));
  }

  /// Whether a field of that name is a timestamp even when it names no clock.
  private boolean isTimestamp(@Nullable String name) {
    if (name == null) {
      return false;
    }
    return switch (scope) {
      case PACKET_CONTEXT -> name.equals("timestamp_begin") || name.equals("timestamp_end");
      case EVENT_HEADER -> name.equals("timestamp");
      case PACKET_HEADER, COMMON_CONTEXT, SPECIFIC_CONTEXT, PAYLOAD -> false;
    };
  }

  private @Nullable Role role(@Nullable String name) {
    if (name == null) {
      return null;
    }
    return switch (scope) {
      case PACKET_HEADER ->
          switch (name) {
            case "magic" -> Role.PACKET_MAGIC_NUMBER;
            case "stream_id" -> Role.DATA_STREAM_CLASS_ID;
            case "stream_instance_id" -> Role.DATA_STREAM_ID;
            default -> null;
          };
      case PACKET_CONTEXT ->
          switch (name) {
            case "packet_size" -> Role.PACKET_TOTAL_LENGTH;
            case "content_size" -> Role.PACKET_CONTENT_LENGTH;
            case "timestamp_end" -> Role.PACKET_END_DEFAULT_CLOCK_TIMESTAMP;
            case "events_discarded" -> Role.DISCARDED_EVENT_COUNTER_SNAPSHOT;
            case "packet_seq_num" -> Role.PACKET_SEQUENCE_NUMBER;
            default -> null;
          };
      case EVENT_HEADER -> name.equals("id") ? Role.EVENT_CLASS_ID : null;
      case COMMON_CONTEXT, SPECIFIC_CONTEXT, PAYLOAD -> null;
    };
  }

  /// Sixteen bytes that are not text.
  private static boolean isUuid(ArrayDraft array) {
    return array.location() == null
        && array.length() == 16
        && array.element() instanceof IntDraft element
        && !element.signed()
        && !element.text()
        && element.layout().lengthBits() == 8
        && element.layout().alignmentBits() == 8;
  }
}
