package dev.rideau.ctf.internal.write;

import dev.rideau.ctf.CtfFormat;
import dev.rideau.trace.Attributes;
import dev.rideau.trace.BitLayout;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.FieldClass.Member;
import dev.rideau.trace.FieldClass.Structure;
import dev.rideau.trace.FieldLocation;
import dev.rideau.trace.IntegerRange;
import dev.rideau.trace.Mapping;
import dev.rideau.trace.Role;
import dev.rideau.trace.Scope;
import dev.rideau.trace.TextEncoding;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Plans fields: turns each class into one that the target format has, with an encoder for it.
///
/// What CTF 1.8 lacks is written as what comes nearest. Where a length or a selector cannot be
/// referred to in the target, one is made up and stands before the field it serves; where that
/// field is no structure member, a structure is made up around both:
///
/// ```
/// optional a;         ->  enum { none = 0, content = 1 } a_tag; variant <a_tag> {...} a;
/// array of optional   ->  array of struct { enum {...} value_tag; variant <value_tag> {...} value; }
/// ```
///
/// One planner serves the scopes of one data stream class in the order in which they are decoded.
final class FieldPlanner {
  private static final String WRAPPED_NAME = "value";

  private final CtfFormat format;
  private final ByteOrder byteOrder;
  private final PlanNotes notes;

  /// Index in [RecordOutput#keys] of each location that something refers to.
  private final Map<FieldLocation, Integer> keys;

  private final TargetNames names;
  private final SourceReferences references;

  private Scope scope = Scope.PACKET_HEADER;
  private final List<String> sourcePath = new ArrayList<>();
  private final List<String> targetPath = new ArrayList<>();
  private final Deque<TargetFrame> frames = new ArrayDeque<>();

  FieldPlanner(
      CtfFormat format, ByteOrder byteOrder, Map<FieldLocation, Integer> keys, PlanNotes notes) {
    this.format = format;
    this.byteOrder = byteOrder;
    this.keys = keys;
    this.notes = notes;
    names = new TargetNames(format, notes);
    references = new SourceReferences(format, frames, sourcePath, targetPath);
  }

  private boolean toTsdl() {
    return format == CtfFormat.CTF_1_8;
  }

  /// Plans a root structure.
  PlannedField plan(Scope scope, Structure structure) {
    this.scope = scope;
    sourcePath.clear();
    targetPath.clear();
    frames.clear();
    references.enter(scope, structure);
    return structure(structure);
  }

  private PlannedField structure(Structure source) {
    TargetFrame frame = new TargetFrame(source, sourcePath.size());
    frames.push(frame);
    List<String> memberNames = new ArrayList<>();
    for (Member member : source.members()) {
      memberNames.add(frame.unused(names.of(member, scope, sourcePath.isEmpty())));
    }
    for (int i = 0; i < memberNames.size(); i++) {
      Member member = source.members().get(i);
      sourcePath.add(member.name());
      targetPath.add(memberNames.get(i));
      frame.column = i;
      PlannedField field = field(member.fieldClass());
      frame.add(
          new Member(memberNames.get(i), field.target(), attributes(member.attributes())),
          field.encoder());
      sourcePath.removeLast();
      targetPath.removeLast();
    }
    frames.pop();
    Structure target =
        new Structure(
            frame.members, source.minimumAlignmentBits(), attributes(source.attributes()));
    return new PlannedField(
        target,
        new CompoundEncoders.Struct(
            target.alignmentBits(),
            frame.encoders.toArray(FieldEncoder[]::new),
            frame.columns.stream().mapToInt(Integer::intValue).toArray()));
  }

  /// A field that is a structure member, or that depends on nothing made up.
  private PlannedField field(FieldClass source) {
    references.remember(source);
    return switch (source) {
      case FieldClass.BitArray bits ->
          toTsdl()
              ? plainBits(bits.layout(), 16, "bit array")
              : new PlannedField(bits, fixed(bits.layout(), Set.of()));
      case FieldClass.BitMap bits ->
          toTsdl()
              ? plainBits(bits.layout(), 16, "bit map")
              : new PlannedField(bits, fixed(bits.layout(), Set.of()));
      case FieldClass.Bool bool ->
          toTsdl()
              ? plainBits(bool.layout(), 10, "boolean")
              : new PlannedField(bool, fixed(bool.layout(), Set.of()));
      case FieldClass.Int integer -> integer(integer);
      case FieldClass.Floating floating -> floating(floating);
      case FieldClass.VariableLengthInt integer -> variableLength(integer);
      case FieldClass.Text text -> text(text);
      case FieldClass.StaticLengthBlob blob -> blob(blob);
      case FieldClass.DynamicLengthBlob blob -> blob(blob);
      case FieldClass.StaticLengthArray array -> array(array);
      case FieldClass.DynamicLengthArray array -> array(array);
      case FieldClass.Structure structure -> structure(structure);
      case FieldClass.Optional optional -> optional(optional);
      case FieldClass.Variant variant -> variant(variant);
    };
  }

  /// An element, content or option: in a structure that is made up, if it needs company.
  private PlannedField inner(FieldClass source) {
    if (!references.needsKey(source)) {
      return field(source);
    }
    TargetFrame frame = new TargetFrame(null, sourcePath.size());
    frames.push(frame);
    frame.names.add(WRAPPED_NAME);
    targetPath.add(WRAPPED_NAME);
    PlannedField field = field(source);
    frame.add(new Member(WRAPPED_NAME, field.target()), field.encoder());
    targetPath.removeLast();
    frames.pop();
    Structure target = new Structure(frame.members, 1, Attributes.NONE);
    return new PlannedField(
        target,
        new CompoundEncoders.Wrapped(
            target.alignmentBits(), frame.encoders.toArray(FieldEncoder[]::new)));
  }

  private int keyHere() {
    return sourcePath.isEmpty()
        ? ScalarEncoders.NO_KEY
        : keys.getOrDefault(new FieldLocation(scope, sourcePath), ScalarEncoders.NO_KEY);
  }

  private int key(FieldLocation location) {
    return Objects.requireNonNull(keys.get(location), () -> "no key for " + location);
  }

  private FieldEncoder fixed(BitLayout layout, Set<Role> roles) {
    if (scope.isOfPacket() && !roles.isEmpty()) {
      return new PacketEncoders.RoleInteger(
          layout, false, PacketEncoders.decisive(roles), keyHere());
    }
    return ScalarEncoders.fixedInteger(
        layout, keyHere(), roles.contains(Role.DEFAULT_CLOCK_TIMESTAMP));
  }

  private BitLayout natural(BitLayout layout) {
    if (!toTsdl() || !layout.isReversed()) {
      return layout;
    }
    notes.add("bit-order", "fields with a reversed bit order are written in the natural one");
    return BitLayout.of(layout.lengthBits(), layout.alignmentBits(), layout.byteOrder());
  }

  private PlannedField plainBits(BitLayout source, int displayBase, String what) {
    notes.add(
        "class-" + what.replace(' ', '-'), "%s fields become unsigned integers".formatted(what));
    BitLayout layout = natural(source);
    FieldClass.Int target =
        new FieldClass.Int(layout, false, displayBase, List.of(), Set.of(), Attributes.NONE);
    return new PlannedField(target, fixed(layout, Set.of()));
  }

  private PlannedField integer(FieldClass.Int source) {
    BitLayout layout = natural(source.layout());
    Set<Role> roles = targetRoles(source.roles());
    FieldClass.Int target =
        new FieldClass.Int(
            layout,
            source.signed(),
            source.displayBase(),
            source.mappings(),
            roles,
            attributes(source.attributes()));
    return new PlannedField(target, fixed(layout, roles));
  }

  private PlannedField variableLength(FieldClass.VariableLengthInt source) {
    Set<Role> roles = targetRoles(source.roles());
    if (toTsdl()) {
      notes.add("class-variable-length", "variable-length integers become integers of 64 bits");
      BitLayout layout = BitLayout.of(64, 8, byteOrder);
      FieldClass.Int target =
          new FieldClass.Int(
              layout,
              source.signed(),
              source.displayBase(),
              source.mappings(),
              roles,
              Attributes.NONE);
      return new PlannedField(target, fixed(layout, roles));
    }
    FieldClass.VariableLengthInt target =
        new FieldClass.VariableLengthInt(
            source.signed(), source.displayBase(), source.mappings(), roles, source.attributes());
    FieldEncoder encoder =
        scope.isOfPacket() && !roles.isEmpty()
            ? new PacketEncoders.RoleInteger(
                BitLayout.of(64, 8, byteOrder), true, PacketEncoders.decisive(roles), keyHere())
            : new ScalarEncoders.VariableLength(
                source.signed(), keyHere(), roles.contains(Role.DEFAULT_CLOCK_TIMESTAMP));
    return new PlannedField(target, encoder);
  }

  // CTF 1.8 maps any field to a clock; CTF 2 knows timestamps where they count only.
  private Set<Role> targetRoles(Set<Role> source) {
    if (toTsdl() || scope == Scope.PACKET_CONTEXT || scope == Scope.EVENT_HEADER) {
      return source;
    }
    Set<Role> roles = new HashSet<>(source);
    if (roles.remove(Role.DEFAULT_CLOCK_TIMESTAMP)
        | roles.remove(Role.PACKET_END_DEFAULT_CLOCK_TIMESTAMP)) {
      notes.add("clock-mapping", "CTF 2 has no clock mapping in the %s".formatted(scope.label()));
    }
    return roles;
  }

  private PlannedField floating(FieldClass.Floating source) {
    BitLayout layout = natural(source.layout());
    int lengthBits = layout.lengthBits();
    if (toTsdl() && (lengthBits == 16 || lengthBits == 128)) {
      int target = lengthBits == 16 ? 32 : 64;
      notes.add(
          "class-float-" + lengthBits,
          "floating point numbers of %d bits are written with %d".formatted(lengthBits, target));
      layout = BitLayout.of(target, Math.min(8, layout.alignmentBits()), layout.byteOrder());
    }
    return new PlannedField(
        new FieldClass.Floating(layout, attributes(source.attributes())),
        new ScalarEncoders.Floating(layout));
  }

  private PlannedField text(FieldClass.Text source) {
    if (toTsdl() && source.encoding() != TextEncoding.UTF_8) {
      notes.add("text-encoding", "strings in UTF-16 and UTF-32 are written in UTF-8");
      return new PlannedField(
          new FieldClass.NullTerminatedString(TextEncoding.UTF_8, 8, Attributes.NONE),
          new BytesEncoders.Transcoded(source.encoding()));
    }
    int alignment = 8;
    Attributes attributes = attributes(source.attributes());
    return switch (source) {
      case FieldClass.NullTerminatedString string ->
          new PlannedField(
              new FieldClass.NullTerminatedString(string.encoding(), alignment, attributes),
              new BytesEncoders.NullTerminated(alignment, string.encoding().unitBytes()));
      case FieldClass.StaticLengthString string ->
          new PlannedField(
              new FieldClass.StaticLengthString(
                  string.lengthBytes(), string.encoding(), alignment, attributes),
              new BytesEncoders.StaticLength(alignment, string.lengthBytes()));
      case FieldClass.DynamicLengthString string ->
          new PlannedField(
              new FieldClass.DynamicLengthString(
                  length(string, string.length()), string.encoding(), alignment, attributes),
              dynamicBytes(string, string.length(), alignment));
    };
  }

  private FieldEncoder dynamicBytes(FieldClass source, FieldLocation length, int alignmentBits) {
    return references.needsKey(source)
        ? new BytesEncoders.OwnLength(alignmentBits)
        : new BytesEncoders.DynamicLength(alignmentBits, key(length));
  }

  private PlannedField blob(FieldClass.StaticLengthBlob source) {
    boolean uuid = scope.isOfPacket() && source.roles().contains(Role.METADATA_STREAM_UUID);
    FieldEncoder encoder =
        uuid ? new PacketEncoders.Uuid(8) : new BytesEncoders.StaticLength(8, source.lengthBytes());
    if (!toTsdl()) {
      return new PlannedField(source, encoder);
    }
    noteBlob();
    return new PlannedField(
        new FieldClass.StaticLengthArray(
            source.lengthBytes(), octet(), 1, source.roles(), Attributes.NONE),
        encoder);
  }

  private PlannedField blob(FieldClass.DynamicLengthBlob source) {
    FieldLocation length = length(source, source.length());
    FieldEncoder encoder = dynamicBytes(source, source.length(), 8);
    if (!toTsdl()) {
      return new PlannedField(
          new FieldClass.DynamicLengthBlob(length, source.mediaType(), source.attributes()),
          encoder);
    }
    noteBlob();
    return new PlannedField(
        new FieldClass.DynamicLengthArray(length, octet(), 1, Attributes.NONE), encoder);
  }

  private void noteBlob() {
    notes.add("class-blob", "BLOBs become arrays of 8-bit integers");
  }

  private FieldClass.Int octet() {
    return new FieldClass.Int(
        BitLayout.of(8, 8, byteOrder), false, 16, List.of(), Set.of(), Attributes.NONE);
  }

  private PlannedField array(FieldClass.StaticLengthArray source) {
    if (source.roles().contains(Role.METADATA_STREAM_UUID) && scope.isOfPacket()) {
      FieldEncoder encoder = new PacketEncoders.Uuid(source.alignmentBits());
      if (toTsdl()) {
        return new PlannedField(source, encoder);
      }
      return new PlannedField(
          new FieldClass.StaticLengthBlob(
              16, "application/octet-stream", source.roles(), Attributes.NONE),
          encoder);
    }
    PlannedField element = inner(source.element());
    FieldClass.StaticLengthArray target =
        new FieldClass.StaticLengthArray(
            source.length(),
            element.target(),
            toTsdl() ? 1 : source.minimumAlignmentBits(),
            source.roles(),
            attributes(source.attributes()));
    return new PlannedField(
        target,
        new CompoundEncoders.Array(
            target.alignmentBits(), element.encoder(), ScalarEncoders.NO_KEY, source.length()));
  }

  private PlannedField array(FieldClass.DynamicLengthArray source) {
    FieldLocation length = length(source, source.length());
    int key = references.needsKey(source) ? ScalarEncoders.NO_KEY : key(source.length());
    PlannedField element = inner(source.element());
    FieldClass.DynamicLengthArray target =
        new FieldClass.DynamicLengthArray(
            length,
            element.target(),
            toTsdl() ? 1 : source.minimumAlignmentBits(),
            attributes(source.attributes()));
    return new PlannedField(
        target, new CompoundEncoders.Array(target.alignmentBits(), element.encoder(), key, -1));
  }

  /// Where the target finds the length: where the source does, or in a field made up for it.
  private FieldLocation length(FieldClass source, FieldLocation length) {
    if (!references.needsKey(source)) {
      return references.target(length);
    }
    notes.add(
        "length-made-up", "the length at %s is written again where it is used".formatted(length));
    BitLayout layout = BitLayout.of(32, 8, byteOrder);
    return makeUp("_length", FieldClass.Int.of(layout, false), new ScalarEncoders.Length(layout));
  }

  private FieldLocation makeUp(String suffix, FieldClass.Int target, FieldEncoder encoder) {
    TargetFrame frame = Objects.requireNonNull(frames.peek());
    String name = frame.unused(targetPath.getLast() + suffix);
    frame.add(new Member(name, target), encoder);
    List<String> path = new ArrayList<>(targetPath);
    path.set(path.size() - 1, name);
    return new FieldLocation(scope, path);
  }

  private PlannedField optional(FieldClass.Optional source) {
    if (toTsdl()) {
      notes.add("class-optional", "optional fields become variants with a tag");
      FieldLocation tag = makeUpTag(List.of("none", "content"), true);
      PlannedField content = inner(source.content());
      FieldClass.Variant target =
          new FieldClass.Variant(
              tag,
              List.of(option("none", 0, Structure.EMPTY), option("content", 1, content.target())),
              1,
              Attributes.NONE);
      return new PlannedField(target, new CompoundEncoders.Optional(1, content.encoder()));
    }
    boolean madeUp = references.needsKey(source);
    FieldLocation selector =
        madeUp ? makeUpTag(List.of("none", "content"), true) : references.target(source.selector());
    List<IntegerRange> ranges = madeUp ? List.of(new IntegerRange(1, 1)) : source.selectorRanges();
    PlannedField content = inner(source.content());
    FieldClass.Optional target =
        new FieldClass.Optional(
            selector, ranges, content.target(), source.minimumAlignmentBits(), source.attributes());
    return new PlannedField(
        target, new CompoundEncoders.Optional(target.alignmentBits(), content.encoder()));
  }

  private static FieldClass.Option option(String name, long tag, FieldClass fieldClass) {
    return new FieldClass.Option(
        name, List.of(new IntegerRange(tag, tag)), fieldClass, Attributes.NONE);
  }

  private PlannedField variant(FieldClass.Variant source) {
    boolean madeUp = references.needsKey(source);
    List<String> optionNames = names.ofOptions(source);
    FieldLocation selector;
    if (madeUp) {
      notes.add("variant-tag", "variants get a tag of their own before them");
      selector = makeUpTag(optionNames, false);
    } else {
      selector = references.target(source.selector());
    }
    List<FieldClass.Option> options = new ArrayList<>();
    FieldEncoder[] encoders = new FieldEncoder[source.options().size()];
    for (int i = 0; i < encoders.length; i++) {
      FieldClass.Option from = source.options().get(i);
      PlannedField field = inner(from.fieldClass());
      encoders[i] = field.encoder();
      options.add(
          new FieldClass.Option(
              toTsdl() ? optionNames.get(i) : from.name(),
              madeUp ? List.of(new IntegerRange(i, i)) : from.selectorRanges(),
              field.target(),
              attributes(from.attributes())));
    }
    FieldClass.Variant target =
        new FieldClass.Variant(selector, options, 1, attributes(source.attributes()));
    return new PlannedField(target, new CompoundEncoders.Variant(target.alignmentBits(), encoders));
  }

  private FieldLocation makeUpTag(List<String> labels, boolean ofOptional) {
    int lengthBits = labels.size() <= 256 ? 8 : 32;
    List<Mapping> mappings = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      mappings.add(new Mapping(TsdlNames.escaped(labels.get(i)), List.of(new IntegerRange(i, i))));
    }
    BitLayout layout = BitLayout.of(lengthBits, 8, byteOrder);
    FieldClass.Int target =
        new FieldClass.Int(layout, false, 10, mappings, Set.of(), Attributes.NONE);
    return makeUp(
        "_tag",
        target,
        ofOptional
            ? new ScalarEncoders.OptionalTag(layout)
            : new ScalarEncoders.VariantTag(layout));
  }

  private Attributes attributes(Attributes source) {
    if (toTsdl() && !source.entries().isEmpty()) {
      notes.add("attributes", "CTF 1.8 has no user attributes: they are left out");
      return Attributes.NONE;
    }
    return source;
  }
}
