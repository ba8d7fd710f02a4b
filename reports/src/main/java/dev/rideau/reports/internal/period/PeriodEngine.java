package dev.rideau.reports.internal.period;

import dev.rideau.reports.Period;
import dev.rideau.reports.internal.period.Conditions.Context;
import dev.rideau.reports.internal.period.Expression.Reference;
import dev.rideau.reports.internal.period.Expression.Value;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Follows records and tells which periods they begin and end.
///
/// A record first ends periods, those within others before the others, and then begins new ones. A
/// period that ends takes those within it along, incomplete.
final class PeriodEngine {
  private final List<Definition> roots;
  private final List<Live> live = new ArrayList<>();
  private final List<Period> ended = new ArrayList<>();
  private long begun;

  /// A kind of period.
  record Definition(
      String name,
      Expression begin,
      Expression end,
      Map<String, Reference> beginCaptures,
      Map<String, Reference> endCaptures,
      List<Definition> children) {}

  /// A period that has begun and not ended.
  private static final class Live {
    private final long number;
    private final Definition definition;
    private final @Nullable Live parent;
    private final EventRecord begin;
    private final Map<String, String> captures = new LinkedHashMap<>();
    private final List<Live> children = new ArrayList<>();

    private Live(long number, Definition definition, @Nullable Live parent, EventRecord begin) {
      this.number = number;
      this.definition = definition;
      this.parent = parent;
      this.begin = begin;
    }

    private @Nullable EventRecord parentBegin() {
      return parent == null ? null : parent.begin;
    }
  }

  PeriodEngine(List<Definition> roots) {
    this.roots = roots;
  }

  void accept(EventRecord record) {
    end(live, record);
    begin(null, live, roots, record);
  }

  /// All periods in the order of their begin; what has not ended does so now, incomplete.
  List<Period> finish(long endNs) {
    closeAll(live, endNs);
    ended.sort(
        java.util.Comparator.comparingLong(Period::beginNs)
            .thenComparing(java.util.Comparator.comparingLong(Period::endNs).reversed()));
    return List.copyOf(ended);
  }

  private void end(List<Live> periods, EventRecord record) {
    for (Live period : periods) {
      end(period.children, record);
    }
    for (Iterator<Live> all = periods.iterator(); all.hasNext(); ) {
      Live period = all.next();
      Context context = new Context(record, period.begin, period.parentBegin());
      if (Conditions.holds(period.definition.end, context)) {
        capture(period, period.definition.endCaptures, context);
        closeAll(period.children, record.timestampNs());
        close(period, record.timestampNs(), true);
        all.remove();
      }
    }
  }

  private void begin(
      @Nullable Live parent, List<Live> periods, List<Definition> definitions, EventRecord record) {
    for (Definition definition : definitions) {
      Context context = new Context(record, null, parent == null ? null : parent.begin);
      if (Conditions.holds(definition.begin, context)) {
        Live period = new Live(begun++, definition, parent, record);
        capture(period, definition.beginCaptures, context);
        periods.add(period);
      }
    }
    for (Live period : periods) {
      begin(period, period.children, period.definition.children, record);
    }
  }

  private static void capture(Live period, Map<String, Reference> wanted, Context context) {
    wanted.forEach((name, reference) -> {
      Value value = context.value(reference);
      period.captures.put(name, value == null ? "" : value.toString());
    });
  }

  private void closeAll(List<Live> periods, long endNs) {
    for (Live period : periods) {
      closeAll(period.children, endNs);
      close(period, endNs, false);
    }
    periods.clear();
  }

  private void close(Live period, long endNs, boolean isComplete) {
    ended.add(
        new Period(
            period.number,
            period.parent == null ? -1 : period.parent.number,
            period.definition.name,
            period.parent == null ? null : period.parent.definition.name,
            period.begin.timestampNs(),
            endNs,
            isComplete,
            period.captures));
  }
}
