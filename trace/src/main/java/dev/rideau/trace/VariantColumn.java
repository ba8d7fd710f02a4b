package dev.rideau.trace;

import java.util.Arrays;

/// Variants: which option each row has, and a column for each option, of which a row is defined
/// only where it is the one selected.
public final class VariantColumn extends Column {
  private final Column[] options;
  private int[] selected = new int[0];

  VariantColumn(FieldClass.Variant variant) {
    super(variant);
    options = new Column[variant.options().size()];
    for (int i = 0; i < options.length; i++) {
      options[i] = Column.of(variant.options().get(i).fieldClass());
    }
  }

  /// Index of the option of each row.
  public int[] selected() {
    return selected;
  }

  /// How many options there are.
  public int optionCount() {
    return options.length;
  }

  /// The column of an option.
  public Column option(int index) {
    return options[index];
  }

  @Override
  public void ensureCapacity(int rows) {
    if (rows > selected.length) {
      selected = Arrays.copyOf(selected, grown(selected.length, rows));
    }
    for (Column option : options) {
      option.ensureCapacity(rows);
    }
  }

  @Override
  public void clear() {
    super.clear();
    for (Column option : options) {
      option.clear();
    }
  }
}
