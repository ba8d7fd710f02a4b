package dev.rideau.cli.internal.report;

import dev.rideau.cli.internal.AlignedTable;
import dev.rideau.cli.internal.JsonDocument;
import dev.rideau.reports.Explanation;
import dev.rideau.reports.Explanation.Finding;
import dev.rideau.reports.Explanation.Unanswered;
import dev.rideau.reports.ReportRunner;
import dev.rideau.reports.ShellWords;
import dev.rideau.reports.ValueText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// An explanation as a page for people or as JSON.
public final class ExplanationText {
  private static final int MOST_FINDINGS = 3;
  private static final int WIDTH_COLUMNS = 98;
  private static final String BOLD = "\u001b[1m";
  private static final String PLAIN = "\u001b[0m";

  private final Explanation explanation;
  private final ValueText values;
  private final String traces;

  /// Commands about the same traces and machine.
  private final UnaryOperator<String> command;

  private final StringBuilder out = new StringBuilder(4096);

  /// @param host the machine that it is about where the traces are of several; else null
  public ExplanationText(
      Explanation explanation, ValueText values, List<Path> paths, @Nullable String host) {
    this.explanation = explanation;
    this.values = values;
    this.traces = ShellWords.quoted(paths);
    this.command = template -> ShellWords.command(template, paths, host);
  }

  /// The page.
  ///
  /// @param hasSamples whether `rideau flame` can show samples
  public String page(boolean colours, boolean hasSamples) {
    heading(colours);
    if (!explanation.isKernelTrace()) {
      out.append('\n');
      boolean lacksCpus = "--sample-cpu".equals(explanation.recording().get("missing_option"));
      wrapped(
          "",
          lacksCpus
              ? "perf recorded context switches, but not on which CPUs they were, so there is little"
                  + " to explain; perf record --sample-cpu tells these as well."
              : "This is no trace of a kernel that is known here, so there is little to explain.");
      wrapped("", "What is in it: rideau stat " + traces);
      wrapped("", "Ask it anything: rideau sql " + traces);
      if (hasSamples) {
        wrapped("", "Where the time of its samples goes: rideau flame " + traces);
      }
      losses(colours);
      return out.toString();
    }
    ran(colours);
    shortages(colours);
    findings(colours);
    cannotTell(colours);
    return out.toString();
  }

  private void heading(boolean colours) {
    Map<String, String> recording = explanation.recording();
    out.append(colours ? BOLD : "").append(traces).append(colours ? PLAIN : "").append(": ");
    out.append(ValueText.duration(explanation.range().durationNs()));
    String host = recording.get("host");
    if (host != null && !host.isEmpty()) {
      out.append(" of ").append(AlignedTable.printable(host));
    }
    List<String> details = new ArrayList<>();
    String kernel = recording.get("kernel");
    if (kernel != null) {
      details.add("Linux " + AlignedTable.printable(kernel));
    }
    String cpus = recording.get("cpus");
    if (cpus != null) {
      details.add(cpus(cpus, recording.get("cpus_online")));
    }
    String tracer = recording.get("tracer");
    if (tracer != null) {
      details.add("recorded by " + AlignedTable.printable(tracer));
    }
    out.append(details.isEmpty() ? "\n" : " (" + String.join(", ", details) + ")\n");
  }

  /// CPUs that recorded something, of those that the machine has, where that is known and more.
  private static String cpus(String recorded, @Nullable String online) {
    boolean isPart = online != null && online.matches("\\d+") && !online.equals(recorded);
    String all = isPart ? recorded + " of " + online : recorded;
    return all + (all.equals("1") ? " CPU" : " CPUs");
  }

  private void ran(boolean colours) {
    title(
        isInParts()
            ? "What ran, and for how long at least (when threads came to a CPU is not known)"
            : "What ran",
        colours);
    if (explanation.busiest().isEmpty()) {
      out.append("  nothing that the trace tells of\n");
      return;
    }
    // process, pid, usage, cpu_time, threads, switches
    AlignedTable table = new AlignedTable("  ").text("").number("").number("");
    for (@Nullable Object[] row : explanation.busiest()) {
      table.row(
          row[0] + " " + row[1],
          values.of(dev.rideau.reports.ColumnUnit.NANOSECONDS, row[3]),
          isInParts()
              ? ""
              : values.of(dev.rideau.reports.ColumnUnit.PERCENT, row[2]) + " of one CPU");
    }
    table.appendTo(out, colours);
  }

  /// Whether the trace tells when threads left a CPU, but not when they came.
  private boolean isInParts() {
    return "leaving".equals(explanation.recording().get("recorded_switches"));
  }

  private void shortages(boolean colours) {
    List<String> missing =
        explanation.unanswered().stream()
            .map(Unanswered::resource)
            .filter(resource -> !resource.equals("none"))
            .toList();
    String verdict = String.join(", ", explanation.shortOf());
    if (verdict.isEmpty()) {
      verdict = missing.isEmpty() ? "nothing" : "nothing that the trace can tell";
    }
    title("What the machine was short of: " + verdict, colours);
    for (Finding finding : explanation.shortages()) {
      String mark = finding.severity() >= Explanation.SHORTAGE ? "! " : "  ";
      wrapped(mark + padded(finding.resource()), finding.summary());
    }
    for (Unanswered each : explanation.unanswered()) {
      if (!each.resource().equals("none")) {
        wrapped(
            "? " + padded(each.resource()),
            "cannot tell: "
                + String.join(", ", each.missing())
                + " "
                + ReportRunner.absence(
                    each.missing().size() == 1 ? each.missing().getFirst() : "", partialEvents()));
      }
    }
  }

  private static String padded(String resource) {
    return resource + " ".repeat(Math.max(1, 9 - resource.length()));
  }

  private void findings(boolean colours) {
    title("Most worth knowing", colours);
    int number = 0;
    for (Finding finding : explanation.findings()) {
      if (++number > MOST_FINDINGS) {
        break;
      }
      wrapped(number + ". ", finding.summary());
      wrapped("   ", finding.advice());
      out.append("     ").append(command.apply(finding.command())).append('\n');
    }
    if (number == 0) {
      out.append("  nothing stands out; look around with: rideau report\n");
    }
  }

  private void cannotTell(boolean colours) {
    title("What the trace cannot tell", colours);
    int before = out.length();
    explanation
        .unavailable()
        .forEach((event, reports) ->
            wrapped(
                "- ",
                event
                    + " "
                    + ReportRunner.absence(event, partialEvents())
                    + ": no answer from "
                    + String.join(", ", reports)));
    if (!explanation.lackingCalls().isEmpty()) {
      String events = String.join(" and ", explanation.lackingCalls());
      wrapped(
          "- ",
          events
              + " "
              + (explanation.lackingCalls().size() > 1
                  ? "were not recorded"
                  : ReportRunner.absence(events, partialEvents()))
              + ": how much of their time threads ran in system calls, and how much in their own"
              + " programs, is unknown");
    }
    if (explanation.recording().containsKey("recorded_tids")) {
      wrapped(
          "- ",
          "only some processes and their children were recorded: what others did, and how busy the"
              + " processors were, is unknown");
    }
    String cpus = explanation.recording().get("recorded_cpus");
    if (cpus != null) {
      wrapped(
          "- ",
          "only CPU " + cpus.replace(",", ", ") + " was recorded: what ran on others is unknown");
    }
    if (isInParts()) {
      wrapped(
          "- ",
          "perf recorded when threads left a CPU, but not when they came: how long they ran is known"
              + " in parts only; perf record --switch-events --sample-cpu tells all of it");
    }
    String partial = partialEvents();
    if (partial != null) {
      wrapped(
          "- ",
          "of "
              + partial.replace(",", ", ")
              + " only some records were kept, by a filter or by sampling: what depends on all of"
              + " them is unknown");
    }
    if (!explanation.hasStateDump()) {
      wrapped(
          "- ",
          "there is no state dump: names, parents and open files of what is older than the trace"
              + " are unknown until events tell them");
    }
    lossLine();
    if (out.length() == before) {
      out.append("  nothing is missing that was asked here; no event was lost\n");
    }
  }

  private @Nullable String partialEvents() {
    return explanation.recording().get("partial_events");
  }

  private void losses(boolean colours) {
    if (explanation.losses() != null) {
      title("What the trace cannot tell", colours);
      lossLine();
    }
  }

  private void lossLine() {
    if (explanation.losses() != null) {
      wrapped(
          "- ",
          explanation.losses().sentence(values)
              + " ("
              + command.apply("rideau report losses {trace}")
              + ")");
    }
  }

  private void title(String text, boolean colours) {
    out.append('\n').append(colours ? BOLD : "").append(text);
    out.append(colours ? PLAIN : "").append('\n');
  }

  /// A paragraph behind a mark, in lines that fit on a terminal.
  private void wrapped(String mark, String text) {
    out.append("  ").append(mark);
    String indent = " ".repeat(2 + mark.length());
    int column = indent.length();
    boolean first = true;
    for (String word : AlignedTable.printable(text).split(" ")) {
      if (!first && column + 1 + word.length() > WIDTH_COLUMNS) {
        out.append('\n').append(indent).append(word);
        column = indent.length() + word.length();
      } else {
        out.append(first ? "" : " ").append(word);
        column += word.length() + (first ? 0 : 1);
      }
      first = false;
    }
    out.append('\n');
  }

  /// The same for programs.
  public String json() {
    JsonDocument document = new JsonDocument().object();
    document.member("begin_ns", explanation.range().beginNs());
    document.member("end_ns", explanation.range().endNs());
    document.flag("kernel_trace", explanation.isKernelTrace());
    document.object("recording");
    explanation.recording().forEach(document::member);
    document.endObject();
    document.array("busiest");
    for (@Nullable Object[] row : explanation.busiest()) {
      document.object().member("process", String.valueOf(row[0]));
      document.value("pid", row[1]).value("cpu_time_ns", row[3]).endObject();
    }
    document.endArray();
    document.array("short_of");
    explanation.shortOf().forEach(document::element);
    document.endArray();
    findings(document, "resources", explanation.shortages());
    findings(document, "findings", explanation.findings());
    document.array("unanswered");
    for (Unanswered each : explanation.unanswered()) {
      document.object().member("rule", each.rule()).member("question", each.question());
      document.array("missing");
      each.missing().forEach(document::element);
      document.endArray().endObject();
    }
    document.endArray();
    document.object("unavailable_reports");
    explanation
        .unavailable()
        .forEach((event, reports) -> {
          document.array(event);
          reports.forEach(document::element);
          document.endArray();
        });
    document.endObject();
    document.flag("state_dump", explanation.hasStateDump());
    if (explanation.losses() != null) {
      document.object("losses");
      document.member("events", explanation.losses().events());
      document.member("packets", explanation.losses().packets());
      document.member("begin_ns", explanation.losses().beginNs());
      document.member("end_ns", explanation.losses().endNs()).endObject();
    }
    return document.endObject() + "\n";
  }

  private void findings(JsonDocument document, String name, List<Finding> findings) {
    document.array(name);
    for (Finding each : findings) {
      document.object().member("rule", each.rule()).member("title", each.title());
      document.member("resource", each.resource()).member("severity", each.severity());
      document.decimal("score", each.score()).member("summary", each.summary());
      document.member("advice", each.advice());
      document.member("command", command.apply(each.command()));
      document.object("evidence");
      each.evidence().forEach(document::value);
      document.endObject().endObject();
    }
    document.endArray();
  }
}
