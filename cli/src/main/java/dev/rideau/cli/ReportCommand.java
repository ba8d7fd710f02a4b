package dev.rideau.cli;

import dev.rideau.cli.internal.Command;
import dev.rideau.cli.internal.CommandFailure;
import dev.rideau.cli.internal.Console;
import dev.rideau.cli.internal.DatabaseSelection;
import dev.rideau.cli.internal.DiagnosticLines;
import dev.rideau.cli.internal.ExitCode;
import dev.rideau.cli.internal.LocalZone;
import dev.rideau.cli.internal.Progress;
import dev.rideau.cli.internal.TemporaryOutput;
import dev.rideau.cli.internal.report.HostOption;
import dev.rideau.cli.internal.report.RangeOptions;
import dev.rideau.cli.internal.report.RecordedEvents;
import dev.rideau.cli.internal.report.ReportPages;
import dev.rideau.cli.internal.report.ResultPrinter;
import dev.rideau.cli.internal.report.Section;
import dev.rideau.cli.internal.report.Section.Host;
import dev.rideau.cli.internal.report.TimeOfDay;
import dev.rideau.reports.ColumnUnit;
import dev.rideau.reports.FactSource;
import dev.rideau.reports.Losses;
import dev.rideau.reports.Period;
import dev.rideau.reports.Periods;
import dev.rideau.reports.PlotHint;
import dev.rideau.reports.Report;
import dev.rideau.reports.ReportAnswers;
import dev.rideau.reports.ReportCatalog;
import dev.rideau.reports.ReportException;
import dev.rideau.reports.ReportParameter;
import dev.rideau.reports.ReportPlot;
import dev.rideau.reports.ReportResult;
import dev.rideau.reports.ReportRunner;
import dev.rideau.reports.ReportRunner.TimeRange;
import dev.rideau.reports.ValueText;
import dev.rideau.tables.TraceDatabase;
import dev.rideau.trace.TraceException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `rideau report`: asks a named question.
final class ReportCommand extends Command {
  /// What `--format` knows.
  enum Format {
    table,
    csv,
    json,
    parquet
  }

  /// Rows of a picture over time, unless told otherwise.
  private static final String MOST_DRAWN = "150000";

  private final Console console;
  private final Supplier<List<String>> words =
      words(
          "NAME TRACE",
          "The report, then the traces. Without traces the report is described; without anything all"
              + " reports are listed.");
  private final RangeOptions range = new RangeOptions(this);
  private final HostOption host = new HostOption(this);
  private final Map<String, Supplier<@Nullable String>> common = new LinkedHashMap<>();
  private final Supplier<List<String>> parameters;
  private final Supplier<Format> format;
  private final Supplier<@Nullable Path> output;
  private final Supplier<@Nullable Path> plot;
  private final Supplier<List<String>> periods;
  private final Supplier<List<String>> captures;
  private final Supplier<Boolean> force;
  private final DatabaseSelection database;

  ReportCommand(Console console) {
    super("report");
    this.console = console;
    for (ReportParameter each : ReportParameter.COMMON) {
      String label = each.type().text().toUpperCase(Locale.ROOT);
      common.put(
          each.name(), option("--" + each.name() + "=" + label, String.class, each.sentence()));
    }
    parameters =
        texts("-p, --param=NAME=VALUE", "Any other parameter of the report. May be repeated.");
    format =
        option(
            "--format=FORMAT",
            Format.table,
            "table (the default), csv, json (an object a line) or parquet (needs --output).");
    output = option("-o, --output=FILE", Path.class, "Write to FILE and not to standard output.");
    plot = option("--plot=FILE", Path.class, "Draw the answer into FILE as SVG as well.");
    periods =
        texts(
            "--period=DEF",
            "Ask once for each period: [name[(parent)]] : begin [: end], with conditions on event"
                + " records as lttng-analyses has them. May be repeated.");
    captures =
        texts(
            "--period-captures=DEF",
            "Keep values of the records of a period: name : [begin values] [: end values].");
    force = flag("--force", "Replace the files of --output and --plot if they exist.");
    database = new DatabaseSelection(this);
    describe(
        "Ask a named question about traces: who used the CPU, what waited for what, which disk, file,"
            + " socket, lock or timer cost the time.",
        "Reports are SQL files; your own ones in $XDG_CONFIG_HOME/rideau/reports are found by name.");
    examples(
        "  rideau report",
        "  rideau report cpu-process mytrace",
        "  rideau report sched-latency mytrace --proc 'java*' --min 1ms --limit 5",
        "  rideau report cpu-over-time mytrace --bins 120 --plot cpu.svg",
        "  rideau report critical-path mytrace --proc make --begin +1.5 --end +2",
        "  rideau report syscalls mytrace --format csv -o syscalls.csv",
        "  rideau report cpu-thread mytrace --period 'irq : $evt.$name == \"irq_handler_entry\""
            + " : $evt.$name == \"irq_handler_exit\" && $evt.irq == $begin.$evt.irq'");
  }

  @Override
  public Integer call() throws IOException {
    ReportCatalog catalog = ReportCatalog.ofUser();
    List<String> given = words.get();
    ReportPages pages = new ReportPages(console);
    try {
      if (given.isEmpty()) {
        return pages.list(catalog) ? ExitCode.OK : ExitCode.ERROR;
      }
      Report report = catalog.named(given.getFirst());
      Map<String, String> arguments = arguments();
      if (given.size() == 1) {
        pages.describe(report);
        return ExitCode.OK;
      }
      if (report.isAboutPeriods() && periods.get().isEmpty()) {
        throw wrong("report " + report.name() + " tells of the periods that --period defines");
      }
      if (format.get() == Format.parquet && output.get() == null) {
        throw wrong("--format parquet needs --output FILE");
      }
      List<Path> paths = given.subList(1, given.size()).stream().map(Path::of).toList();
      return ask(report, arguments, paths);
    } catch (ReportException failure) {
      throw new CommandFailure(String.valueOf(failure.getMessage()), failure.advice(), failure);
    }
  }

  private Map<String, String> arguments() {
    Map<String, String> arguments = new LinkedHashMap<>();
    common.forEach((name, value) -> {
      String text = value.get();
      if (text != null) {
        arguments.put(name, text);
      }
    });
    for (String each : parameters.get()) {
      int equals = each.indexOf('=');
      if (equals < 1) {
        throw wrong("--param: write NAME=VALUE");
      }
      arguments.put(each.substring(0, equals), each.substring(equals + 1));
    }
    return arguments;
  }

  private int ask(Report report, Map<String, String> arguments, List<Path> paths)
      throws IOException {
    RangeOptions.Parsed wanted = range.parse();
    DiagnosticLines diagnostics = new DiagnosticLines(console);
    int code = ExitCode.OK;
    try (Progress progress = Progress.start(console, "reading");
        TraceDatabase db =
            TraceDatabase.open(paths, Readers.ALL, database.options(diagnostics, progress))) {
      FactSource facts = FactSource.of(db);
      ReportRunner runner = new ReportRunner(facts);
      check(runner, report, arguments);
      runner.prepare(List.of(report));
      TimeRange whole = runner.recording();
      TimeRange asked = wanted.resolve(whole, runner.clockNs());
      RecordedEvents events = new RecordedEvents(console, runner);
      List<Section> sections = new ArrayList<>();
      List<String> hosts = runner.hosts();
      for (int each : host.resolve(hosts)) {
        Host named = hosts.size() > 1 ? new Host(each, hosts.get(each)) : null;
        look(runner, named);
        if (events.suffice(report)) {
          sections.add(new Section(named, null, asked.within(runner.recording())));
        } else {
          code = ExitCode.ERROR;
        }
      }
      if (!sections.isEmpty()) {
        ValueText values = new ValueText(new TimeOfDay(LocalZone.of(range.utc()), whole.beginNs()));
        runner.definePeriods(periods.get(), captures.get());
        List<Period> found =
            report.isAboutPeriods() || periods.get().isEmpty() && captures.get().isEmpty()
                ? List.of()
                : Periods.find(facts, periods.get(), captures.get(), asked);
        new Answer(runner, report, arguments, values).print(progress, sections, found);
        warn(runner, sections, diagnostics);
      }
    } catch (TraceException failure) {
      diagnostics.report(failure.diagnostic());
    }
    diagnostics.summarise();
    return diagnostics.hasErrors() ? ExitCode.ERROR : code;
  }

  private void check(ReportRunner runner, Report report, Map<String, String> arguments) {
    try {
      runner.check(report, arguments);
    } catch (ReportException failure) {
      String advice = failure.advice();
      throw wrong(failure.getMessage() + (advice == null ? "" : "; " + advice));
    }
  }

  private void warn(ReportRunner runner, List<Section> sections, DiagnosticLines diagnostics) {
    for (Section section : sections) {
      look(runner, section.host());
      runner.faults().forEach(diagnostics::report);
      Losses losses = runner.losses(section.range());
      if (losses != null) {
        String of = section.host() == null ? "" : " of " + section.host().name();
        console
            .err()
            .println(
                "rideau: warning: "
                    + losses.sentence()
                    + of
                    + "; what this report tells is uncertain");
      }
    }
  }

  private static void look(ReportRunner runner, @Nullable Host host) {
    if (host != null) {
      runner.limitTo(host.number());
    }
  }

  /// How one report is answered and shown.
  private final class Answer {
    private final ReportRunner runner;
    private final Report report;
    private final Map<String, String> arguments;
    private final ValueText values;

    private Answer(
        ReportRunner runner, Report report, Map<String, String> arguments, ValueText values) {
      this.runner = runner;
      this.report = report;
      this.arguments = arguments;
      this.values = values;
    }

    private void print(Progress progress, List<Section> hosts, List<Period> found)
        throws IOException {
      boolean hasPeriods = !periods.get().isEmpty() && !report.isAboutPeriods();
      if (hasPeriods && found.isEmpty()) {
        console.err().println("rideau: note: no period was found");
        return;
      }
      if (format.get() == Format.parquet) {
        if (hasPeriods) {
          throw new CommandFailure("--period goes without --format parquet", "use csv or json");
        }
        parquet(hosts);
        return;
      }
      List<Section> sections = hasPeriods ? ofPeriods(hosts, found) : hosts;
      List<String> names =
          found.stream().flatMap(each -> each.captures().keySet().stream()).distinct().toList();
      progress.pause();
      Path target = output.get();
      if (target == null) {
        all(console.out(), sections, names);
        return;
      }
      try (TemporaryOutput file = TemporaryOutput.fileFor(target, force.get())) {
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file.path()))) {
          all(out, sections, names);
          if (out.checkError()) {
            throw new CommandFailure(
                target + ": cannot be written", "check that the disk has space");
          }
        }
        file.commit();
      }
    }

    private void parquet(List<Section> hosts) throws IOException {
      Path target = Objects.requireNonNull(output.get());
      try (TemporaryOutput file = TemporaryOutput.fileFor(target, force.get())) {
        if (hosts.getFirst().host() != null) {
          List<Integer> numbers =
              hosts.stream().map(each -> Objects.requireNonNull(each.host()).number()).toList();
          TimeRange widest =
              hosts.stream().map(Section::range).reduce(TimeRange::with).orElseThrow();
          runner.writeParquet(report, arguments, widest, numbers, file.path());
        } else {
          runner.writeParquet(report, arguments, hosts.getFirst().range(), file.path());
        }
        file.commit();
      }
    }

    private static List<Section> ofPeriods(List<Section> hosts, List<Period> found) {
      List<Section> sections = new ArrayList<>();
      for (Section host : hosts) {
        for (Period each : found) {
          TimeRange time = new TimeRange(each.beginNs(), each.endNs());
          sections.add(new Section(host.host(), each, time));
        }
      }
      return sections;
    }

    private void all(PrintWriter out, List<Section> sections, List<String> captures)
        throws IOException {
      Path picture = plot.get();
      if (picture == null) {
        without(out, sections, captures);
        return;
      }
      for (int i = 0; i < sections.size(); i++) {
        Path numbered = sections.size() > 1 ? numbered(picture, i + 1) : picture;
        drawn(out, sections.get(i), captures, numbered, i == 0);
      }
      if (sections.size() > 1) {
        console
            .err()
            .println(
                "rideau: note: drew %s to %s"
                    .formatted(numbered(picture, 1), numbered(picture, sections.size())));
      }
    }

    /// Without pictures, the sections of a machine are asked about together.
    private void without(PrintWriter out, List<Section> sections, List<String> captures)
        throws IOException {
      int done = 0;
      while (done < sections.size()) {
        Section first = sections.get(done);
        List<Section> together =
            sections.subList(done, sections.size()).stream()
                .takeWhile(each -> Objects.equals(each.host(), first.host()))
                .toList();
        look(runner, first.host());
        List<TimeRange> ranges = together.stream().map(Section::range).toList();
        try (ReportAnswers answers = runner.runEach(report, arguments, ranges)) {
          for (Section section : together) {
            try (ReportResult result = answers.next()) {
              one(out, result, section, captures, null, done == 0);
            }
            done++;
          }
        }
      }
    }

    /// `cpu.svg` becomes `cpu-2.svg`.
    private static Path numbered(Path file, int number) {
      String name = file.getFileName().toString();
      int dot = name.lastIndexOf('.');
      return dot <= 0
          ? file.resolveSibling(name + "-" + number)
          : file.resolveSibling(name.substring(0, dot) + "-" + number + name.substring(dot));
    }

    private void drawn(
        PrintWriter out, Section section, List<String> captures, Path picture, boolean isFirst)
        throws IOException {
      look(runner, section.host());
      boolean drawsMore = drawsMore();
      Path sameRows = format.get() == Format.table && !drawsMore ? picture : null;
      try (ReportResult result = runner.run(report, arguments, section.range())) {
        one(out, result, section, captures, sameRows, isFirst);
      }
      if (sameRows == null) {
        Map<String, String> wanted = new LinkedHashMap<>(arguments);
        if (drawsMore) {
          wanted.put("limit", MOST_DRAWN);
        }
        try (ReportResult result = runner.run(report, wanted, section.range())) {
          draw(result.readAll(), section.range(), picture);
        }
      }
    }

    /// Whether a picture shows more than a table that nobody limited: of what follows in time, the
    /// first rows would be a picture of a part of the time.
    private boolean drawsMore() {
      PlotHint hint = report.plot();
      return hint != null
          && hint.kind() == PlotHint.Kind.TIMELINE
          && !arguments.containsKey("limit");
    }

    private void one(
        PrintWriter out,
        ReportResult result,
        Section section,
        List<String> captures,
        @Nullable Path picture,
        boolean isFirst)
        throws IOException {
      ResultPrinter printer = new ResultPrinter(out);
      switch (format.get()) {
        case csv -> printer.csv(result, section, captures, isFirst);
        case json -> printer.json(result, section);
        case table -> table(printer, out, result, section, picture, isFirst);
        case parquet -> throw new IllegalStateException("has a file of its own");
      }
    }

    private void table(
        ResultPrinter printer,
        PrintWriter out,
        ReportResult result,
        Section section,
        @Nullable Path picture,
        boolean isFirst)
        throws IOException {
      List<@Nullable Object[]> rows = result.readAll();
      if (!isFirst) {
        out.println();
      }
      boolean colours = console.colours() && output.get() == null;
      new ReportPages(console).heading(out, report, values, section, colours);
      if (rows.isEmpty()) {
        out.println("  nothing" + filters());
      } else {
        printer.table(result.columns(), rows, values, colours);
        String limit = arguments.getOrDefault("limit", defaultLimit());
        if (limit != null && limit.equals(Integer.toString(rows.size()))) {
          out.println("  the first " + limit + "; --limit shows more");
        }
      }
      if (picture != null) {
        draw(rows, section.range(), picture);
      }
    }

    /// What was asked for where that may be why there is no answer.
    private String filters() {
      StringBuilder text = new StringBuilder();
      arguments.forEach((name, value) ->
          text.append(text.isEmpty() ? " with " : " ").append("--" + name + " " + value));
      return text.toString();
    }

    private @Nullable String defaultLimit() {
      ReportParameter limit = report.parameter("limit");
      return limit == null || report.indexOf("time") >= 0 && report.plot() != null
          ? null
          : limit.otherwise();
    }

    private void draw(List<@Nullable Object[]> rows, TimeRange asked, Path file)
        throws IOException {
      String about =
          values.of(ColumnUnit.TIME, asked.beginNs())
              + " + "
              + ValueText.duration(asked.durationNs());
      try (TemporaryOutput picture = TemporaryOutput.fileFor(file, force.get())) {
        Files.writeString(picture.path(), ReportPlot.svg(report, rows, values, about));
        picture.commit();
      }
    }
  }
}
