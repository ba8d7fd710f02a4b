package dev.rideau.ctf.internal.decode;

import dev.rideau.trace.Attributes;
import dev.rideau.trace.BitLayout;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.FieldLocation;
import dev.rideau.trace.IntegerRange;
import dev.rideau.trace.Role;
import dev.rideau.trace.Scope;
import dev.rideau.trace.TraceClass;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The readable interpreter: walks field classes over the bytes of one packet at a time and tells
/// an [ElementVisitor] what it finds.
///
/// The plain twin of the compiled procedures, and what decodes packet headers and contexts when a
/// trace is opened. The default clock runs on from packet to packet, so one decoder serves one data
/// stream. Owned by one thread.
public final class PlainDecoder {
  /// What packets of a trace without data stream classes belong to: they end after the header.
  private static final DataStreamClass NO_CLASS =
      new DataStreamClass(
          -1, 0, null, null, null, null, null, null, null, List.of(), Attributes.NONE);

  /// Most elements that the arrays of a record may have together. They take eight bytes each in
  /// memory even when they have but a bit in the stream.
  static final int MOST_ELEMENTS = 1 << 24;

  /// Most elements that need not have bits: they cost nothing in the stream, so only a limit stops
  /// a damaged length.
  static final int MOST_EMPTY_ELEMENTS = 1 << 16;

  private final TraceClass traceClass;
  private final ElementVisitor visitor;

  /// Locations that some length or selector refers to, and their last values.
  private final Set<FieldLocation> keys;

  private final Map<FieldLocation, Long> keyValues = new HashMap<>();

  private byte[] bytes = new byte[0];
  private long firstBit;
  private long availableBits;

  /// Elements of arrays of the record, or of header and context; and those that need not have bits.
  private long elements;

  private long emptyElements;

  private boolean complete;
  private long contentEndBits;
  private boolean contentKnown;
  private long position;
  private @Nullable ByteOrder lastByteOrder;

  private Scope scope = Scope.PACKET_HEADER;
  private final List<String> path = new ArrayList<>();

  private long clockValue;
  private final Map<Role, Long> roleValues = new HashMap<>();
  private int endClockBits;
  private boolean clockWasSet;
  private boolean hasUuid;
  private long uuidHigh;
  private long uuidLow;
  private @Nullable DataStreamClass dataStreamClass;

  /// A decoder whose default clock stands at zero.
  public PlainDecoder(TraceClass traceClass, ElementVisitor visitor) {
    this(traceClass, new HashSet<>(), visitor);
    KeyLocations.collect(traceClass, keys);
  }

  private PlainDecoder(TraceClass traceClass, Set<FieldLocation> keys, ElementVisitor visitor) {
    this.traceClass = traceClass;
    this.keys = keys;
    this.visitor = visitor;
  }

  /// A decoder for [#decodePacketHeader] alone: it does not look through the event classes.
  public static PlainDecoder ofPacketHeaders(TraceClass traceClass, ElementVisitor visitor) {
    Set<FieldLocation> keys = new HashSet<>();
    KeyLocations.collectOfPackets(traceClass, keys);
    return new PlainDecoder(traceClass, keys, visitor);
  }

  /// Value of the default clock in cycles.
  public long clockValue() {
    return clockValue;
  }

  /// Sets the default clock, for instance to the end of the packet before.
  public void setClockValue(long cycles) {
    clockValue = cycles;
  }

  /// Bit from the start of the packet where the next element will be looked for.
  public long position() {
    return position;
  }

  /// Starts a packet.
  ///
  /// @param bytes holds the packet from its first byte on, at `offset`
  /// @param length how many bytes are at hand
  /// @param complete whether the data end with them, so that asking for more is a fault of the data
  ///   and not [FaultKind#NEEDS_MORE_BYTES]
  public void startPacket(byte[] bytes, int offset, int length, boolean complete) {
    this.bytes = bytes;
    this.complete = complete;
    firstBit = offset * 8L;
    availableBits = length * 8L;
    contentKnown = false;
    contentEndBits = Long.MAX_VALUE;
    position = 0;
    lastByteOrder = null;
    keyValues.clear();
    roleValues.clear();
    hasUuid = false;
    clockWasSet = false;
    endClockBits = 0;
    dataStreamClass = null;
  }

  /// Goes on inside the same packet with other bytes, as if the decoder had come there by itself.
  ///
  /// @param windowBits bit of the packet that `bytes[0]` starts with
  /// @param length how many bytes are at hand
  /// @param complete see [#startPacket]
  /// @param position bit of the packet to go on with
  /// @param lastByteOrder byte order of the bit array before, null when there is none
  void continueAt(
      byte[] bytes,
      long windowBits,
      int length,
      boolean complete,
      long position,
      @Nullable ByteOrder lastByteOrder) {
    this.bytes = bytes;
    this.complete = complete;
    this.position = position;
    this.lastByteOrder = lastByteOrder;
    firstBit = -windowBits;
    availableBits = windowBits + length * 8L;
  }

  /// Decodes the packet header and the packet context.
  public PacketInfo decodePacketHeader() throws DecodeFault {
    elements = 0;
    emptyElements = 0;
    visitor.beginPacket(position);
    decodeScope(Scope.PACKET_HEADER, traceClass.packetHeader());
    DataStreamClass found = findDataStreamClass();
    dataStreamClass = found;
    visitor.dataStreamInfo(
        isNoClass(found) ? null : found, roleValues.get(Role.DATA_STREAM_ID), position);
    decodeScope(Scope.PACKET_CONTEXT, found.packetContext());
    Long total = roleValues.get(Role.PACKET_TOTAL_LENGTH);
    Long content = roleValues.get(Role.PACKET_CONTENT_LENGTH);
    checkLengths(total, content);
    Long end = content != null ? content : total;
    if (end != null) {
      contentKnown = true;
      contentEndBits = end;
    }
    PacketInfo info =
        new PacketInfo(
            found,
            roleValues.get(Role.DATA_STREAM_ID),
            roleValues.get(Role.PACKET_MAGIC_NUMBER),
            hasUuid,
            uuidHigh,
            uuidLow,
            position,
            total != null ? total : content,
            end,
            clockWasSet ? clockValue : null,
            roleValues.get(Role.PACKET_END_DEFAULT_CLOCK_TIMESTAMP),
            endClockBits,
            roleValues.get(Role.PACKET_SEQUENCE_NUMBER),
            roleValues.get(Role.DISCARDED_EVENT_COUNTER_SNAPSHOT));
    visitor.packetInfo(info, position);
    return info;
  }

  /// Overrules the content length that the packet context says.
  public void setContentBits(long contentBits) {
    contentKnown = true;
    contentEndBits = contentBits;
  }

  /// Decodes the next event record.
  ///
  /// @return false when there is none
  public boolean decodeRecord() throws DecodeFault {
    DataStreamClass stream = dataStreamClass;
    if (stream == null) {
      throw new IllegalStateException("the packet header was not decoded");
    }
    if (isNoClass(stream) || isAtEnd()) {
      visitor.endPacket(position);
      return false;
    }
    long start = position;
    elements = 0;
    emptyElements = 0;
    visitor.beginRecord(start);
    roleValues.remove(Role.EVENT_CLASS_ID);
    keyValues.keySet().removeIf(location -> !location.origin().isOfPacket());
    decodeScope(Scope.EVENT_HEADER, stream.eventHeader());
    EventClass eventClass = findEventClass(stream);
    visitor.recordInfo(eventClass, position);
    decodeScope(Scope.COMMON_CONTEXT, stream.commonContext());
    decodeScope(Scope.SPECIFIC_CONTEXT, eventClass.specificContext());
    decodeScope(Scope.PAYLOAD, eventClass.payload());
    if (position == start) {
      throw new DecodeFault(
          FaultKind.EMPTY_RECORD, "event records of this stream have no bits", start);
    }
    visitor.endRecord(position);
    return true;
  }

  private boolean isAtEnd() throws DecodeFault {
    if (contentKnown) {
      return position >= contentEndBits;
    }
    if (position >= availableBits && !complete) {
      throw new DecodeFault(FaultKind.NEEDS_MORE_BYTES, "more bytes are needed", position);
    }
    return position >= availableBits;
  }

  @SuppressWarnings("ReferenceEquality") // an equal class of a trace is a class
  private static boolean isNoClass(DataStreamClass dataStreamClass) {
    return dataStreamClass == NO_CLASS;
  }

  private DataStreamClass findDataStreamClass() throws DecodeFault {
    Long id = roleValues.get(Role.DATA_STREAM_CLASS_ID);
    long wanted = id != null ? id : 0;
    List<DataStreamClass> classes = traceClass.dataStreamClasses();
    DataStreamClass found =
        id == null && classes.size() == 1 ? classes.getFirst() : traceClass.dataStreamClass(wanted);
    if (found == null && id == null && classes.isEmpty()) {
      return NO_CLASS;
    }
    if (found == null) {
      throw new DecodeFault(
          FaultKind.UNKNOWN_DATA_STREAM_CLASS,
          "the metadata has no data stream class with id " + Long.toUnsignedString(wanted),
          position);
    }
    return found;
  }

  private EventClass findEventClass(DataStreamClass stream) throws DecodeFault {
    Long id = roleValues.get(Role.EVENT_CLASS_ID);
    long wanted = id != null ? id : 0;
    List<EventClass> classes = stream.eventClasses();
    EventClass found =
        id == null && classes.size() == 1 ? classes.getFirst() : stream.eventClass(wanted);
    if (found == null) {
      throw new DecodeFault(
          FaultKind.UNKNOWN_EVENT_CLASS,
          "the data stream class has no event class with id " + Long.toUnsignedString(wanted),
          position);
    }
    return found;
  }

  private void checkLengths(@Nullable Long total, @Nullable Long content) throws DecodeFault {
    if (total != null) {
      if (content != null && Long.compareUnsigned(content, total) > 0) {
        throw new DecodeFault(
            FaultKind.CONTENT_EXCEEDS_TOTAL,
            "packet content length is %s bits but the packet has only %s bits"
                .formatted(Long.toUnsignedString(content), Long.toUnsignedString(total)),
            position);
      }
      if ((total & 7) != 0) {
        throw new DecodeFault(
            FaultKind.TOTAL_LENGTH_NOT_BYTES,
            "packet total length of %s bits is not a multiple of 8"
                .formatted(Long.toUnsignedString(total)),
            position);
      }
      if (Long.compareUnsigned(total, position) < 0) {
        throw new DecodeFault(
            FaultKind.TOTAL_TOO_SMALL,
            "packet total length of %s bits is less than its header and context need (%d bits)"
                .formatted(Long.toUnsignedString(total), position),
            position);
      }
    }
    if (content != null && Long.compareUnsigned(content, position) < 0) {
      throw new DecodeFault(
          FaultKind.CONTENT_TOO_SMALL,
          "packet content length of %s bits is less than its header and context need (%d bits)"
              .formatted(Long.toUnsignedString(content), position),
          position);
    }
  }

  private void decodeScope(Scope scope, FieldClass.@Nullable Structure structure)
      throws DecodeFault {
    if (structure == null) {
      return;
    }
    this.scope = scope;
    path.clear();
    align(structure.alignmentBits());
    visitor.beginScope(scope, position);
    decode(null, structure);
    visitor.endScope(scope, position);
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
    long start = beginBits(layout);
    long value = PlainBits.read(bytes, firstBit + start, layout);
    switch (fieldClass) {
      case FieldClass.Bool _ -> value = value != 0 ? 1 : 0;
      case FieldClass.Int integer when integer.signed() ->
          value = PlainBits.signExtended(value, lengthBits);
      case FieldClass.Int _, FieldClass.BitArray _, FieldClass.BitMap _, FieldClass.Floating _ -> {}
    }
    visitor.integral(name, fieldClass, value, start);
    remember(value);
    if (fieldClass instanceof FieldClass.Int integer) {
      applyRoles(integer, value, lengthBits);
    }
  }

  private void decodeFloating(@Nullable String name, FieldClass.Floating fieldClass)
      throws DecodeFault {
    BitLayout layout = fieldClass.layout();
    long start = beginBits(layout);
    double value =
        switch (layout.lengthBits()) {
          case 16 -> Float.float16ToFloat((short) PlainBits.read(bytes, firstBit + start, layout));
          case 32 -> Float.intBitsToFloat((int) PlainBits.read(bytes, firstBit + start, layout));
          case 64 -> Double.longBitsToDouble(PlainBits.read(bytes, firstBit + start, layout));
          default -> {
            boolean leastFirst =
                (layout.byteOrder() == ByteOrder.LITTLE_ENDIAN) != layout.isReversed();
            long first =
                PlainBits.read(
                    bytes, firstBit + start, 64, layout.byteOrder(), layout.isReversed());
            long second =
                PlainBits.read(
                    bytes, firstBit + start + 64, 64, layout.byteOrder(), layout.isReversed());
            yield leastFirst
                ? WideFloats.toDouble(second, first)
                : WideFloats.toDouble(first, second);
          }
        };
    visitor.floating(name, fieldClass, value, start);
  }

  private long beginBits(BitLayout layout) throws DecodeFault {
    align(layout.alignmentBits());
    if ((position & 7) != 0 && lastByteOrder != null && lastByteOrder != layout.byteOrder()) {
      throw new DecodeFault(
          FaultKind.BYTE_ORDER_CHANGE,
          "the byte order changes from %s to %s inside a byte"
              .formatted(lastByteOrder, layout.byteOrder()),
          position);
    }
    lastByteOrder = layout.byteOrder();
    long start = position;
    advance(layout.lengthBits());
    return start;
  }

  /// LEB128: seven bits a byte, least significant first, the eighth bit says that more follow.
  private void decodeVariableLength(@Nullable String name, FieldClass.VariableLengthInt fieldClass)
      throws DecodeFault {
    align(8);
    long start = position;
    long value = 0;
    int lengthBits = 0;
    int current;
    do {
      long at = position;
      advance(8);
      current = bytes[(int) ((firstBit + at) >>> 3)];
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
    applyRoles(fieldClass, value, Math.min(lengthBits, 64));
  }

  private void decodeNullTerminated(
      @Nullable String name, FieldClass.NullTerminatedString fieldClass) throws DecodeFault {
    align(fieldClass.alignmentBits());
    visitor.beginBytes(name, fieldClass, position);
    int unitBytes = fieldClass.encoding().unitBytes();
    long contentBytes = contentKnown ? (contentEndBits - position) >> 3 : Long.MAX_VALUE;
    long dataBytes = (availableBits - position) >> 3;
    int first = (int) ((firstBit + position) >>> 3);
    long lengthBytes = 0;
    boolean ended = false;
    while (!ended && lengthBytes + unitBytes <= Math.min(contentBytes, dataBytes)) {
      ended = true;
      for (int i = 0; i < unitBytes; i++) {
        ended &= bytes[first + (int) lengthBytes + i] == 0;
      }
      lengthBytes += unitBytes;
    }
    // Without terminator it is one unit too many that fails, where content or data end.
    decodeBytes(fieldClass, ended ? lengthBytes : lengthBytes + unitBytes);
    visitor.endBytes(fieldClass, position);
  }

  private void decodeBytes(
      @Nullable String name, FieldClass fieldClass, long lengthBytes, Set<Role> roles)
      throws DecodeFault {
    align(fieldClass.alignmentBits());
    visitor.beginBytes(name, fieldClass, position);
    int first = (int) ((firstBit + position) >>> 3);
    decodeBytes(fieldClass, lengthBytes);
    if (roles.contains(Role.METADATA_STREAM_UUID)) {
      uuidFrom(first);
    }
    visitor.endBytes(fieldClass, position);
  }

  /// Hands over as many of the bytes as there are; a field cut off by the end of the data fails
  /// only there.
  private void decodeBytes(FieldClass fieldClass, long lengthBytes) throws DecodeFault {
    long start = position;
    long lengthBits = checkedBits(lengthBytes, 8);
    boolean fitsContent = !contentKnown || lengthBits <= contentEndBits - position;
    if (fitsContent && complete && lengthBits > availableBits - position) {
      int got = (int) ((availableBits - position) >>> 3);
      if (got > 0) {
        advance(got * 8L);
        visitor.bytes(fieldClass, bytes, (int) ((firstBit + start) >>> 3), got, start);
      }
      lengthBits -= got * 8L;
    }
    advance(lengthBits);
    if (lengthBytes > 0) {
      int first = (int) ((firstBit + start) >>> 3);
      visitor.bytes(fieldClass, bytes, first, (int) lengthBytes, start);
    }
  }

  private void decodeArray(
      @Nullable String name,
      FieldClass fieldClass,
      long length,
      FieldClass element,
      Set<Role> roles)
      throws DecodeFault {
    align(fieldClass.alignmentBits());
    if (length < 0) {
      throw new DecodeFault(
          FaultKind.TOO_LONG,
          "an array of %s elements is too long".formatted(Long.toUnsignedString(length)),
          position);
    }
    countElements(length, element);
    visitor.beginArray(name, fieldClass, length, position);
    long start = position;
    for (long i = 0; i < length; i++) {
      decode(null, element);
    }
    if (roles.contains(Role.METADATA_STREAM_UUID) && position - start == 128) {
      uuidFrom((int) ((firstBit + start) >>> 3));
    }
    visitor.endArray(fieldClass, position);
  }

  private void countElements(long length, FieldClass element) throws DecodeFault {
    if (length > MOST_ELEMENTS - elements) {
      throw new DecodeFault(
          FaultKind.TOO_LONG,
          "an array of %d elements makes more than %d in one record"
              .formatted(length, MOST_ELEMENTS),
          position);
    }
    elements += length;
    if (LeastLengths.ofBits(element) == 0) {
      emptyElements += length;
      if (emptyElements > MOST_EMPTY_ELEMENTS) {
        throw new DecodeFault(
            FaultKind.TOO_LONG,
            "an array of %d elements that need not have bits makes more than %d in one record"
                .formatted(length, MOST_EMPTY_ELEMENTS),
            position);
      }
    }
  }

  private void decodeStructure(@Nullable String name, FieldClass.Structure structure)
      throws DecodeFault {
    align(structure.alignmentBits());
    visitor.beginStructure(name, structure, position);
    for (FieldClass.Member member : structure.members()) {
      path.add(member.name());
      decode(member.name(), member.fieldClass());
      path.removeLast();
    }
    visitor.endStructure(structure, position);
  }

  private void decodeOptional(@Nullable String name, FieldClass.Optional optional)
      throws DecodeFault {
    align(optional.alignmentBits());
    long selector = key(optional.selector());
    List<IntegerRange> ranges = optional.selectorRanges();
    boolean present = ranges == null ? selector != 0 : isInside(ranges, selector);
    visitor.beginOptional(name, optional, present, position);
    if (present) {
      decode(null, optional.content());
    }
    visitor.endOptional(optional, position);
  }

  private void decodeVariant(@Nullable String name, FieldClass.Variant variant) throws DecodeFault {
    align(variant.alignmentBits());
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
          position);
    }
    visitor.beginVariant(name, variant, option, selector, position);
    decode(null, variant.options().get(option).fieldClass());
    visitor.endVariant(variant, position);
  }

  private static boolean isInside(List<IntegerRange> ranges, long selector) {
    for (IntegerRange range : ranges) {
      if (range.contains(selector)) {
        return true;
      }
    }
    return false;
  }

  private void applyRoles(FieldClass.Integral fieldClass, long value, int lengthBits) {
    for (Role role : fieldClass.roles()) {
      roleValues.put(role, value);
      if (role == Role.PACKET_END_DEFAULT_CLOCK_TIMESTAMP) {
        endClockBits = lengthBits;
      } else if (role == Role.DEFAULT_CLOCK_TIMESTAMP) {
        clockValue = Clocks.updated(clockValue, value, lengthBits);
        clockWasSet = true;
        visitor.clockValue(clockValue, position);
      }
    }
  }

  private void uuidFrom(int firstByte) {
    uuidHigh = bigEndian(firstByte);
    uuidLow = bigEndian(firstByte + 8);
    hasUuid = true;
    visitor.metadataUuid(uuidHigh, uuidLow, position);
  }

  private long bigEndian(int firstByte) {
    return PlainBits.read(bytes, firstByte * 8L, 64, ByteOrder.BIG_ENDIAN, false);
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
          position);
    }
    return value;
  }

  private long checkedBits(long length, int unitBits) throws DecodeFault {
    if (length < 0 || length > Long.MAX_VALUE / unitBits) {
      throw new DecodeFault(
          FaultKind.TOO_LONG,
          "a length of %s is too long".formatted(Long.toUnsignedString(length)),
          position);
    }
    return length * unitBits;
  }

  private void align(int alignmentBits) throws DecodeFault {
    long padding = -position & (alignmentBits - 1L);
    if (padding != 0) {
      boolean fitsContent = !contentKnown || padding <= contentEndBits - position;
      if (fitsContent && complete && padding > availableBits - position) {
        // Padding is not a field that could be missing as a whole: it fails where the data end.
        padding -= availableBits - position;
        position = availableBits;
      }
      advance(padding);
    }
  }

  private void advance(long bits) throws DecodeFault {
    if (contentKnown && bits > contentEndBits - position) {
      throw new DecodeFault(
          FaultKind.BEYOND_CONTENT,
          "%d bits are needed but only %d bits are left of the packet's content"
              .formatted(bits, contentEndBits - position),
          position);
    }
    if (bits > availableBits - position) {
      throw new DecodeFault(
          complete ? FaultKind.BEYOND_DATA : FaultKind.NEEDS_MORE_BYTES,
          "%d bits are needed but the data end after %d bits"
              .formatted(bits, availableBits - position),
          position);
    }
    position += bits;
  }
}
