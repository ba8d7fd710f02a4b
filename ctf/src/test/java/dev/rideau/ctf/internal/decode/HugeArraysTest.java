package dev.rideau.ctf.internal.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.trace.Attributes;
import dev.rideau.trace.BitLayout;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.FieldLocation;
import dev.rideau.trace.PacketIndex;
import dev.rideau.trace.Projection;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.Scope;
import dev.rideau.trace.TextEncoding;
import dev.rideau.trace.TraceClass;
import dev.rideau.trace.testing.Fields;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Arrays that would take far more memory or time than their bytes.
@Tag("slow")
final class HugeArraysTest {
  private static final FieldClass.Int BIT =
      FieldClass.Int.of(BitLayout.of(1, 1, ByteOrder.LITTLE_ENDIAN), false);

  private static final FieldClass EMPTY_STRING =
      new FieldClass.DynamicLengthString(
          new FieldLocation(Scope.PAYLOAD, List.of("n")), TextEncoding.UTF_8, 8, Attributes.NONE);

  @Test
  void nestedArraysOfNothingAreTooLong() {
    FieldClass nothing = array(60_000, array(60_000, FieldClass.Structure.EMPTY));
    assertThat(rules(new byte[100], nothing)).containsExactly("field-too-long");
  }

  @Test
  void aDynamicArrayOfNothingIsTooLong() {
    byte[] bytes = {-1, -1, -1, -1, 0, 0};
    FieldClass.Structure payload =
        Fields.structure(
            "m",
            Fields.unsigned(32),
            "list",
            Fields.sequence("m", Fields.structure("n", FieldClass.Structure.EMPTY)));
    assertThat(rules(bytes, payload)).containsExactly("field-too-long");
  }

  @Test
  void manyBitsAreTooManyElements() {
    assertThat(rules(new byte[3 << 20], array(5000, array(4000, BIT))))
        .containsExactly("field-too-long");
  }

  @Test
  void arraysThatFitAreRead() {
    int bytes = (1 << 21) - 1;
    assertThat(rules(new byte[bytes + 1], array(bytes * 8L, BIT)))
        .as("a record of all bits but the last seven")
        .containsExactly("beyond-end-of-data");
    assertThat(rules(new byte[bytes + 1], array(bytes * 8L + 7, BIT))).isEmpty();
  }

  @Test
  void blocksOfBigRecordsAreShort() {
    FieldClass.Structure payload =
        Fields.structure("n", Fields.unsigned(8), "list", array(60_000, EMPTY_STRING));
    List<Integer> sizes = new ArrayList<>();
    assertThat(decode(new byte[200], payload, sizes)).isEmpty();
    assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(200);
    assertThat(sizes).allMatch(size -> size < 20);
  }

  private static FieldClass array(long length, FieldClass element) {
    return new FieldClass.StaticLengthArray(length, element, 1, Set.of(), Attributes.NONE);
  }

  /// Rules that the bytes break as records of the structure, or of a structure of the field.
  private static List<String> rules(byte[] bytes, FieldClass field) {
    FieldClass.Structure payload =
        field instanceof FieldClass.Structure structure
            ? structure
            : Fields.structure("field", field, "last", BIT);
    return decode(bytes, payload, new ArrayList<>()).stream().map(Diagnostic::rule).toList();
  }

  private static List<Diagnostic> decode(
      byte[] bytes, FieldClass.Structure payload, List<Integer> sizes) {
    DataStreamClass stream = Fields.stream(null, null, Fields.event(0, "e", null, payload));
    TraceClass traceClass = Fields.trace(stream);
    PacketIndex.Builder index = new PacketIndex.Builder(List.of(MemoryPackets.FILE));
    index.add(0, 0, bytes.length * 8L, bytes.length * 8L);
    MemoryPackets memory = new MemoryPackets(stream, index.build(), bytes);
    List<Diagnostic> diagnostics = new ArrayList<>();
    try (CtfBlockCursor cursor =
        new CtfBlockCursor(
            memory,
            memory,
            new StreamProcedures(traceClass, stream, Projection.ALL),
            0,
            1,
            diagnostics::add)) {
      @Nullable RecordBlock block = cursor.next();
      while (block != null) {
        sizes.add(block.size());
        block = cursor.next();
      }
    }
    return diagnostics;
  }
}
