package dev.rideau.kernel;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The declaration of a table of facts: one place for its name, columns, types, units and meaning.
///
/// @param name as SQL spells it, singular
/// @param sentence what a row is
/// @param columns in the order in which rows are written
public record FactTable(String name, String sentence, List<FactColumn> columns) {

  public FactTable {
    columns = List.copyOf(columns);
    Set<String> names = new HashSet<>();
    for (FactColumn column : columns) {
      if (!names.add(column.name())) {
        throw new IllegalArgumentException(name + " has two columns " + column.name());
      }
    }
  }

  /// Begins a declaration.
  public static Builder named(String name, String sentence) {
    return new Builder(name, sentence);
  }

  /// Position of the column with that name.
  ///
  /// @throws IllegalArgumentException when there is none
  public int indexOf(String column) {
    for (int index = 0; index < columns.size(); index++) {
      if (columns.get(index).name().equals(column)) {
        return index;
      }
    }
    throw new IllegalArgumentException("table " + name + " has no column " + column);
  }

  /// Collects columns in order.
  public static final class Builder {
    private final String name;
    private final String sentence;
    private final List<FactColumn> columns = new ArrayList<>();

    private Builder(String name, String sentence) {
      this.name = name;
      this.sentence = sentence;
    }

    /// Adds the columns `ts` and `dur` of an interval and the `clipped` that tells which of its
    /// ends are the trace's and not its own.
    public Builder interval(String begin, String end) {
      return column("ts", FactType.TIMESTAMP, Unit.NANOSECONDS, begin)
          .column("dur", FactType.DURATION, Unit.NANOSECONDS, end)
          .column(
              "clipped",
              FactType.INT,
              Unit.NONE,
              "0 when both ends were recorded, 1 when it began before the recording (`ts` is the"
                  + " recording's begin), 2 when it lasts beyond it (`ts + dur` is the recording's"
                  + " end) or events were lost since (`ts + dur` is the last moment that is known),"
                  + " 3 when both hold.");
    }

    /// Adds the column `ts` of a point.
    public Builder point(String sentence) {
      return column("ts", FactType.TIMESTAMP, Unit.NANOSECONDS, sentence);
    }

    /// Adds a column whose every row has a value.
    public Builder column(String column, FactType type, Unit unit, String text) {
      columns.add(new FactColumn(column, type, unit, false, text));
      return this;
    }

    /// Adds a column of numbers without unit or of texts whose every row has a value.
    public Builder column(String column, FactType type, String text) {
      return column(column, type, Unit.NONE, text);
    }

    /// Adds a column that may be without value.
    public Builder nullable(String column, FactType type, Unit unit, String text) {
      columns.add(new FactColumn(column, type, unit, true, text));
      return this;
    }

    /// Adds a column of numbers without unit or of texts that may be without value.
    public Builder nullable(String column, FactType type, String text) {
      return nullable(column, type, Unit.NONE, text);
    }

    /// Ends the declaration.
    public FactTable build() {
      return new FactTable(name, sentence, columns);
    }
  }
}
