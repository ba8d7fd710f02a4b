package dev.rideau.record;

import dev.rideau.record.internal.tracefs.CpuCounts;
import dev.rideau.record.internal.tracefs.RecordingInstance;
import dev.rideau.record.internal.watch.PairWatch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Waits for what somebody wants a snapshot of. Used by one thread.
///
/// For events alone the kernel's filters do the work: an instance of its own for each holds only
/// what matches, so that looking at its counts is enough. Only where a begin and an end are to be
/// compared are these two read.
public final class EventWatch implements AutoCloseable {
  private static final int BUFFER_KB = 64;
  private static final Pattern LINE =
      Pattern.compile("\\s*(\\S.*?)-(\\d+)\\s.*?\\[\\d+\\].*?\\s[\\d.]+: \\w+: (.*)");

  /// An instance with one event, and how often that happened.
  private static final class Counter {
    final Trigger.Happens wanted;
    final RecordingInstance instance;
    long seen;

    Counter(Trigger.Happens wanted, RecordingInstance instance) {
      this.wanted = wanted;
      this.instance = instance;
    }
  }

  private final List<Counter> counters = new ArrayList<>();
  private final List<PairWatch> pairs = new ArrayList<>();

  private EventWatch() {}

  /// Starts to watch for any of these.
  ///
  /// @param clock name of the trace clock
  public static EventWatch start(List<Trigger> triggers, String clock) {
    EventWatch watch = new EventWatch();
    try {
      for (Trigger trigger : triggers) {
        switch (trigger) {
          case Trigger.Happens happens -> watch.counters.add(counter(happens, clock));
          case Trigger.Lasts lasts -> watch.pairs.add(PairWatch.start(lasts, clock));
        }
      }
      return watch;
    } catch (RuntimeException | Error failure) {
      watch.close();
      throw failure;
    }
  }

  private static Counter counter(Trigger.Happens wanted, String clock) {
    RecordingOptions options =
        new RecordingOptions(
            Path.of(""),
            List.of(wanted.event()),
            BUFFER_KB,
            clock,
            List.of(),
            List.of(),
            false,
            "");
    RecordingInstance instance = RecordingInstance.create(options, false);
    try {
      instance.tracing(true);
      return new Counter(wanted, instance);
    } catch (RuntimeException | Error failure) {
      instance.close();
      throw failure;
    }
  }

  /// What happened since the last call, in words, or null.
  public @Nullable String happened() {
    String what = null;
    for (Counter counter : counters) {
      long now = 0;
      for (int cpu : counter.instance.cpus()) {
        CpuCounts counts = counter.instance.counts(cpu);
        now += counts.entries() + counts.overrun();
      }
      if (now != counter.seen) {
        String last = lastLine(counter.instance);
        what = counter.wanted.text() + (last.isEmpty() ? "" : " (" + last + ")");
      }
      counter.seen = now;
    }
    for (PairWatch pair : pairs) {
      String found = pair.happened();
      what = found != null ? found : what;
    }
    return what;
  }

  /// Whom the last event that matched was about, and its fields, as the kernel prints them:
  ///
  /// ```
  ///             bash-1234    [001] d..1. 12345.678901: signal_deliver: sig=11 errno=0 code=1
  /// ```
  private static String lastLine(RecordingInstance instance) {
    String found = "";
    for (String line : instance.instance().text("trace").split("\n", -1)) {
      Matcher matcher = LINE.matcher(line);
      if (matcher.matches()) {
        found = "%s %s: %s".formatted(matcher.group(1), matcher.group(2), matcher.group(3));
      }
    }
    return found;
  }

  @Override
  public void close() {
    counters.forEach(counter -> counter.instance.close());
    pairs.forEach(PairWatch::close);
  }
}
