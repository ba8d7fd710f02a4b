package dev.rideau.cli.internal.record;

import dev.rideau.cli.internal.Console;
import dev.rideau.record.RecordingSummary;
import java.util.List;
import java.util.Locale;

/// What a recording ends with.
public final class SummaryText {
  private SummaryText() {}

  /// A note of events that lack a field of their filter; none if it is empty.
  public static void noteLeftOut(Console console, List<String> events) {
    if (!events.isEmpty()) {
      console
          .err()
          .println(
              "rideau: note: not recorded, for they lack a field of the filter: "
                  + String.join(", ", events));
    }
  }

  /// What was recorded, what was lost, what it cost.
  public static String of(RecordingSummary summary) {
    String lost =
        summary.lost() == 0
            ? "nothing lost"
            : String.format(Locale.ROOT, "%,d lost (try a larger --buffer)", summary.lost());
    return String.format(
        Locale.ROOT,
        "%,d events in %.1f s, %s, %s in %s, %.2f s of processor time",
        summary.events(),
        summary.durationNs() / 1e9,
        lost,
        Amounts.text(summary.fileBytes()),
        summary.output(),
        summary.cpuNs() / 1e9);
  }
}
