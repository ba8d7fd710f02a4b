package dev.rideau.server.internal.view;

import dev.rideau.reports.ColumnUnit;
import dev.rideau.reports.Explanation;
import dev.rideau.reports.Explanation.Finding;
import dev.rideau.reports.FactSource;
import dev.rideau.reports.Report;
import dev.rideau.reports.ReportCatalog;
import dev.rideau.reports.ReportException;
import dev.rideau.reports.ReportRunner;
import dev.rideau.reports.ReportRunner.TimeRange;
import dev.rideau.server.internal.http.Cancel;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What `rideau explain` says, with places on the timeline. Thread-safe.
public final class Explainer {
  private static final Pattern REPORT = Pattern.compile("rideau report ([a-z0-9-]+)");

  private final OpenTrace trace;
  private final ReportCatalog catalog;
  private final Map<String, Report> rules = new TreeMap<>();

  /// That of the whole recording, which everybody asks for.
  private @Nullable Explanation whole;

  Explainer(OpenTrace trace, ReportCatalog catalog) {
    this.trace = trace;
    this.catalog = catalog;
    ReportCatalog.rules().forEach(rule -> rules.put(rule.name(), rule));
  }

  /// Asks all rules about a range of time.
  public Explanation explain(TimeRange range, Cancel cancel) {
    boolean isWhole = range.equals(trace.span());
    if (isWhole) {
      synchronized (this) {
        Explanation known = whole;
        if (known == null) {
          known = ask(range, cancel);
          whole = known;
        }
        return known;
      }
    }
    return ask(range, cancel);
  }

  private Explanation ask(TimeRange range, Cancel cancel) {
    try (Sessions.Lease lease = trace.session(cancel)) {
      ReportRunner runner = new ReportRunner(FactSource.of(lease.database()));
      return Explanation.of(runner, catalog, range, trace.values());
    } catch (ReportException failure) {
      throw Tables.wrong(failure);
    }
  }

  /// Columns of `busiest`.
  public Report busiest() {
    return catalog.named("cpu-process");
  }

  /// The unit of a piece of evidence.
  public ColumnUnit unit(Finding finding, String evidence) {
    Report rule = rules.get(finding.rule());
    int column = rule == null ? -1 : rule.indexOf(evidence);
    return rule == null || column < 0 ? ColumnUnit.TEXT : rule.columns().get(column).unit();
  }

  /// When it happened: the time among its evidence and the length beside it, else all that was
  /// looked at.
  public TimeRange place(Finding finding, TimeRange range) {
    long begin = -1;
    long length = 0;
    for (Map.Entry<String, @Nullable Object> each : finding.evidence().entrySet()) {
      if (each.getValue() instanceof Number number) {
        switch (unit(finding, each.getKey())) {
          case TIME -> begin = begin < 0 ? number.longValue() : begin;
          case NANOSECONDS ->
              length =
                  List.of("latency", "dur", "wait", "longest").contains(each.getKey())
                      ? Math.max(length, number.longValue())
                      : length;
          case TEXT,
              ID,
              COUNT,
              NUMBER,
              BYTES,
              BYTES_PER_SECOND,
              PER_SECOND,
              PERCENT,
              PAGES,
              SECTORS,
              KILOHERTZ,
              FLAG -> {}
        }
      }
    }
    return begin < 0 ? range : new TimeRange(begin, begin + Math.max(1, length));
  }

  /// Id of the row of the thread that it is about, -1 for none.
  public int row(Finding finding) {
    Object tid = finding.evidence().get("tid");
    if (tid instanceof Number number) {
      return byTid(number.longValue());
    }
    for (String name : List.of("thread", "worst", "process")) {
      if (finding.evidence().get(name) instanceof String text) {
        int blank = text.lastIndexOf(' ');
        String digits = text.substring(blank + 1);
        if (blank > 0 && digits.matches("\\d{1,9}")) {
          return byTid(Long.parseLong(digits));
        }
      }
    }
    return -1;
  }

  private int byTid(long tid) {
    for (TimelineRow row : trace.timeline().rows()) {
      if (row.kind() == RowKind.THREAD && row.tid() == tid) {
        return row.id();
      }
    }
    return -1;
  }

  /// Name of the report that shows more; null for none.
  public @Nullable String report(Finding finding) {
    Matcher matcher = REPORT.matcher(finding.command());
    return matcher.find() ? matcher.group(1) : null;
  }
}
