package dev.rideau.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.trace.testing.Fields;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class ColumnTest {
  private static final FieldClass PAIR =
      Fields.structure("a", Fields.unsigned(32), "b", Fields.string());

  @Test
  void everyFieldClassHasItsColumn() {
    assertThat(Column.of(Fields.unsigned(8))).isInstanceOf(LongColumn.class);
    assertThat(Column.of(Fields.bool())).isInstanceOf(LongColumn.class);
    assertThat(Column.of(Fields.real())).isInstanceOf(DoubleColumn.class);
    assertThat(Column.of(Fields.string())).isInstanceOf(BytesColumn.class);
    assertThat(Column.of(Fields.sequence("n", Fields.real()))).isInstanceOf(ListColumn.class);
    assertThat(Column.of(PAIR)).isInstanceOf(StructColumn.class);
    assertThat(Column.of(Fields.variant("n", "x", PAIR))).isInstanceOf(VariantColumn.class);
  }

  @Property(tries = 100)
  void remembersWhichRowsAreInvalid(@ForAll long seed) {
    Random random = new Random(seed);
    Column column = Column.of(Fields.unsigned(8));
    BitSet expected = new BitSet();
    for (int i = 0; i < 50; i++) {
      int row = random.nextInt(random.nextBoolean() ? 70 : 20_000);
      column.markInvalid(row);
      expected.set(row);
    }
    for (int row = 0; row < 25_000; row++) {
      assertThat(column.isValid(row)).isEqualTo(!expected.get(row));
    }
    column.clear();
    for (int row = 0; row < 25_000; row++) {
      assertThat(column.isValid(row)).isTrue();
    }
  }

  @Test
  void isAllValidAgainAfterClear() {
    Column column = Column.of(Fields.unsigned(8));
    assertThat(column.isAllValid()).isTrue();
    column.markInvalid(64);
    assertThat(column.isAllValid()).isFalse();
    column.clear();
    assertThat(column.isAllValid()).isTrue();
    column.markInvalid(3);
    assertThat(column.isAllValid()).isFalse();
    assertThat(column.isValid(3)).isFalse();
    assertThat(column.isValid(64)).isTrue();
  }

  @Test
  void growthKeepsWhatIsThere() {
    LongColumn numbers = (LongColumn) Column.of(Fields.signed(64));
    int rows = 0;
    for (int i = 1; i < 100; i++) {
      numbers.ensureCapacity(rows + i);
      for (int j = 0; j < i; j++) {
        numbers.values()[rows] = rows * 3L;
        rows++;
      }
    }
    for (int row = 0; row < rows; row++) {
      assertThat(numbers.value(row)).isEqualTo(row * 3L);
    }
  }

  @Test
  void listsPutElementsOneBehindTheOther() {
    ListColumn lists = (ListColumn) Column.of(Fields.sequence("n", Fields.unsigned(8)));
    lists.ensureCapacity(3);
    int[] lengths = {3, 0, 200};
    for (int row = 0; row < lengths.length; row++) {
      int first = lists.append(row, lengths[row]);
      long[] values = ((LongColumn) lists.elements()).values();
      for (int i = 0; i < lengths[row]; i++) {
        values[first + i] = row * 1000L + i;
      }
    }
    assertThat(lists.elementCount()).isEqualTo(203);
    long[] values = ((LongColumn) lists.elements()).values();
    for (int row = 0; row < lengths.length; row++) {
      assertThat(lists.lengths()[row]).isEqualTo(lengths[row]);
      for (int i = 0; i < lengths[row]; i++) {
        assertThat(values[lists.offsets()[row] + i]).isEqualTo(row * 1000L + i);
      }
    }
  }

  @Test
  void listsTakeBackElements() {
    ListColumn lists = (ListColumn) Column.of(Fields.sequence("n", Fields.unsigned(8)));
    lists.ensureCapacity(2);
    lists.append(0, 2);
    int kept = lists.elementCount();
    lists.append(1, 5);
    lists.truncate(kept);
    assertThat(lists.append(1, 1)).isEqualTo(2);
    lists.clear();
    assertThat(lists.elementCount()).isZero();
    assertThat(lists.append(0, 1)).isZero();
  }

  @Test
  void nestedListsGrowTogether() {
    ListColumn outer =
        (ListColumn) Column.of(Fields.sequence("n", Fields.sequence("n", Fields.string())));
    outer.ensureCapacity(1);
    int first = outer.append(0, 50);
    ListColumn inner = (ListColumn) outer.elements();
    for (int i = 0; i < 50; i++) {
      assertThat(inner.append(first + i, i)).isEqualTo(i * (i - 1) / 2);
    }
    assertThat(((BytesColumn) inner.elements()).lengthsBytes().length)
        .isGreaterThanOrEqualTo(50 * 49 / 2);
  }

  @Test
  void compoundColumnsGrowTheirParts() {
    FieldClass optional =
        new FieldClass.Optional(
            new FieldLocation(Scope.PAYLOAD, List.of("n")), null, PAIR, 1, Attributes.NONE);
    Column column = Column.of(Fields.variant("n", "x", optional, "y", Fields.real()));
    column.ensureCapacity(100);
    VariantColumn variant = (VariantColumn) column;
    assertThat(variant.selected().length).isGreaterThanOrEqualTo(100);
    StructColumn pair = (StructColumn) ((OptionalColumn) variant.option(0)).content();
    assertThat(((LongColumn) Objects.requireNonNull(pair.member("a"))).values().length)
        .isGreaterThanOrEqualTo(100);
    assertThat(((DoubleColumn) variant.option(1)).values().length).isGreaterThanOrEqualTo(100);
    variant.option(0).markInvalid(7);
    column.clear();
    assertThat(variant.option(0).isValid(7)).isTrue();
  }

  @Test
  void structuresHoldOnlyWantedMembers() {
    StructColumn columns =
        StructColumn.of((FieldClass.Structure) PAIR, MemberSelection.of(Set.of("b", "z")));
    assertThat(columns.memberCount()).isEqualTo(2);
    assertThat(columns.member(0)).isNull();
    assertThat(columns.member("a")).isNull();
    assertThat(columns.member("b")).isInstanceOf(BytesColumn.class);
    assertThat(columns.member("z")).isNull();
  }

  @Test
  void textIsDecodedAsItsClassSays() {
    for (TextEncoding encoding : TextEncoding.values()) {
      byte[] bytes = "xπ𝄞y".getBytes(encoding.charset());
      BytesColumn column =
          (BytesColumn)
              Column.of(new FieldClass.NullTerminatedString(encoding, 8, Attributes.NONE));
      column.ensureCapacity(1);
      column.share(bytes);
      int unit = "x".getBytes(encoding.charset()).length;
      column.offsetsBytes()[0] = unit;
      column.lengthsBytes()[0] = bytes.length - 2 * unit;
      assertThat(column.text(0)).isEqualTo("π𝄞");
    }
    BytesColumn blob =
        (BytesColumn) Column.of(new FieldClass.StaticLengthBlob(2, "", Set.of(), Attributes.NONE));
    blob.ensureCapacity(1);
    blob.share("no".getBytes(StandardCharsets.UTF_8));
    blob.lengthsBytes()[0] = 2;
    assertThat(blob.text(0)).isEqualTo("no");
  }

  @Test
  void batchesHaveTheColumnsOfTheirProjection() {
    EventClass eventClass =
        Fields.event(0, "e", Fields.structure("c", Fields.bool()), (FieldClass.Structure) PAIR);
    DataStreamClass stream = Fields.stream(null, Fields.structure("d", Fields.real()), eventClass);
    Batch all = Batch.of(stream, eventClass, Projection.ALL);
    assertThat(all.columns(Scope.COMMON_CONTEXT)).isNotNull();
    assertThat(all.columns(Scope.SPECIFIC_CONTEXT)).isNotNull();
    assertThat(all.columns(Scope.PAYLOAD)).isNotNull();
    assertThat(all.columns(Scope.EVENT_HEADER)).isNull();
    Batch none = Batch.of(stream, eventClass, Projection.TIMESTAMPS);
    assertThat(none.commonContext()).isNull();
    assertThat(none.payload()).isNull();
    Batch some =
        Batch.of(
            stream,
            eventClass,
            (_, scope) ->
                scope == Scope.PAYLOAD ? MemberSelection.of(Set.of("a")) : MemberSelection.NONE);
    assertThat(some.specificContext()).isNull();
    assertThat(Objects.requireNonNull(some.payload()).member("a")).isNotNull();
    assertThat(Objects.requireNonNull(some.payload()).member("b")).isNull();
  }
}
