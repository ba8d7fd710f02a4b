package dev.rideau.trace;

import java.util.Arrays;

/// Arrays. The elements of all rows stand one behind the other in a column of their own.
///
/// ```
/// row      0        1    2
/// offset   0        3    3
/// length   3        0    2
/// elements a b c         d e
/// ```
public final class ListColumn extends Column {
  private final Column elements;
  private int[] offsets = new int[0];
  private int[] lengths = new int[0];
  private int elementCount;

  ListColumn(FieldClass fieldClass, Column elements) {
    super(fieldClass);
    this.elements = elements;
  }

  /// The elements of all rows.
  public Column elements() {
    return elements;
  }

  /// First element of each row.
  public int[] offsets() {
    return offsets;
  }

  /// Number of elements of each row.
  public int[] lengths() {
    return lengths;
  }

  /// How many elements all rows have together.
  public int elementCount() {
    return elementCount;
  }

  /// Gives `row` the next `length` elements and makes room for them.
  ///
  /// @return the row of the first of them in [#elements()]
  public int append(int row, int length) {
    int first = elementCount;
    offsets[row] = first;
    lengths[row] = length;
    elementCount = Math.addExact(first, length);
    elements.ensureCapacity(elementCount);
    return first;
  }

  /// Takes back the elements from `elementCount` on, those of a record that was not whole.
  public void truncate(int elementCount) {
    this.elementCount = elementCount;
  }

  @Override
  public void ensureCapacity(int rows) {
    if (rows > offsets.length) {
      int capacity = grown(offsets.length, rows);
      offsets = Arrays.copyOf(offsets, capacity);
      lengths = Arrays.copyOf(lengths, capacity);
    }
  }

  @Override
  public void clear() {
    super.clear();
    elementCount = 0;
    elements.clear();
  }
}
