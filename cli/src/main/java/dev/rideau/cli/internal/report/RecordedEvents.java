package dev.rideau.cli.internal.report;

import dev.rideau.cli.internal.Console;
import dev.rideau.reports.Report;
import dev.rideau.reports.ReportRunner;
import dev.rideau.reports.ReportRunner.Availability;

/// Says on standard error which events that a report asks for are not in the recording.
public final class RecordedEvents {
  private final Console console;
  private final ReportRunner runner;

  public RecordedEvents(Console console, ReportRunner runner) {
    this.console = console;
    this.runner = runner;
  }

  /// Whether there is what the report cannot do without.
  public boolean suffice(Report report) {
    if (report.name().equals("functions") && runner.entry("converted_from") != null) {
      // CTF has no place for symbols, nor for the maps of memory that they are found by.
      say(
          "error: report functions cannot answer: copies have no symbols and no samples with stacks");
      say("advice: ask the recording that this is a copy of");
      return false;
    }
    boolean suffice = true;
    boolean lacksSwitches = false;
    for (Report.Need need : report.needs()) {
      switch (runner.availability(need)) {
        case ABSENT -> {
          suffice = false;
          lacksSwitches |= need.anyOf().contains("sched_switch");
          say(
              "error: report %s cannot answer: %s %s"
                  .formatted(report.name(), runner.names(need), absence(need)));
        }
        case NONE_SEEN -> say("note: " + runner.names(need) + " was recorded but never happened");
        case RECORDED -> {}
      }
    }
    if (!suffice) {
      say("advice: " + advice(lacksSwitches));
      return false;
    }
    for (Report.Need use : report.uses()) {
      if (runner.availability(use) == Availability.ABSENT) {
        say("note: " + runner.names(use) + " " + absence(use) + "; part of the answer is missing");
      }
    }
    boolean usesSwitches =
        report.needs().stream().anyMatch(need -> need.anyOf().contains("sched_switch"));
    if (usesSwitches && "leaving".equals(runner.entry("recorded_switches"))) {
      say(
          "note: perf recorded when threads left a CPU, but not when they came: times on CPUs are"
              + " known in parts only");
    }
    return true;
  }

  private String absence(Report.Need need) {
    return ReportRunner.absence(runner.names(need), runner.entry("partial_events"));
  }

  private String advice(boolean lacksSwitches) {
    if (lacksSwitches && "--sample-cpu".equals(runner.entry("missing_option"))) {
      return "perf recorded context switches, but not on which CPUs they were; record with"
          + " --sample-cpu as well";
    }
    return runner.isKernelTrace()
        ? "record those events as well; 'rideau stat' shows what there is"
        : "this is no trace of a kernel that is known here; 'rideau stat' shows what is in it";
  }

  private void say(String text) {
    console.err().println("rideau: " + text);
  }
}
