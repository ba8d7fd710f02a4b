package dev.rideau.ctf.testing;

import dev.rideau.trace.BytesColumn;
import dev.rideau.trace.Column;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.DoubleColumn;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.FieldLocation;
import dev.rideau.trace.IntegerRange;
import dev.rideau.trace.ListColumn;
import dev.rideau.trace.LongColumn;
import dev.rideau.trace.OptionalColumn;
import dev.rideau.trace.Scope;
import dev.rideau.trace.StructColumn;
import dev.rideau.trace.TextEncoding;
import dev.rideau.trace.TraceClass;
import dev.rideau.trace.VariantColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Fills columns with random values that fit together: a length field says how long the array is, a
/// selector has a value that chooses an option.
final class RandomRows {
  private static final String LETTERS = "abc xyz09_'\"\\?éß€𝄞";
  private static final int LONGEST = 5;

  /// Lengths in bytes that end no code unit early.
  private static final List<IntegerRange> WHOLE_UNITS =
      List.of(new IntegerRange(0, 0), new IntegerRange(4, 4), new IntegerRange(8, 8));

  private final DataStreamClass stream;
  private final SplittableRandom random;

  /// What the fields that are referred to are for: ranges to choose from, empty for lengths.
  private final Map<FieldLocation, List<IntegerRange>> uses = new HashMap<>();

  private final Map<FieldLocation, Long> values = new HashMap<>();

  private Scope scope = Scope.PACKET_HEADER;
  private final List<String> path = new ArrayList<>();

  RandomRows(TraceClass traceClass, DataStreamClass stream, SplittableRandom random) {
    this.stream = stream;
    this.random = random;
    collect(traceClass.packetHeader());
    collect(stream.packetContext());
    collect(stream.eventHeader());
    collect(stream.commonContext());
    // Payloads of all classes use lengths of the packet context.
    for (EventClass eventClass : stream.eventClasses()) {
      collect(eventClass.specificContext());
      collect(eventClass.payload());
    }
  }

  private void collect(@Nullable FieldClass fieldClass) {
    switch (fieldClass) {
      case null -> {}
      case FieldClass.DynamicLengthString string -> {
        if (string.encoding() == TextEncoding.UTF_8) {
          uses.putIfAbsent(string.length(), List.of());
        } else {
          uses.put(string.length(), WHOLE_UNITS);
        }
      }
      case FieldClass.DynamicLengthBlob blob -> uses.putIfAbsent(blob.length(), List.of());
      case FieldClass.StaticLengthArray array -> collect(array.element());
      case FieldClass.DynamicLengthArray array -> {
        uses.putIfAbsent(array.length(), List.of());
        collect(array.element());
      }
      case FieldClass.Structure structure ->
          structure.members().forEach(member -> collect(member.fieldClass()));
      case FieldClass.Optional optional -> {
        List<IntegerRange> ranges = optional.selectorRanges();
        List<IntegerRange> all = new ArrayList<>(List.of(new IntegerRange(0, 1)));
        if (ranges != null) {
          all.addAll(ranges);
        }
        uses.put(optional.selector(), all);
        collect(optional.content());
      }
      case FieldClass.Variant variant -> {
        List<IntegerRange> all = new ArrayList<>();
        for (FieldClass.Option option : variant.options()) {
          all.addAll(option.selectorRanges());
          collect(option.fieldClass());
        }
        uses.put(variant.selector(), all);
      }
      case FieldClass.FixedLength _,
          FieldClass.VariableLengthInt _,
          FieldClass.NullTerminatedString _,
          FieldClass.StaticLengthString _,
          FieldClass.StaticLengthBlob _ -> {}
    }
  }

  /// The fields of the packet context that the writer does not fill by itself.
  void fillPacketContext(StructColumn column) {
    column.clear();
    fill(Scope.PACKET_CONTEXT, column, 0);
  }

  /// Classes have fields of the same names: what those of another are used for does not count.
  void startRecord(EventClass eventClass) {
    uses.keySet()
        .removeIf(location ->
            location.origin() == Scope.SPECIFIC_CONTEXT || location.origin() == Scope.PAYLOAD);
    collect(eventClass.specificContext());
    collect(eventClass.payload());
    collect(stream.commonContext());
  }

  /// Fills a row of a scope.
  void fill(Scope newScope, StructColumn column, int row) {
    scope = newScope;
    path.clear();
    fill(column, row);
  }

  private void fill(Column column, int row) {
    switch (column) {
      case LongColumn longs -> longs.values()[row] = integer(longs.fieldClass());
      case DoubleColumn doubles -> doubles.values()[row] = floating(doubles);
      case BytesColumn bytes -> bytes(bytes, row);
      case StructColumn struct -> {
        Map<FieldLocation, List<IntegerRange>> outerUses = new HashMap<>(uses);
        if (!path.isEmpty()) {
          useOnly(struct.structure());
        }
        for (int i = 0; i < struct.memberCount(); i++) {
          path.add(struct.structure().members().get(i).name());
          fill(Objects.requireNonNull(struct.member(i)), row);
          path.removeLast();
        }
        uses.clear();
        uses.putAll(outerUses);
      }
      case ListColumn list -> {
        long length =
            switch (list.fieldClass()) {
              case FieldClass.StaticLengthArray array -> array.length();
              case FieldClass.DynamicLengthArray array -> value(array.length());
              default -> throw new AssertionError();
            };
        int first = list.append(row, (int) length);
        for (int i = 0; i < length; i++) {
          fill(list.elements(), first + i);
        }
      }
      case OptionalColumn optional -> {
        FieldClass.Optional fieldClass = (FieldClass.Optional) optional.fieldClass();
        long selector = value(fieldClass.selector());
        List<IntegerRange> ranges = fieldClass.selectorRanges();
        boolean present =
            ranges == null
                ? selector != 0
                : ranges.stream().anyMatch(range -> range.contains(selector, false));
        if (present) {
          fill(optional.content(), row);
        } else {
          optional.markInvalid(row);
        }
      }
      case VariantColumn variant -> {
        FieldClass.Variant fieldClass = (FieldClass.Variant) variant.fieldClass();
        long selector = value(fieldClass.selector());
        int selected = 0;
        while (!contains(fieldClass.options().get(selected).selectorRanges(), selector)) {
          selected++;
        }
        variant.selected()[row] = selected;
        fill(variant.option(selected), row);
      }
    }
  }

  /// Options of a variant may use different fields at one location: below here, what this structure
  /// refers to counts.
  private void useOnly(FieldClass.Structure structure) {
    uses.keySet().removeIf(this::isBelow);
    Map<FieldLocation, List<IntegerRange>> others = new HashMap<>(uses);
    collect(structure);
    uses.keySet().removeIf(location -> !isBelow(location));
    uses.putAll(others);
  }

  private boolean isBelow(FieldLocation location) {
    return location.origin() == scope
        && location.path().size() > path.size()
        && location.path().subList(0, path.size()).equals(path);
  }

  private static boolean contains(List<IntegerRange> ranges, long value) {
    return ranges.stream().anyMatch(range -> range.contains(value, true));
  }

  private long value(FieldLocation location) {
    return Objects.requireNonNull(values.get(location), location::toString);
  }

  private long integer(FieldClass fieldClass) {
    FieldLocation here = path.isEmpty() ? null : new FieldLocation(scope, path);
    List<IntegerRange> use = here == null ? null : uses.get(here);
    long value;
    if (use == null || here == null) {
      value = anyInteger(fieldClass);
    } else if (use.isEmpty()) {
      value = random.nextInt(LONGEST + 1);
    } else {
      IntegerRange range = use.get(random.nextInt(use.size()));
      value = range.lower() + random.nextLong(range.upper() - range.lower() + 1);
    }
    // Options of a variant may have different fields at one location.
    if (value != fitted(fieldClass, value)) {
      value = anyInteger(fieldClass);
    }
    if (fieldClass instanceof FieldClass.Bool) {
      value &= 1;
    }
    if (here != null) {
      values.put(here, value);
    }
    return value;
  }

  private long anyInteger(FieldClass fieldClass) {
    long bits =
        switch (random.nextInt(4)) {
          case 0 -> random.nextInt(10) - 5;
          case 1 -> random.nextLong() >> random.nextInt(64);
          default -> random.nextLong();
        };
    return fitted(fieldClass, bits);
  }

  /// The value that the last bits of `value` have in the field.
  private static long fitted(FieldClass fieldClass, long value) {
    if (!(fieldClass instanceof FieldClass.FixedLength fixed)) {
      return value;
    }
    int unused = 64 - fixed.layout().lengthBits();
    boolean signed = fieldClass instanceof FieldClass.Int integer && integer.signed();
    return signed ? value << unused >> unused : value << unused >>> unused;
  }

  private double floating(DoubleColumn column) {
    int lengthBits = ((FieldClass.Floating) column.fieldClass()).layout().lengthBits();
    double value =
        switch (lengthBits) {
          case 16 -> Float.float16ToFloat((short) random.nextInt());
          case 32 -> Float.intBitsToFloat(random.nextInt());
          default -> Double.longBitsToDouble(random.nextLong());
        };
    return Double.isNaN(value) ? 0.5 : value;
  }

  private void bytes(BytesColumn column, int row) {
    FieldClass fieldClass = column.fieldClass();
    byte[] value;
    switch (fieldClass) {
      case FieldClass.NullTerminatedString string -> value = text(string.encoding(), 40);
      case FieldClass.StaticLengthString string ->
          value = text(string.encoding(), string.lengthBytes());
      case FieldClass.DynamicLengthString string ->
          value = filled(string.encoding(), value(string.length()));
      case FieldClass.StaticLengthBlob blob -> value = blob(blob.lengthBytes());
      case FieldClass.DynamicLengthBlob blob -> value = blob(value(blob.length()));
      default -> throw new AssertionError();
    }
    // The array is shared by all rows: what is there stays, the new value goes behind it.
    byte[] all = column.bytes();
    int offset = all.length;
    all = Arrays.copyOf(all, offset + value.length);
    System.arraycopy(value, 0, all, offset, value.length);
    column.share(all);
    column.offsetsBytes()[row] = offset;
    column.lengthsBytes()[row] = value.length;
  }

  /// A text that may be as long as its length field says. Where it is, and that is no whole number
  /// of code units, the rest of the field has no room for the zeros that would end the text before
  /// it, so it belongs to the text.
  private byte[] filled(TextEncoding encoding, long lengthBytes) {
    byte[] text = text(encoding, lengthBytes);
    return text.length > lengthBytes - encoding.unitBytes()
        ? Arrays.copyOf(text, (int) lengthBytes)
        : text;
  }

  private byte[] text(TextEncoding encoding, long mostBytes) {
    StringBuilder text = new StringBuilder();
    int wanted = random.nextInt(8);
    while (true) {
      byte[] before = text.toString().getBytes(encoding.charset());
      if (wanted-- == 0) {
        return before;
      }
      int at =
          LETTERS.offsetByCodePoints(
              0, random.nextInt(LETTERS.codePointCount(0, LETTERS.length())));
      text.appendCodePoint(LETTERS.codePointAt(at));
      if (text.toString().getBytes(encoding.charset()).length > mostBytes) {
        return before;
      }
    }
  }

  private byte[] blob(long length) {
    byte[] bytes = new byte[(int) length];
    random.nextBytes(bytes);
    return bytes;
  }
}
