package dev.rideau.ctf.internal.decode;

import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.Mapping;
import dev.rideau.trace.Role;
import dev.rideau.trace.Scope;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes what a decoder finds in the notation of the conformance cases: a line per element, with
/// the bit of the stream where it lies.
///
/// That notation lets a record begin at its first field, behind the alignment; so the lines that
/// begin a record wait until its first scope does.
final class CanonicalDump implements ElementVisitor {
  private final List<String> lines = new ArrayList<>();

  /// Lines of which the bit is not known yet, as indent and text.
  private final List<String> waiting = new ArrayList<>();

  private long packetStartBits;
  private int indent;
  private boolean saidTotal;
  private boolean hasClass;

  /// The lines up to now.
  List<String> lines() {
    return lines;
  }

  /// Says where in the stream the next packet starts.
  void startPacketAt(long bits) {
    packetStartBits = bits;
  }

  /// The end of a packet with its padding.
  void endOfPadding(long bit) {
    close(bit);
  }

  @Override
  public void beginPacket(long bit) {
    open(bit, "P");
    open(bit, "PC");
    saidTotal = false;
  }

  @Override
  public void endPacket(long bit) {
    close(bit);
  }

  @Override
  public void beginScope(Scope scope, long bit) {
    for (String line : waiting) {
      lines.add(place(bit) + line);
    }
    waiting.clear();
    open(bit, "SC:" + scope.ordinal());
  }

  @Override
  public void endScope(Scope scope, long bit) {
    close(bit);
  }

  @Override
  public void dataStreamInfo(
      @Nullable DataStreamClass dataStreamClass, @Nullable Long dataStreamId, long bit) {
    hasClass = dataStreamClass != null;
    line(
        bit,
        "DSI"
            + (dataStreamClass == null ? "" : ":T" + Long.toUnsignedString(dataStreamClass.id()))
            + (dataStreamId == null ? "" : ":I" + Long.toUnsignedString(dataStreamId)));
  }

  @Override
  public void packetInfo(PacketInfo info, long bit) {
    if (!hasClass) {
      return;
    }
    StringBuilder text = new StringBuilder("PI");
    append(text, ":T", saidTotal ? info.totalBits() : null);
    append(text, ":C", info.contentBits());
    append(text, ":D", info.discardedCounter());
    append(text, ":S", info.sequenceNumber());
    append(text, ":E", info.endClockValue());
    line(bit, text.toString());
  }

  private static void append(StringBuilder text, String key, @Nullable Long value) {
    if (value != null) {
      text.append(key).append(Long.toUnsignedString(value));
    }
  }

  @Override
  public void beginRecord(long bit) {
    waiting.add("  ".repeat(indent++) + "ER {");
  }

  @Override
  public void endRecord(long bit) {
    close(bit);
  }

  @Override
  public void recordInfo(EventClass eventClass, long bit) {
    String text = "ERI:T" + Long.toUnsignedString(eventClass.id());
    if (eventClass.name() != null) {
      text += ":#" + eventClass.name();
    }
    boolean isLast = isEmpty(eventClass.specificContext()) && isEmpty(eventClass.payload());
    if (waiting.isEmpty() || isLast) {
      line(bit, text);
    } else {
      waiting.add("  ".repeat(indent) + text);
    }
  }

  private static boolean isEmpty(FieldClass.@Nullable Structure structure) {
    return structure == null;
  }

  @Override
  public void clockValue(long value, long bit) {
    line(bit, "DCV:" + Long.toUnsignedString(value));
  }

  @Override
  public void metadataUuid(long high, long low, long bit) {
    line(bit, "MSU:" + new UUID(high, low));
  }

  @Override
  public void integral(@Nullable String name, FieldClass fieldClass, long value, long bit) {
    String code =
        switch (fieldClass) {
          case FieldClass.BitArray _ -> "FLBA";
          case FieldClass.BitMap _ -> "FLBM";
          case FieldClass.Bool _ -> "FLB";
          case FieldClass.Int integer -> integer.signed() ? "FLSI" : "FLUI";
          case FieldClass.VariableLengthInt integer -> integer.signed() ? "VLSI" : "VLUI";
          default -> throw new AssertionError(fieldClass);
        };
    boolean signed = fieldClass instanceof FieldClass.Integral integer && integer.signed();
    String text = signed ? Long.toString(value) : Long.toUnsignedString(value);
    if (fieldClass instanceof FieldClass.Bool) {
      text = value != 0 ? "true" : "false";
    } else if (fieldClass instanceof FieldClass.BitMap map) {
      text += ":" + activeFlags(map, value);
    }
    line(bit, code + named(name) + ":" + text);
    if (fieldClass instanceof FieldClass.Integral integer) {
      if (integer.roles().contains(Role.PACKET_MAGIC_NUMBER)) {
        long end = bit + ((FieldClass.Int) fieldClass).layout().lengthBits();
        line(end, "PMN:" + Long.toUnsignedString(value));
      }
      saidTotal |= integer.roles().contains(Role.PACKET_TOTAL_LENGTH);
    }
  }

  private static String activeFlags(FieldClass.BitMap map, long value) {
    return map.flags().stream()
        .filter(flag -> isActive(flag, value))
        .map(Mapping::label)
        .sorted()
        .collect(Collectors.joining(","));
  }

  private static boolean isActive(Mapping flag, long value) {
    for (int bit = 0; bit < 64; bit++) {
      if ((value >>> bit & 1) != 0) {
        for (var range : flag.ranges()) {
          if (range.lower() <= bit && bit <= range.upper()) {
            return true;
          }
        }
      }
    }
    return false;
  }

  @Override
  public void floating(@Nullable String name, FieldClass fieldClass, double value, long bit) {
    line(bit, "FLFPN" + named(name) + ":" + sixDigits(value));
  }

  /// As `%g` of C.
  private static String sixDigits(double value) {
    if (value == 0) {
      return "0";
    }
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(6, RoundingMode.HALF_EVEN));
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent >= -4 && exponent < 6) {
      return rounded.stripTrailingZeros().toPlainString();
    }
    String digits = rounded.movePointLeft(exponent).stripTrailingZeros().toPlainString();
    return "%se%s%02d".formatted(digits, exponent < 0 ? "-" : "+", Math.abs(exponent));
  }

  @Override
  public void beginBytes(@Nullable String name, FieldClass fieldClass, long bit) {
    String text =
        switch (fieldClass) {
          case FieldClass.NullTerminatedString _ -> "NTS" + named(name);
          case FieldClass.StaticLengthString _ -> "SLS" + named(name);
          case FieldClass.DynamicLengthString _ -> "DLS" + named(name);
          case FieldClass.StaticLengthBlob blob -> "SLB" + named(name) + ":" + blob.mediaType();
          case FieldClass.DynamicLengthBlob blob -> "DLB" + named(name) + ":" + blob.mediaType();
          default -> throw new AssertionError(fieldClass);
        };
    open(bit, text);
  }

  @Override
  public void bytes(FieldClass fieldClass, byte[] bytes, int offset, int length, long bit) {
    String text;
    if (fieldClass instanceof FieldClass.Text) {
      text = escaped(new String(bytes, offset, length, StandardCharsets.ISO_8859_1));
    } else {
      text = HexFormat.of().formatHex(bytes, offset, offset + length);
    }
    line(bit, "RD:" + length + ":" + text);
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (char c : text.toCharArray()) {
      escaped.append(c >= ' ' && c < 0x7f ? String.valueOf(c) : "$%02x".formatted((int) c));
    }
    return escaped.toString();
  }

  @Override
  public void endBytes(FieldClass fieldClass, long bit) {
    close(bit);
  }

  @Override
  public void beginStructure(@Nullable String name, FieldClass.Structure fieldClass, long bit) {
    open(bit, "ST" + named(name));
  }

  @Override
  public void endStructure(FieldClass.Structure fieldClass, long bit) {
    close(bit);
  }

  @Override
  public void beginArray(@Nullable String name, FieldClass fieldClass, long length, long bit) {
    open(bit, (fieldClass instanceof FieldClass.StaticLengthArray ? "SLA" : "DLA") + named(name));
  }

  @Override
  public void endArray(FieldClass fieldClass, long bit) {
    close(bit);
  }

  @Override
  public void beginOptional(
      @Nullable String name, FieldClass.Optional fieldClass, boolean present, long bit) {
    open(bit, "O" + named(name) + (present ? ":enabled" : ":disabled"));
  }

  @Override
  public void endOptional(FieldClass.Optional fieldClass, long bit) {
    close(bit);
  }

  @Override
  public void beginVariant(
      @Nullable String name, FieldClass.Variant fieldClass, int option, long selector, long bit) {
    open(bit, "V" + named(name) + ":" + selector);
  }

  @Override
  public void endVariant(FieldClass.Variant fieldClass, long bit) {
    close(bit);
  }

  private static String named(@Nullable String name) {
    return name == null ? "" : ":" + name;
  }

  private void open(long bit, String text) {
    line(bit, text + " {");
    indent++;
  }

  private void close(long bit) {
    indent--;
    line(bit, "}");
  }

  private void line(long bit, String text) {
    lines.add(place(bit) + "  ".repeat(indent) + text);
  }

  private String place(long bit) {
    return "%6d ".formatted(packetStartBits + bit);
  }
}
