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
import dev.rideau.tables.TraceDatabase;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What `rideau explain` says, with places on the timeline. Thread-safe.
public final class Explainer {
  private static final Pattern REPORT = Pattern.compile("rideau report ([a-z0-9-]+)");

  private final OpenTrace trace;
  private final ReportCatalog catalog;

  private final FindingPlaces places = new FindingPlaces();

  /// That of the whole recording, which everybody asks for.
  private @Nullable Explained whole;

  /// What the rules say.
  public record Explained(Explanation told, List<Located> resources, List<Located> findings) {}

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

  /// Asks all rules about a range of time.
  public Explained explain(TimeRange range, Cancel cancel) {
    boolean isWhole = range.equals(trace.span());
    if (isWhole) {
      synchronized (this) {
        Explained known = whole;
        if (known == null) {
          known = ask(range, cancel);
          whole = known;
        }
        return known;
      }
    }
    return ask(range, cancel);
  }

  private Explained ask(TimeRange range, Cancel cancel) {
    try (Sessions.Lease lease = trace.session(cancel)) {
      ReportRunner runner = new ReportRunner(FactSource.of(lease.database()));
      Explanation told = Explanation.of(runner, catalog, range, trace.values());
      return new Explained(
          told,
          located(told.shortages(), range, lease.database()),
          located(told.findings(), range, lease.database()));
    } catch (ReportException failure) {
      throw Tables.wrong(failure);
    }
  }

  private List<Located> located(List<Finding> findings, TimeRange range, TraceDatabase database) {
    return findings.stream()
        .map(finding -> {
          FindingPlaces.Place place = places.of(finding, range, trace.timeline(), database);
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

  /// Name of the report that shows more; null for none.
  public @Nullable String report(Finding finding) {
    Matcher matcher = REPORT.matcher(finding.command());
    return matcher.find() ? matcher.group(1) : null;
  }
}
