package dev.rideau.ctf.internal.decode;

import dev.rideau.trace.BitLayout;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.FieldLocation;
import dev.rideau.trace.IntegerRange;
import dev.rideau.trace.Role;
import dev.rideau.trace.Scope;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Walks field classes over the bytes in a window, for the plain decoder: one method for each kind
/// of field. Remembers what lengths and selectors refer to. Owned by one thread.
final class PlainFields {
  /// Most elements that the arrays of a record may have together. They take eight bytes each in
  /// memory even when they have but a bit in the stream.
  static final int MOST_ELEMENTS = 1 << 24;

  /// Most elements that need not have bits: they cost nothing in the stream, so only a limit stops
  /// a damaged length.
  static final int MOST_EMPTY_ELEMENTS = 1 << 16;

  private final PacketWindow window;
  private final RoleValues roles;
  private final ElementVisitor visitor;

  /// Locations that some length or selector refers to, and their last values.
  private final Set<FieldLocation> keys;

  private final Map<FieldLocation, Long> keyValues = new HashMap<>();

  /// Elements of arrays of the record, or of header and context; and those that need not have bits.
  private long elements;

  private long emptyElements;

  private Scope scope = Scope.PACKET_HEADER;
  private final List<String> path = new ArrayList<>();

  PlainFields(
      PacketWindow window, RoleValues roles, Set<FieldLocation> keys, ElementVisitor visitor) {
    this.window = window;
    this.roles = roles;
    this.keys = keys;
    this.visitor = visitor;
  }

  /// Forgets everything of the packet before, and starts counting elements.
  void startPacket() {
    keyValues.clear();
    startCounting();
  }

  /// Forgets everything of the record before, and starts counting elements.
  void startRecord() {
    keyValues.keySet().removeIf(location -> !location.origin().isOfPacket());
    startCounting();
  }

  private void startCounting() {
    elements = 0;
    emptyElements = 0;
  }

  private long position() {
    return window.position();
  }

  /// Decodes the fields of a scope, if it has any.
  void decodeScope(Scope scope, FieldClass.@Nullable Structure structure) throws DecodeFault {
    if (structure == null) {
      return;
    }
    this.scope = scope;
    path.clear();
    window.align(structure.alignmentBits());
    visitor.beginScope(scope, position());
    decode(null, structure);
    visitor.endScope(scope, position());
  }

  private void decode(@Nullable String name, FieldClass fieldClass) throws DecodeFault {
    switch (fieldClass) {
      case FieldClass.Floating floating -> decodeFloating(name, floating);
      case FieldClass.FixedLength fixed -> decodeFixedLength(name, fixed);
      case FieldClass.VariableLengthInt integer -> decodeVariableLength(name, integer);
      case FieldClass.NullTerminatedString string -> decodeNullTerminated(name, string);
      case FieldClass.StaticLengthString string ->
          decodeBytes(name, string, string.lengthBytes(), Set.of());
      case FieldClass.DynamicLengthString string ->
          decodeBytes(name, string, key(string.length()), Set.of());
      case FieldClass.StaticLengthBlob blob ->
          decodeBytes(name, blob, blob.lengthBytes(), blob.roles());
      case FieldClass.DynamicLengthBlob blob ->
          decodeBytes(name, blob, key(blob.length()), Set.of());
      case FieldClass.StaticLengthArray array ->
          decodeArray(name, array, array.length(), array.element(), array.roles());
      case FieldClass.DynamicLengthArray array ->
          decodeArray(name, array, key(array.length()), array.element(), Set.of());
      case FieldClass.Structure structure -> decodeStructure(name, structure);
      case FieldClass.Optional optional -> decodeOptional(name, optional);
      case FieldClass.Variant variant -> decodeVariant(name, variant);
    }
  }

  private void decodeFixedLength(@Nullable String name, FieldClass.FixedLength fieldClass)
      throws DecodeFault {
    BitLayout layout = fieldClass.layout();
    int lengthBits = layout.lengthBits();
    long start = window.begin(layout);
    long value = window.read(start, layout);
    switch (fieldClass) {
      case FieldClass.Bool _ -> value = value != 0 ? 1 : 0;
      case FieldClass.Int integer when integer.signed() ->
          value = PlainBits.signExtended(value, lengthBits);
      case FieldClass.Int _, FieldClass.BitArray _, FieldClass.BitMap _, FieldClass.Floating _ -> {}
    }
    visitor.integral(name, fieldClass, value, start);
    remember(value);
    if (fieldClass instanceof FieldClass.Int integer) {
      roles.decoded(integer, value, lengthBits, position());
    }
  }

  private void decodeFloating(@Nullable String name, FieldClass.Floating fieldClass)
      throws DecodeFault {
    BitLayout layout = fieldClass.layout();
    long start = window.begin(layout);
    double value =
        switch (layout.lengthBits()) {
          case 16 -> Float.float16ToFloat((short) window.read(start, layout));
          case 32 -> Float.intBitsToFloat((int) window.read(start, layout));
          case 64 -> Double.longBitsToDouble(window.read(start, layout));
          default -> {
            boolean leastFirst =
                (layout.byteOrder() == ByteOrder.LITTLE_ENDIAN) != layout.isReversed();
            long first = window.read64(start, layout);
            long second = window.read64(start + 64, layout);
            yield leastFirst
                ? WideFloats.toDouble(second, first)
                : WideFloats.toDouble(first, second);
          }
        };
    visitor.floating(name, fieldClass, value, start);
  }

  /// LEB128: seven bits a byte, least significant first, the eighth bit says that more follow.
  private void decodeVariableLength(@Nullable String name, FieldClass.VariableLengthInt fieldClass)
      throws DecodeFault {
    window.align(8);
    long start = position();
    long value = 0;
    int lengthBits = 0;
    int current;
    do {
      long at = position();
      window.advance(8);
      current = window.bytes()[window.byteOf(at)];
      if (lengthBits == 63) {
        // Nine bytes gave 63 bits; the tenth may only hold the 64th and what repeats it.
        int rest = current & 0x7f;
        boolean fits = fieldClass.signed() ? rest == 0 || rest == 0x7f : rest <= 1;
        if (!fits || current < 0) {
          throw new DecodeFault(
              FaultKind.OVERSIZED_INTEGER, "a variable-length integer has more than 64 bits", at);
        }
      }
      value |= (current & 0x7fL) << lengthBits;
      lengthBits += 7;
    } while (current < 0);
    if (fieldClass.signed() && lengthBits < 64) {
      value = PlainBits.signExtended(value, lengthBits);
    }
    visitor.integral(name, fieldClass, value, start);
    remember(value);
    roles.decoded(fieldClass, value, Math.min(lengthBits, 64), position());
  }

  private void decodeNullTerminated(
      @Nullable String name, FieldClass.NullTerminatedString fieldClass) throws DecodeFault {
    window.align(fieldClass.alignmentBits());
    visitor.beginBytes(name, fieldClass, position());
    int unitBytes = fieldClass.encoding().unitBytes();
    byte[] bytes = window.bytes();
    long leftBytes = window.bytesLeft();
    int first = window.byteOf(position());
    long lengthBytes = 0;
    boolean ended = false;
    while (!ended && lengthBytes + unitBytes <= leftBytes) {
      ended = true;
      for (int i = 0; i < unitBytes; i++) {
        ended &= bytes[first + (int) lengthBytes + i] == 0;
      }
      lengthBytes += unitBytes;
    }
    // Without terminator it is one unit too many that fails, where content or data end.
    decodeBytes(fieldClass, ended ? lengthBytes : lengthBytes + unitBytes);
    visitor.endBytes(fieldClass, position());
  }

  private void decodeBytes(
      @Nullable String name, FieldClass fieldClass, long lengthBytes, Set<Role> fieldRoles)
      throws DecodeFault {
    window.align(fieldClass.alignmentBits());
    visitor.beginBytes(name, fieldClass, position());
    int first = window.byteOf(position());
    decodeBytes(fieldClass, lengthBytes);
    if (fieldRoles.contains(Role.METADATA_STREAM_UUID)) {
      roles.decodedUuid(window.bytes(), first, position());
    }
    visitor.endBytes(fieldClass, position());
  }

  /// Hands over as many of the bytes as there are; a field cut off by the end of the data fails
  /// only there.
  private void decodeBytes(FieldClass fieldClass, long lengthBytes) throws DecodeFault {
    long start = position();
    long lengthBits = window.checkedBits(lengthBytes, 8);
    int got = window.bytesBeforeCut(lengthBits);
    if (got > 0) {
      window.advance(got * 8L);
      visitor.bytes(fieldClass, window.bytes(), window.byteOf(start), got, start);
      lengthBits -= got * 8L;
    }
    window.advance(lengthBits);
    if (lengthBytes > 0) {
      visitor.bytes(fieldClass, window.bytes(), window.byteOf(start), (int) lengthBytes, start);
    }
  }

  private void decodeArray(
      @Nullable String name,
      FieldClass fieldClass,
      long length,
      FieldClass element,
      Set<Role> fieldRoles)
      throws DecodeFault {
    window.align(fieldClass.alignmentBits());
    if (length < 0) {
      throw new DecodeFault(
          FaultKind.TOO_LONG,
          "an array of %s elements is too long".formatted(Long.toUnsignedString(length)),
          position());
    }
    countElements(length, element);
    visitor.beginArray(name, fieldClass, length, position());
    long start = position();
    for (long i = 0; i < length; i++) {
      decode(null, element);
    }
    if (fieldRoles.contains(Role.METADATA_STREAM_UUID) && position() - start == 128) {
      roles.decodedUuid(window.bytes(), window.byteOf(start), position());
    }
    visitor.endArray(fieldClass, position());
  }

  private void countElements(long length, FieldClass element) throws DecodeFault {
    if (length > MOST_ELEMENTS - elements) {
      throw new DecodeFault(
          FaultKind.TOO_LONG,
          "an array of %d elements makes more than %d in one record"
              .formatted(length, MOST_ELEMENTS),
          position());
    }
    elements += length;
    if (LeastLengths.ofBits(element) == 0) {
      emptyElements += length;
      if (emptyElements > MOST_EMPTY_ELEMENTS) {
        throw new DecodeFault(
            FaultKind.TOO_LONG,
            "an array of %d elements that need not have bits makes more than %d in one record"
                .formatted(length, MOST_EMPTY_ELEMENTS),
            position());
      }
    }
  }

  private void decodeStructure(@Nullable String name, FieldClass.Structure structure)
      throws DecodeFault {
    window.align(structure.alignmentBits());
    visitor.beginStructure(name, structure, position());
    for (FieldClass.Member member : structure.members()) {
      path.add(member.name());
      decode(member.name(), member.fieldClass());
      path.removeLast();
    }
    visitor.endStructure(structure, position());
  }

  private void decodeOptional(@Nullable String name, FieldClass.Optional optional)
      throws DecodeFault {
    window.align(optional.alignmentBits());
    long selector = key(optional.selector());
    List<IntegerRange> ranges = optional.selectorRanges();
    boolean present = ranges == null ? selector != 0 : isInside(ranges, selector);
    visitor.beginOptional(name, optional, present, position());
    if (present) {
      decode(null, optional.content());
    }
    visitor.endOptional(optional, position());
  }

  private void decodeVariant(@Nullable String name, FieldClass.Variant variant) throws DecodeFault {
    window.align(variant.alignmentBits());
    long selector = key(variant.selector());
    int option = 0;
    while (option < variant.options().size()
        && !isInside(variant.options().get(option).selectorRanges(), selector)) {
      option++;
    }
    if (option == variant.options().size()) {
      throw new DecodeFault(
          FaultKind.INVALID_SELECTOR,
          "selector value %d chooses no option of the variant".formatted(selector),
          position());
    }
    visitor.beginVariant(name, variant, option, selector, position());
    decode(null, variant.options().get(option).fieldClass());
    visitor.endVariant(variant, position());
  }

  private static boolean isInside(List<IntegerRange> ranges, long selector) {
    for (IntegerRange range : ranges) {
      if (range.contains(selector)) {
        return true;
      }
    }
    return false;
  }

  private void remember(long value) {
    if (!path.isEmpty()) {
      FieldLocation here = new FieldLocation(scope, path);
      if (keys.contains(here)) {
        keyValues.put(here, value);
      }
    }
  }

  private long key(FieldLocation location) throws DecodeFault {
    Long value = keyValues.get(location);
    if (value == null) {
      throw new DecodeFault(
          FaultKind.INVALID_SELECTOR,
          "the field at %s was not decoded before it is needed".formatted(location),
          position());
    }
    return value;
  }
}
