package dev.rideau.reports;

import dev.rideau.reports.ReportRunner.TimeRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullUnmarked;

/// What a traced workload said of itself: sections of `name = value`, and counters of the kernel
/// between two moments.
@NullUnmarked // a value that is missing fails the test, whatever throws
final class Truth {
  private static final Pattern SECTION = Pattern.compile("\\[(.+)]");
  private static final Pattern ENTRY = Pattern.compile("(.+?) *[=:] (.*)");
  private static final Pattern NUMBER = Pattern.compile("(\\w+)=(-?[0-9]+)");

  private final Map<String, Map<String, String>> sections = new LinkedHashMap<>();

  Truth(Path trace) throws IOException {
    Map<String, String> section = new LinkedHashMap<>();
    for (String line : Files.readAllLines(trace.resolve("truth.txt"))) {
      Matcher head = SECTION.matcher(line.replaceFirst(" *#.*", ""));
      Matcher entry = ENTRY.matcher(line);
      if (head.matches()) {
        section = new LinkedHashMap<>();
        sections.put(head.group(1), section);
      } else if (entry.matches()) {
        section.putIfAbsent(entry.group(1), entry.group(2));
      }
    }
  }

  Map<String, String> section(String name) {
    return sections.getOrDefault(name, Map.of());
  }

  /// The sections of processes that worked, by name.
  Map<String, Map<String, String>> processes() {
    Map<String, Map<String, String>> processes = new LinkedHashMap<>();
    sections.forEach((name, section) -> {
      if (name.startsWith("process ")) {
        processes.put(name.substring("process ".length()), section);
      }
    });
    return processes;
  }

  long number(String section, String name) {
    return Long.parseLong(section(section).get(name).replaceFirst(" .*", ""));
  }

  /// The numbers of an entry such as `reads=1 writes=2`.
  Map<String, Long> numbers(String section, String name) {
    Map<String, Long> numbers = new LinkedHashMap<>();
    Matcher matcher = NUMBER.matcher(section(section).getOrDefault(name, ""));
    while (matcher.find()) {
      numbers.put(matcher.group(1), Long.parseLong(matcher.group(2)));
    }
    return numbers;
  }

  /// The time between the two moments of the counters.
  TimeRange window() {
    return new TimeRange(
        traceNs(number("window", "start_mono_ns")), traceNs(number("window", "end_mono_ns")));
  }

  /// A time of the workload's clock on the timeline of the trace.
  long traceNs(long monotonicNs) {
    long offset = number("window", "start_real_ns") - number("window", "start_mono_ns");
    return monotonicNs + offset;
  }
}
