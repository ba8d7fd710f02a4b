package dev.rideau.cli;

import dev.rideau.cli.internal.Command;
import dev.rideau.cli.internal.Console;
import dev.rideau.cli.internal.DiagnosticLines;
import dev.rideau.cli.internal.ExitCode;
import dev.rideau.cli.internal.Version;
import dev.rideau.cli.internal.record.Amounts;
import dev.rideau.cli.internal.record.RecordFailure;
import dev.rideau.cli.internal.top.SortKey;
import dev.rideau.cli.internal.top.Top;
import dev.rideau.record.EventRequest;
import dev.rideau.record.RecordException;
import dev.rideau.record.RecordingOptions;
import dev.rideau.record.Signals;
import dev.rideau.trace.OpenedTraces;
import dev.rideau.trace.TraceException;
import dev.rideau.trace.Traces;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/// `rideau top`: what processes do, interval by interval.
final class TopCommand extends Command {
  private static final int BUFFER_KB = 8 * 1024;

  private static final List<String> EVENTS =
      List.of(
          "sched:sched_switch",
          "sched:sched_wakeup",
          "sched:sched_wakeup_new",
          "task:task_newtask",
          "syscalls:*",
          "block:block_rq_insert",
          "block:block_rq_issue",
          "block:block_rq_requeue",
          "block:block_rq_complete",
          "net:net_dev_queue",
          "net:netif_receive_skb",
          "irq:irq_handler_entry",
          "irq:irq_handler_exit",
          "irq:softirq_entry",
          "irq:softirq_exit");

  private final Console console;
  private final Supplier<List<String>> paths =
      words("TRACE", "A trace to go through. Default: what this machine does now.");
  private final Supplier<Boolean> live = flag("--live", "Show what this machine does now.");
  private final Supplier<Boolean> batch =
      flag("--batch", "Print one table after the other, for scripts.");
  private final Supplier<String> sort =
      option("--sort=KEY", "cpu", "Order: cpu, wait, syscalls, disk, files, net, irqs.");
  private final Supplier<String> only =
      option("--only=NAME", "", "Show only processes with this in their name, or this id.");
  private final Supplier<Integer> process =
      option("--process=PID", -1, "Show one process: its threads, system calls and files.");
  private final Supplier<String> interval =
      option("--interval=TIME", "1s", "Length of an interval.");
  private final Supplier<Integer> rows = option("--rows=N", 20, "Processes in a table.");
  private final Supplier<Long> count =
      option("--count=N", Long.MAX_VALUE, "End after so many intervals.");

  TopCommand(Console console) {
    super("top");
    this.console = console;
    describe(
        "Show what processes do, from event records: processor, waits for it, system calls, disk,"
            + " files, network, interrupts.",
        "Without a trace it shows this machine, as root. On a terminal, keys choose the order and"
            + " one process, and pause.");
    examples("  sudo rideau top", "  rideau top trace.dat --batch --interval 500ms --sort wait");
  }

  @Override
  public Integer call() {
    SortKey key = SortKey.named(sort.get());
    if (key == null) {
      throw wrong("--sort: unknown key '" + sort.get() + "'");
    }
    long stepNs = Amounts.nanoseconds(interval.get());
    if (stepNs < 10_000_000) {
      throw wrong("--interval: '" + interval.get() + "' is no duration of at least 10ms");
    }
    if (live.get() && !paths.get().isEmpty()) {
      throw wrong("--live and a trace exclude each other");
    }
    CountDownLatch stop = new CountDownLatch(1);
    Signals.handle("INT", stop::countDown);
    Signals.handle("TERM", stop::countDown);
    Top top =
        new Top(
            console, batch.get(), key, only.get(), process.get(), rows.get(), stepNs, count.get());
    DiagnosticLines diagnostics = new DiagnosticLines(console);
    if (paths.get().isEmpty()) {
      try {
        top.live(options(), stop, diagnostics);
      } catch (RecordException failure) {
        throw RecordFailure.of(failure, "top");
      }
    } else {
      List<Path> files = paths.get().stream().map(Path::of).toList();
      try (OpenedTraces traces = Traces.open(files, Readers.ALL, diagnostics)) {
        top.trace(traces.dataStreams(), stop, diagnostics);
      } catch (TraceException failure) {
        diagnostics.report(failure.diagnostic());
      }
    }
    diagnostics.summarise();
    return diagnostics.hasErrors() ? ExitCode.ERROR : ExitCode.OK;
  }

  private static RecordingOptions options() {
    List<EventRequest> events =
        EVENTS.stream()
            .map(name -> {
              int colon = name.indexOf(':');
              return new EventRequest(
                  name.substring(0, colon), name.substring(colon + 1), null, false);
            })
            .toList();
    return new RecordingOptions(
        Path.of(""),
        events,
        BUFFER_KB,
        "mono",
        List.of(),
        List.of(),
        false,
        "rideau " + Version.text());
  }
}
