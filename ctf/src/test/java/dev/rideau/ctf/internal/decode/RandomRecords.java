package dev.rideau.ctf.internal.decode;

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
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes packets of random values. Where a value is a length or a selector it is mostly one that
/// makes sense.
public final class RandomRecords {
  private static final BitLayout BIG_64 = BitLayout.of(64, 1, ByteOrder.BIG_ENDIAN);

  private final Dice dice;
  private final TraceClass traceClass;
  private final DataStreamClass stream;

  /// For each location that is referred to: ranges of values that do something; none for lengths.
  private final Map<FieldLocation, List<IntegerRange>> useful = new HashMap<>();

  private final Map<FieldLocation, Long> values = new HashMap<>();
  private final Map<Role, Long> rolePositions = new HashMap<>();
  private final Map<Role, BitLayout> roleLayouts = new HashMap<>();

  private final boolean sound;
  private final int runs;
  private BitSink sink;
  private Scope scope = Scope.PACKET_HEADER;
  private final List<String> path = new ArrayList<>();
  private @Nullable EventClass eventClass;
  private boolean stuck;

  /// Writes packets of `stream`, some of them not as they should be.
  public RandomRecords(Dice dice, TraceClass traceClass, DataStreamClass stream) {
    this(dice, traceClass, stream, false);
  }

  /// @param sound whether all records can be decoded
  public RandomRecords(Dice dice, TraceClass traceClass, DataStreamClass stream, boolean sound) {
    this.sound = sound;
    this.dice = dice;
    this.traceClass = traceClass;
    this.stream = stream;
    sink = new BitSink(dice);
    runs = dice.oneOf(0, 50, 98);
    collect(traceClass.packetHeader());
    collect(stream.packetContext());
    collect(stream.eventHeader());
    collect(stream.commonContext());
    for (EventClass each : stream.eventClasses()) {
      collect(each.specificContext());
      collect(each.payload());
    }
  }

  /// A packet.
  ///
  /// @param contentBits how many bits mean something
  public record Packet(byte[] bytes, long contentBits, long headerBits, long recordsEndBits) {}

  /// A packet with so many records, or fewer where a choice leads nowhere.
  public Packet packet(int records) {
    sink = new BitSink(dice);
    values.clear();
    rolePositions.clear();
    scope(Scope.PACKET_HEADER, traceClass.packetHeader());
    scope(Scope.PACKET_CONTEXT, stream.packetContext());
    long headerBits = sink.position();
    for (int i = 0; i < records && !stuck; i++) {
      record();
    }
    stuck = false;
    long recordsEnd = sink.position();
    if (!sound && dice.percent(10)) {
      sink.skip(dice.below(2000));
    }
    long content = sink.position();
    if (!sound && dice.percent(10) && content > headerBits) {
      content = headerBits + dice.below((int) (content - headerBits));
    }
    if (dice.percent(30)) {
      sink.skip(dice.below(400));
    }
    sink.align(8);
    patch(Role.PACKET_CONTENT_LENGTH, content);
    patch(Role.PACKET_TOTAL_LENGTH, sink.position());
    return new Packet(sink.toBytes(), content, headerBits, recordsEnd);
  }

  private void patch(Role role, long value) {
    Long position = rolePositions.get(role);
    BitLayout layout = roleLayouts.get(role);
    if (position != null && layout != null) {
      sink.patch(position, value, layout);
    }
  }

  private void record() {
    values.keySet().removeIf(location -> !location.origin().isOfPacket());
    EventClass last = eventClass;
    // Often the same class again: decoders like runs.
    EventClass chosen =
        last != null && dice.percent(runs) ? last : dice.oneOf(stream.eventClasses());
    eventClass = chosen;
    scope(Scope.EVENT_HEADER, stream.eventHeader());
    scope(Scope.COMMON_CONTEXT, stream.commonContext());
    scope(Scope.SPECIFIC_CONTEXT, chosen.specificContext());
    scope(Scope.PAYLOAD, chosen.payload());
  }

  private void scope(Scope next, FieldClass.@Nullable Structure structure) {
    if (structure != null && !stuck) {
      scope = next;
      path.clear();
      write(structure);
    }
  }

  private void write(FieldClass fieldClass) {
    if (stuck) {
      return;
    }
    sink.align(fieldClass.alignmentBits());
    switch (fieldClass) {
      case FieldClass.Floating floating -> {
        long first = dice.bits();
        if (floating.layout().lengthBits() == 128) {
          sink.write(first, BIG_64);
          sink.write(dice.bits(), BIG_64);
        } else {
          sink.write(first, floating.layout());
        }
      }
      case FieldClass.Int integer -> {
        long value = chosen(integer.layout().lengthBits(), integer.signed(), integer.roles());
        for (Role role : integer.roles()) {
          rolePositions.put(role, sink.position());
          roleLayouts.put(role, integer.layout());
        }
        sink.write(value, integer.layout());
        remember(integer.signed() ? value : masked(value, integer.layout().lengthBits()));
      }
      case FieldClass.Bool bool -> {
        long value = dice.percent(30) ? 0 : masked(dice.bits(), bool.layout().lengthBits());
        sink.write(value, bool.layout());
        remember(value != 0 ? 1 : 0);
      }
      case FieldClass.FixedLength fixed -> sink.write(dice.bits(), fixed.layout());
      case FieldClass.VariableLengthInt integer -> {
        long value = chosen(64, integer.signed(), integer.roles());
        leb128(value, integer.signed());
        remember(value);
      }
      case FieldClass.NullTerminatedString string -> {
        int unitBytes = string.encoding().unitBytes();
        int length = (dice.percent(95) ? dice.below(12) : dice.below(300)) * unitBytes;
        for (int i = 0; i < length; i++) {
          sink.write(sound || dice.percent(95) ? dice.between(1, 255) : 0);
        }
        for (int i = 0; i < unitBytes; i++) {
          sink.write(0);
        }
      }
      case FieldClass.StaticLengthString string -> someBytes(string.lengthBytes());
      case FieldClass.DynamicLengthString string -> someBytes(key(string.length()));
      case FieldClass.StaticLengthBlob blob -> someBytes(blob.lengthBytes());
      case FieldClass.DynamicLengthBlob blob -> someBytes(key(blob.length()));
      case FieldClass.StaticLengthArray array -> elements(array.length(), array.element());
      case FieldClass.DynamicLengthArray array -> elements(key(array.length()), array.element());
      case FieldClass.Structure structure -> {
        for (FieldClass.Member member : structure.members()) {
          path.add(member.name());
          write(member.fieldClass());
          path.removeLast();
        }
      }
      case FieldClass.Optional optional -> {
        long selector = key(optional.selector());
        List<IntegerRange> ranges = optional.selectorRanges();
        if (!stuck && (ranges == null ? selector != 0 : isInside(ranges, selector))) {
          write(optional.content());
        }
      }
      case FieldClass.Variant variant -> {
        long selector = key(variant.selector());
        for (FieldClass.Option option : variant.options()) {
          if (isInside(option.selectorRanges(), selector)) {
            write(option.fieldClass());
            return;
          }
        }
        stuck = true;
      }
    }
  }

  private static boolean isInside(List<IntegerRange> ranges, long value) {
    return ranges.stream().anyMatch(range -> range.contains(value));
  }

  private void someBytes(long length) {
    if (length < 0 || length > 2000) {
      stuck = true;
      return;
    }
    for (long i = 0; i < length; i++) {
      sink.write(dice.percent(90) ? dice.between(1, 255) : 0);
    }
  }

  private void elements(long length, FieldClass element) {
    if (length < 0 || length > 2000) {
      stuck = true;
      return;
    }
    for (long i = 0; i < length; i++) {
      write(element);
    }
  }

  private void leb128(long value, boolean signed) {
    long rest = value;
    int bytes = 0;
    boolean more = true;
    int extra = dice.percent(90) ? 0 : dice.below(3);
    while (more) {
      int low = (int) (rest & 0x7f);
      rest = signed ? rest >> 7 : rest >>> 7;
      boolean whole = signed ? rest == ((low & 0x40) != 0 ? -1 : 0) : rest == 0;
      bytes++;
      more = !whole || extra-- > 0 && bytes < 10;
      sink.write(more ? low | 0x80 : low);
    }
  }

  /// A value for the integer at the path.
  private long chosen(int lengthBits, boolean signed, Set<Role> roles) {
    List<IntegerRange> ranges = useful.get(new FieldLocation(scope, path));
    EventClass wanted = eventClass;
    if (roles.contains(Role.EVENT_CLASS_ID) && wanted != null && (sound || dice.percent(99))) {
      long most = masked(-1, lengthBits);
      boolean fits = Long.compareUnsigned(wanted.id(), most) < 0;
      return ranges == null || fits && dice.percent(80) ? wanted.id() : most;
    }
    if (roles.contains(Role.DATA_STREAM_CLASS_ID)) {
      return stream.id();
    }
    long value;
    if (ranges == null || !sound && dice.percent(2)) {
      value = dice.bits();
    } else if (ranges.isEmpty()) {
      value = sound || dice.percent(98) ? dice.below(6) : dice.below(1000);
    } else {
      IntegerRange range = dice.oneOf(ranges);
      value = dice.percent(50) ? range.lower() : range.upper();
    }
    int unused = 64 - lengthBits;
    return signed ? value << unused >> unused : value << unused >>> unused;
  }

  private static long masked(long value, int lengthBits) {
    int unused = 64 - lengthBits;
    return value << unused >>> unused;
  }

  private void remember(long value) {
    FieldLocation here = new FieldLocation(scope, path);
    if (useful.containsKey(here)) {
      values.put(here, value);
    }
  }

  private long key(FieldLocation location) {
    Long value = values.get(location);
    if (value == null) {
      stuck = true;
      return 0;
    }
    return value;
  }

  private void collect(@Nullable FieldClass fieldClass) {
    switch (fieldClass) {
      case null -> {}
      case FieldClass.DynamicLengthString string -> use(string.length());
      case FieldClass.DynamicLengthBlob blob -> use(blob.length());
      case FieldClass.StaticLengthArray array -> collect(array.element());
      case FieldClass.DynamicLengthArray array -> {
        use(array.length());
        collect(array.element());
      }
      case FieldClass.Structure structure ->
          structure.members().forEach(member -> collect(member.fieldClass()));
      case FieldClass.Optional optional -> {
        List<IntegerRange> ranges = optional.selectorRanges();
        use(optional.selector()).addAll(ranges == null ? List.of() : ranges);
        collect(optional.content());
      }
      case FieldClass.Variant variant -> {
        for (FieldClass.Option option : variant.options()) {
          use(variant.selector()).addAll(option.selectorRanges());
          collect(option.fieldClass());
        }
      }
      default -> {}
    }
  }

  private List<IntegerRange> use(FieldLocation location) {
    return useful.computeIfAbsent(location, _ -> new ArrayList<>());
  }
}
