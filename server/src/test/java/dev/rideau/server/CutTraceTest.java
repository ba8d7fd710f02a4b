package dev.rideau.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A trace whose files become shorter while it is shown: whoever asks for records is told, and what
/// is made of facts goes on.
final class CutTraceTest {
  @TempDir private Path folder;

  @Test
  void recordsAreRefusedAndFactsAnswered() throws IOException, InterruptedException {
    Path trace = folder.resolve("cpuburn");
    copy(Served.EXAMPLE, trace);
    try (Served served = new Served(trace, Served.options())) {
      String events = "/api/traces/cpuburn/events?from=0&count=3";
      assertThat(served.get(events).statusCode()).isEqualTo(200);

      Path stream = longest(trace);
      long bytes = Files.size(stream);
      try (RandomAccessFile file = new RandomAccessFile(stream.toFile(), "rw")) {
        file.setLength(bytes / 2);
      }

      for (String asked :
          List.of(
              events,
              "/api/traces/cpuburn/events/at?ts=1000000000",
              "/api/traces/cpuburn/search?q=sched_switch&kind=event")) {
        HttpResponse<String> answer = served.get(asked);
        assertThat(answer.statusCode()).as(asked + answer.body()).isEqualTo(409);
        assertThat(answer.body())
            .contains("was cut while it is shown")
            .contains(stream.getFileName() + " had " + bytes + " bytes");
      }
      assertThat(served.sql("SELECT count(*) FROM events('sched_switch')").statusCode())
          .isEqualTo(409);
      assertThat(served.sql("SELECT count(*) FROM thread").statusCode()).isEqualTo(200);
    }
  }

  private static Path longest(Path trace) throws IOException {
    try (Stream<Path> files = Files.walk(trace)) {
      return files
          .filter(Files::isRegularFile)
          .max(java.util.Comparator.comparingLong(file -> file.toFile().length()))
          .orElseThrow();
    }
  }

  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }
}
