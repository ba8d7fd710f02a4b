package dev.rideau.trace;

/// Optionals: a row is valid where the content is there.
public final class OptionalColumn extends Column {
  private final Column content;

  OptionalColumn(FieldClass.Optional optional, Column content) {
    super(optional);
    this.content = content;
  }

  /// The content, defined only in the rows that are valid here.
  public Column content() {
    return content;
  }

  @Override
  public void ensureCapacity(int rows) {
    content.ensureCapacity(rows);
  }

  @Override
  public void clear() {
    super.clear();
    content.clear();
  }
}
