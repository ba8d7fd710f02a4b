package dev.rideau.trace.filter;

import dev.rideau.trace.DataStream;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.filter.Condition.Name;
import dev.rideau.trace.filter.Condition.Root;
import java.util.ArrayList;
import java.util.List;

/// Chooses event records by a logical expression, for instance `event.name == "sched_switch" &&
/// (prev_tid == 42 || next_tid == 42)`.
///
/// A comparison with a field that a record does not have is false, whatever the operator.
/// Immutable.
public final class RecordFilter {
  /// Every record.
  public static final RecordFilter ALL = new RecordFilter(null);

  private final @org.jspecify.annotations.Nullable Condition condition;

  private RecordFilter(@org.jspecify.annotations.Nullable Condition condition) {
    this.condition = condition;
  }

  /// Understands an expression.
  public static RecordFilter parse(String expression) throws FilterSyntaxException {
    return new RecordFilter(FilterParser.parse(expression));
  }

  /// The filter for the records of a stream; thread-safe.
  public StreamFilter forStream(DataStream stream) {
    return new StreamFilter(condition, stream);
  }

  /// The names in the expression that no event class of these streams has, in the order of the
  /// expression. Usually a misspelling.
  public List<String> unknownNames(List<? extends DataStream> streams) {
    List<Name> names = new ArrayList<>();
    if (condition != null) {
      collect(condition, names);
    }
    List<String> unknown = new ArrayList<>();
    for (Name name : names) {
      if (!isKnown(name, streams) && !unknown.contains(name.toString())) {
        unknown.add(name.toString());
      }
    }
    return unknown;
  }

  private static boolean isKnown(Name name, List<? extends DataStream> streams) {
    for (DataStream stream : streams) {
      for (EventClass eventClass : stream.dataStreamClass().eventClasses()) {
        if (Properties.isOfClass(name.root())
            ? Properties.isKnown(name, stream)
            : StreamFilter.find(name, stream.dataStreamClass(), eventClass) != null) {
          return true;
        }
      }
    }
    return streams.isEmpty() || (name.root() == Root.EVENT && Properties.isEventProperty(name));
  }

  private static void collect(Condition condition, List<Name> names) {
    switch (condition) {
      case Condition.And both -> {
        collect(both.left(), names);
        collect(both.right(), names);
      }
      case Condition.Or either -> {
        collect(either.left(), names);
        collect(either.right(), names);
      }
      case Condition.Not not -> collect(not.operand(), names);
      case Condition.Present present -> names.add(present.name());
      case Condition.Comparison comparison -> names.add(comparison.name());
    }
  }
}
