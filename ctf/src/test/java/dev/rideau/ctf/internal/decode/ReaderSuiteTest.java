package dev.rideau.ctf.internal.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.ctf.CtfTraceReader;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.Projection;
import dev.rideau.trace.Severity;
import dev.rideau.trace.Trace;
import dev.rideau.trace.TraceException;
import dev.rideau.trace.TraceInput;
import dev.rideau.trace.testing.Records;
import dev.rideau.trace.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The public conformance cases for data streams through the whole reader: every record that can be
/// read is delivered, and what cannot is reported at its bit.
final class ReaderSuiteTest {

  /// Rules of whole traces that the cases, which are about packets, do not keep: a file holds one
  /// data stream of a class that exists, and packets start with the magic number of CTF.
  private static final Set<String> RULES_OF_TRACES =
      Set.of("data-stream-class-changes", "unknown-data-stream-class", "packet-magic-number");

  @Test
  void openCasesOfCtf18() throws IOException {
    readAll("ctf-1");
  }

  @Test
  void openCasesOfCtf2() throws IOException {
    readAll("ctf-2");
  }

  private static void readAll(String version) throws IOException {
    Path folder = SharedData.require("data/ctf-suite/data-stream/" + version);
    List<Path> cases;
    try (Stream<Path> files = Files.list(folder)) {
      cases = files.filter(Files::isDirectory).sorted().toList();
    }
    int beyond = 0;
    List<String> wrong = new ArrayList<>();
    for (Path path : cases) {
      Expected expected =
          Expected.of(Files.readAllLines(path.resolveSibling(path.getFileName() + ".expect")));
      List<Diagnostic> errors = new ArrayList<>();
      int records = 0;
      try {
        records = read(path, errors);
      } catch (TraceException refusal) {
        errors.add(refusal.diagnostic());
      }
      boolean isRight;
      if (errors.stream().anyMatch(error -> RULES_OF_TRACES.contains(error.rule()))) {
        beyond++;
        isRight = records <= expected.records;
      } else if (expected.faultBits < 0) {
        isRight = records == expected.records && errors.isEmpty();
      } else {
        // Behind a fault the reader goes on with the next packet, if there is one.
        isRight =
            records >= expected.records
                && errors.stream().anyMatch(e -> e.origin().offsetBits() == expected.faultBits);
      }
      if (!isRight) {
        wrong.add(
            "%s: expected %d records and a fault at %d but %d and %s"
                .formatted(
                    path.getFileName(), expected.records, expected.faultBits, records, errors));
      }
    }
    System.out.printf(
        "CTF data streams, %s: %d of %d cases read as expected, %d of them not to the end because"
            + " they are no traces%n",
        version, cases.size() - wrong.size(), cases.size(), beyond);
    assertThat(beyond).isLessThan(cases.size() / 5);
    assertThat(wrong).isEmpty();
  }

  private static int read(Path path, List<Diagnostic> errors) {
    AtomicInteger records = new AtomicInteger();
    List<Diagnostic> diagnostics = new ArrayList<>();
    List<Trace> traces = new CtfTraceReader().open(List.of(TraceInput.of(path)), diagnostics::add);
    for (Trace trace : traces) {
      for (DataStream stream : trace.dataStreams()) {
        Records.each(stream, Projection.ALL, diagnostics::add, (_, _) -> records.getAndIncrement());
      }
      trace.close();
    }
    for (Diagnostic diagnostic : diagnostics) {
      if (diagnostic.severity() == Severity.ERROR) {
        errors.add(diagnostic);
      }
    }
    return records.get();
  }

  /// @param records how many are complete
  /// @param faultBits where the case expects a fault, -1 for none
  private record Expected(int records, long faultBits) {

    static Expected of(List<String> lines) {
      int begun = 0;
      String indent = "";
      boolean inRecord = false;
      long faultBits = -1;
      for (String line : lines) {
        String element = line.substring(Math.min(7, line.length()));
        if (element.strip().equals("ER {")) {
          indent = element.substring(0, element.indexOf('E'));
          begun++;
          inRecord = true;
        } else if (inRecord && element.equals(indent + "}")) {
          inRecord = false;
        } else if (line.matches(" *\\d+ [A-Z][a-z].*")) {
          faultBits = Long.parseLong(line.strip().split(" ", 2)[0]);
        }
      }
      return new Expected(inRecord ? begun - 1 : begun, faultBits);
    }
  }
}
