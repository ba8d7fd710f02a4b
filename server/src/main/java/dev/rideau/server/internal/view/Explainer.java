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
import dev.rideau.reports.ShellWords;
import dev.rideau.server.internal.http.Cancel;
import dev.rideau.tables.TraceDatabase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What `rideau explain` says, with places on the timeline. Thread-safe.
public final class Explainer {
  private static final Pattern REPORT = Pattern.compile("rideau report ([a-z0-9-]+)");

  private final OpenTrace trace;
  private final ReportCatalog catalog;

  private final FindingPlaces places = new FindingPlaces();

  /// That of the whole recording, which everybody asks for, by machine.
  private final Map<Integer, Explained> whole = new HashMap<>();

  /// What the rules say.
  ///
  /// @param host number of the machine that was asked about
  /// @param losses places of what the tracer lost
  /// @param faults what is wrong with the bytes
  public record Explained(
      Explanation told,
      int host,
      List<Located> resources,
      List<Located> findings,
      List<Mark> losses,
      List<Fault> faults) {}

  /// A finding and where to look at it.
  ///
  /// @param place when; all that was looked at where there is no better one
  /// @param row id of the row that it is about, -1 for none
  /// @param isWhole whether the place is all that was looked at
  public record Located(Finding finding, TimeRange place, int row, boolean isWhole) {}

  Explainer(OpenTrace trace, ReportCatalog catalog) {
    this.trace = trace;
    this.catalog = catalog;
  }

  /// Asks all rules about a range of time of one machine.
  public Explained explain(TimeRange range, int host, Cancel cancel) {
    boolean isWhole = range.equals(trace.span());
    if (isWhole) {
      synchronized (this) {
        Explained known = whole.get(host);
        if (known == null) {
          known = ask(range, host, cancel);
          whole.put(host, known);
        }
        return known;
      }
    }
    return ask(range, host, cancel);
  }

  private Explained ask(TimeRange wanted, int host, Cancel cancel) {
    try (Sessions.Lease lease = trace.session(cancel)) {
      ReportRunner runner = new ReportRunner(FactSource.of(lease.database()));
      TimeRange range = wanted;
      if (trace.hosts().size() > 1) {
        lease.limitTo(host);
        range = wanted.within(runner.recording());
      }
      Explanation told = Explanation.of(runner, catalog, range, trace.values());
      return new Explained(
          told,
          host,
          located(told.shortages(), range, host, lease.database()),
          located(told.findings(), range, host, lease.database()),
          trace.marks().losses(lease, range, host),
          trace.faults().in(lease, range, host));
    } catch (ReportException failure) {
      throw Tables.wrong(failure);
    }
  }

  private List<Located> located(
      List<Finding> findings, TimeRange range, int host, TraceDatabase database) {
    return findings.stream()
        .map(finding -> {
          FindingPlaces.Place place = places.of(finding, range, trace.timeline(), host, database);
          return new Located(finding, place.range(), place.row(), place.isWhole());
        })
        .toList();
  }

  /// The unit of a piece of evidence.
  public ColumnUnit unit(Finding finding, String evidence) {
    return places.unit(finding, evidence);
  }

  /// Columns of `busiest`.
  public Report busiest() {
    return catalog.named("cpu-process");
  }

  /// A command as it can be copied into a shell.
  ///
  /// @param template with `{trace}` for the trace
  /// @param host number of the machine that it is about
  public String command(String template, int host) {
    List<String> hosts = trace.hosts();
    return ShellWords.command(template, trace.paths(), hosts.size() > 1 ? hosts.get(host) : null);
  }

  /// Name of the report that shows more; null for none.
  public @Nullable String report(Finding finding) {
    Matcher matcher = REPORT.matcher(finding.command());
    return matcher.find() ? matcher.group(1) : null;
  }
}
