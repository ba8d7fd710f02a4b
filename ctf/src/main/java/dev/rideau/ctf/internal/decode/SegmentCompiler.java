package dev.rideau.ctf.internal.decode;

import dev.rideau.trace.BitLayout;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.MemberSelection;
import dev.rideau.trace.Projection;
import dev.rideau.trace.Role;
import dev.rideau.trace.Scope;
import dev.rideau.trace.TextEncoding;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Compiles event classes of a simple kind to [Segment]s: integers, floating point numbers, strings
/// and arrays of integers, at byte boundaries on the whole, with nothing that depends on a value.
/// That is most of what tracers write; the other classes have nodes.
final class SegmentCompiler {
  private static final long MOST_SEGMENT_BITS = 1L << 30;
  private static final int MOST_ELEMENTS = 1 << 12;

  private final List<Segment> segments = new ArrayList<>();
  private final List<Leaf> leaves = new ArrayList<>();
  private int columnCount;

  /// What the start of the segment is known to be a multiple of; 0 before the first field.
  private long segmentAlignmentBits;

  private int segmentAlignmentBytes = 1;
  private long offsetBits;

  /// Elements of all arrays; records with many have nodes, which count them.
  private long elements;

  private @Nullable ByteOrder lastByteOrder;

  private SegmentCompiler() {}

  /// The segments of an event class, or null when it is not of the simple kind.
  static Segment @Nullable [] compile(
      DataStreamClass stream, EventClass eventClass, Projection projection) {
    SegmentCompiler compiler = new SegmentCompiler();
    boolean simple =
        compiler.addScope(
                stream.commonContext(), projection.members(eventClass, Scope.COMMON_CONTEXT))
            && compiler.addScope(
                eventClass.specificContext(),
                projection.members(eventClass, Scope.SPECIFIC_CONTEXT))
            && compiler.addScope(
                eventClass.payload(), projection.members(eventClass, Scope.PAYLOAD))
            && compiler.segmentAlignmentBits > 0
            && (compiler.offsetBits & 7) == 0;
    if (!simple) {
      return null;
    }
    if (compiler.segments.isEmpty() || !compiler.isAtSegmentStart()) {
      compiler.closeSegment(false, -1);
    }
    return compiler.segments.toArray(new Segment[0]);
  }

  private boolean addScope(FieldClass.@Nullable Structure structure, MemberSelection wanted) {
    if (structure == null) {
      return true;
    }
    if (!align(structure.alignmentBits())) {
      return structure.members().isEmpty() && structure.alignmentBits() == 1;
    }
    for (FieldClass.Member member : structure.members()) {
      if (!add(member.fieldClass(), wanted.includes(member.name()))) {
        return false;
      }
    }
    return true;
  }

  private boolean add(FieldClass fieldClass, boolean wanted) {
    return switch (fieldClass) {
      case FieldClass.Int integer ->
          !integer.roles().contains(Role.DEFAULT_CLOCK_TIMESTAMP)
              && addInteger(integer.layout(), integer.signed(), false, wanted);
      case FieldClass.Bool bool -> addInteger(bool.layout(), false, true, wanted);
      case FieldClass.BitArray bits -> addInteger(bits.layout(), false, false, wanted);
      case FieldClass.BitMap bits -> addInteger(bits.layout(), false, false, wanted);
      case FieldClass.Floating floating -> addFloating(floating.layout(), wanted);
      case FieldClass.NullTerminatedString string -> addNullTerminated(string, wanted);
      case FieldClass.StaticLengthString string ->
          addBytes(
              string.lengthBytes(), string.encoding().unitBytes(), string.alignmentBits(), wanted);
      case FieldClass.StaticLengthBlob blob ->
          addBytes(blob.lengthBytes(), 0, blob.alignmentBits(), wanted);
      case FieldClass.StaticLengthArray array -> addArray(array, wanted);
      case FieldClass.Structure structure -> addStructure(structure, wanted);
      case FieldClass.VariableLengthInt _,
          FieldClass.DynamicLengthString _,
          FieldClass.DynamicLengthBlob _,
          FieldClass.DynamicLengthArray _,
          FieldClass.Optional _,
          FieldClass.Variant _ ->
          false;
    };
  }

  private boolean addInteger(BitLayout layout, boolean signed, boolean bool, boolean wanted) {
    if (!beginBits(layout)) {
      return false;
    }
    if (wanted) {
      leaves.add(Leaves.integer(layout, offsetBits, signed, bool, columnCount++));
    }
    return advance(layout.lengthBits());
  }

  private boolean addFloating(BitLayout layout, boolean wanted) {
    if (layout.lengthBits() > 64 || !beginBits(layout)) {
      return false;
    }
    if (wanted) {
      leaves.add(Leaves.floating(layout, offsetBits, columnCount++));
    }
    return advance(layout.lengthBits());
  }

  private boolean addNullTerminated(FieldClass.NullTerminatedString string, boolean wanted) {
    if (string.encoding() != TextEncoding.UTF_8 || !align(string.alignmentBits())) {
      return false;
    }
    closeSegment(true, wanted ? columnCount++ : -1);
    segmentAlignmentBits = 8;
    return true;
  }

  private boolean addBytes(long lengthBytes, int unitBytes, int alignmentBits, boolean wanted) {
    if (!align(alignmentBits) || lengthBytes > MOST_SEGMENT_BITS >> 3) {
      return false;
    }
    if (wanted) {
      leaves.add(Leaves.bytes((int) lengthBytes, unitBytes, offsetBits, columnCount++));
    }
    return advance(lengthBytes << 3);
  }

  private boolean addArray(FieldClass.StaticLengthArray array, boolean wanted) {
    if (array.length() > MOST_ELEMENTS - elements || !align(array.alignmentBits())) {
      return false;
    }
    elements += array.length();
    BitLayout layout;
    boolean signed = false;
    switch (array.element()) {
      case FieldClass.Int integer when !integer.roles().contains(Role.DEFAULT_CLOCK_TIMESTAMP) -> {
        layout = integer.layout();
        signed = integer.signed();
      }
      case FieldClass.BitArray bits -> layout = bits.layout();
      default -> {
        return false;
      }
    }
    int length = (int) array.length();
    if (length > 0 && !beginBits(layout)) {
      return false;
    }
    long alignment = layout.alignmentBits();
    long strideBits = (layout.lengthBits() + alignment - 1) & -alignment;
    if (wanted) {
      leaves.add(Leaves.array(layout, signed, length, strideBits, offsetBits, columnCount));
      columnCount += 2;
    }
    return length == 0 || advance((length - 1) * strideBits + layout.lengthBits());
  }

  private boolean addStructure(FieldClass.Structure structure, boolean wanted) {
    if (!align(structure.alignmentBits())) {
      return false;
    }
    for (FieldClass.Member member : structure.members()) {
      if (!add(member.fieldClass(), wanted)) {
        return false;
      }
    }
    return true;
  }

  private boolean beginBits(BitLayout layout) {
    if (!align(layout.alignmentBits())) {
      return false;
    }
    if ((offsetBits & 7) != 0
        && lastByteOrder != null
        && !lastByteOrder.equals(layout.byteOrder())) {
      return false;
    }
    lastByteOrder = layout.byteOrder();
    return true;
  }

  private boolean align(long alignmentBits) {
    if (segmentAlignmentBits == 0) {
      if (alignmentBits < 8) {
        return false;
      }
      segmentAlignmentBits = alignmentBits;
      segmentAlignmentBytes = (int) (alignmentBits >> 3);
    } else if (alignmentBits <= segmentAlignmentBits) {
      offsetBits = (offsetBits + alignmentBits - 1) & -alignmentBits;
    } else {
      offsetBits = (offsetBits + 7) & -8L;
      closeSegment(false, -1);
      segmentAlignmentBits = alignmentBits;
      segmentAlignmentBytes = (int) (alignmentBits >> 3);
    }
    return segmentAlignmentBytes <= DecodeState.WINDOW_ALIGNMENT_BYTES;
  }

  /// Whether nothing stands behind the segment that was closed last, not even an alignment.
  private boolean isAtSegmentStart() {
    return offsetBits == 0 && segmentAlignmentBytes == 1 && leaves.isEmpty();
  }

  private boolean advance(long bits) {
    offsetBits += bits;
    return offsetBits <= MOST_SEGMENT_BITS;
  }

  private void closeSegment(boolean endsWithString, int stringColumn) {
    segments.add(
        new Segment(
            segmentAlignmentBytes,
            (int) (offsetBits >> 3),
            leaves.toArray(new Leaf[0]),
            endsWithString,
            stringColumn));
    leaves.clear();
    segmentAlignmentBytes = 1;
    offsetBits = 0;
  }
}
