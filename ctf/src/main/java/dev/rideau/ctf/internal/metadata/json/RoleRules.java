package dev.rideau.ctf.internal.metadata.json;

import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.FieldClass.Int;
import dev.rideau.trace.FieldClass.Integral;
import dev.rideau.trace.FieldClass.Structure;
import dev.rideau.trace.Role;
import dev.rideau.trace.Scope;
import dev.rideau.trace.TraceClass;
import dev.rideau.trace.TraceException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Holds the roles of a trace class to their rules: each stands in a scope where it means
/// something, on a class that can hold it, with what it depends on.
final class RoleRules {

  /// Roles that unsigned integers may have; BLOBs have the remaining one.
  static final Set<Role> OF_INTEGERS = EnumSet.complementOf(EnumSet.of(Role.METADATA_STREAM_UUID));

  private static final Map<Scope, Set<Role>> OF_SCOPES =
      new EnumMap<>(
          Map.of(
              Scope.PACKET_HEADER,
              EnumSet.of(
                  Role.PACKET_MAGIC_NUMBER,
                  Role.METADATA_STREAM_UUID,
                  Role.DATA_STREAM_CLASS_ID,
                  Role.DATA_STREAM_ID),
              Scope.PACKET_CONTEXT,
              EnumSet.of(
                  Role.PACKET_TOTAL_LENGTH,
                  Role.PACKET_CONTENT_LENGTH,
                  Role.DEFAULT_CLOCK_TIMESTAMP,
                  Role.PACKET_END_DEFAULT_CLOCK_TIMESTAMP,
                  Role.DISCARDED_EVENT_COUNTER_SNAPSHOT,
                  Role.PACKET_SEQUENCE_NUMBER),
              Scope.EVENT_HEADER,
              EnumSet.of(Role.DEFAULT_CLOCK_TIMESTAMP, Role.EVENT_CLASS_ID),
              Scope.COMMON_CONTEXT,
              EnumSet.noneOf(Role.class),
              Scope.SPECIFIC_CONTEXT,
              EnumSet.noneOf(Role.class),
              Scope.PAYLOAD,
              EnumSet.noneOf(Role.class)));

  private final MetadataText text;
  private final FieldClassReader fieldClasses;

  private Scope scope = Scope.PACKET_HEADER;
  private boolean hasClock;
  private @Nullable FieldClass first;
  private final Set<Role> found = EnumSet.noneOf(Role.class);

  private RoleRules(MetadataText text, FieldClassReader fieldClasses) {
    this.text = text;
    this.fieldClasses = fieldClasses;
  }

  static @Nullable Role withLabel(String label) {
    for (Role role : Role.values()) {
      if (role.label().equals(label)) {
        return role;
      }
    }
    return null;
  }

  static void check(TraceClass traceClass, MetadataText text, FieldClassReader fieldClasses) {
    RoleRules rules = new RoleRules(text, fieldClasses);
    Structure packetHeader = traceClass.packetHeader();
    rules.checkScope(Scope.PACKET_HEADER, packetHeader);
    if (packetHeader != null
        && traceClass.dataStreamClasses().size() > 1
        && !rules.found.contains(Role.DATA_STREAM_CLASS_ID)) {
      throw text.fault(
          fieldClasses.place(packetHeader),
          "data-stream-class-id-missing",
          "there are several data stream classes but no packet header member has the role '"
              + Role.DATA_STREAM_CLASS_ID.label()
              + "'");
    }
    for (DataStreamClass dataStreamClass : traceClass.dataStreamClasses()) {
      rules.checkDataStreamClass(dataStreamClass);
    }
  }

  private void checkDataStreamClass(DataStreamClass dataStreamClass) {
    hasClock = dataStreamClass.defaultClock() != null;
    checkScope(Scope.PACKET_CONTEXT, dataStreamClass.packetContext());
    Structure eventHeader = dataStreamClass.eventHeader();
    checkScope(Scope.EVENT_HEADER, eventHeader);
    if (eventHeader != null
        && dataStreamClass.eventClasses().size() > 1
        && !found.contains(Role.EVENT_CLASS_ID)) {
      throw text.fault(
          fieldClasses.place(eventHeader),
          "event-class-id-missing",
          "the data stream class has several event record classes but no event record header member"
              + " has the role '"
              + Role.EVENT_CLASS_ID.label()
              + "'");
    }
    checkScope(Scope.COMMON_CONTEXT, dataStreamClass.commonContext());
    for (EventClass eventClass : dataStreamClass.eventClasses()) {
      checkScope(Scope.SPECIFIC_CONTEXT, eventClass.specificContext());
      checkScope(Scope.PAYLOAD, eventClass.payload());
    }
  }

  private void checkScope(Scope checked, @Nullable Structure root) {
    scope = checked;
    found.clear();
    if (root != null) {
      first = root.members().isEmpty() ? null : root.members().getFirst().fieldClass();
      visit(root);
    }
  }

  private void visit(FieldClass fieldClass) {
    switch (fieldClass) {
      case Integral integer -> {
        for (Role role : integer.roles()) {
          checkRole(integer, role);
        }
      }
      case FieldClass.StaticLengthBlob blob -> {
        for (Role role : blob.roles()) {
          checkRole(blob, role);
          if (blob.lengthBytes() != 16) {
            throw fault(
                blob,
                "metadata-stream-uuid-length",
                "a BLOB with the role '%s' has 16 bytes, not %d"
                    .formatted(role.label(), blob.lengthBytes()));
          }
        }
      }
      case Structure structure -> {
        for (FieldClass.Member member : structure.members()) {
          visit(member.fieldClass());
        }
      }
      case FieldClass.StaticLengthArray array -> visit(array.element());
      case FieldClass.DynamicLengthArray array -> visit(array.element());
      case FieldClass.Optional optional -> visit(optional.content());
      case FieldClass.Variant variant -> {
        for (FieldClass.Option option : variant.options()) {
          visit(option.fieldClass());
        }
      }
      case FieldClass.BitArray _,
          FieldClass.BitMap _,
          FieldClass.Bool _,
          FieldClass.Floating _,
          FieldClass.Text _,
          FieldClass.DynamicLengthBlob _ -> {}
    }
  }

  private void checkRole(FieldClass fieldClass, Role role) {
    if (!OF_SCOPES.getOrDefault(scope, Set.of()).contains(role)) {
      throw fault(
          fieldClass,
          "role-outside-scope",
          "the role '%s' means nothing in the %s".formatted(role.label(), scope.label()));
    }
    boolean isNew = found.add(role);
    switch (role) {
      case DEFAULT_CLOCK_TIMESTAMP, PACKET_END_DEFAULT_CLOCK_TIMESTAMP -> {
        if (!hasClock) {
          throw fault(
              fieldClass,
              "role-without-clock",
              "the role '%s' needs a default clock, but the data stream class has none"
                  .formatted(role.label()));
        }
      }
      case PACKET_MAGIC_NUMBER -> checkMagicNumber(fieldClass, isNew);
      case METADATA_STREAM_UUID,
          DATA_STREAM_CLASS_ID,
          DATA_STREAM_ID,
          PACKET_TOTAL_LENGTH,
          PACKET_CONTENT_LENGTH,
          DISCARDED_EVENT_COUNTER_SNAPSHOT,
          PACKET_SEQUENCE_NUMBER,
          EVENT_CLASS_ID -> {}
    }
  }

  private void checkMagicNumber(FieldClass fieldClass, boolean isNew) {
    if (!isNew) {
      throw fault(
          fieldClass, "packet-magic-number-twice", "the packet header has two magic numbers");
    }
    if (!(fieldClass instanceof Int integer) || integer.layout().lengthBits() != 32) {
      throw fault(
          fieldClass,
          "packet-magic-number-length",
          "the packet magic number is a fixed-length integer of 32 bits");
    }
    if (!isFirst(integer)) {
      throw fault(
          fieldClass,
          "packet-magic-number-not-first",
          "the packet magic number is the first member of the packet header");
    }
  }

  @SuppressWarnings("ReferenceEquality") // an equal class in another place does not count
  private boolean isFirst(Int integer) {
    return first == integer;
  }

  private TraceException fault(FieldClass fieldClass, String rule, String message) {
    return text.fault(fieldClasses.place(fieldClass), rule, message);
  }
}
