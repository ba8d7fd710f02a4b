package dev.rideau.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rideau.server.internal.http.Json;
import dev.rideau.trace.testing.SharedData;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The use of CPUs by processes whose threads run at once: the chart, the list of rows and the
/// report say the same.
@Tag("slow")
final class ProcessUsageTest {
  private static Served served;
  private static String base = "";

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    Path trace = SharedData.require("data/lttng-kernel/blocking");
    served = new Served(trace, Served.options());
    base = "/api/traces/blocking";
  }

  @AfterAll
  static void stop() {
    if (served != null) {
      served.close();
    }
  }

  private static Json get(String path) throws IOException, InterruptedException {
    HttpResponse<String> response = served.get(base + path);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return Json.parse(response.body().getBytes(StandardCharsets.UTF_8));
  }

  // Nanoseconds by the report, of an interval or of all.
  private static long reported(long pid, String interval) throws IOException, InterruptedException {
    Json table = get("/reports/cpu-process?p.limit=1000" + interval);
    List<String> columns =
        table.member("columns").elements().stream()
            .map(column -> column.member("name").text())
            .toList();
    for (Json row : table.member("rows").elements()) {
      List<Json> cells = row.elements();
      if (cells.get(columns.indexOf("pid")).number() == pid) {
        return cells.get(columns.indexOf("cpu_time")).number();
      }
    }
    throw new AssertionError("no process " + pid);
  }

  private static Json process(String name) throws IOException, InterruptedException {
    return get("/timeline/rows").member("rows").elements().stream()
        .filter(row -> row.member("kind").text().equals("process"))
        .filter(row -> row.member("name").text().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"pc-main", "mtx-main"})
  void isThatOfAllItsThreads(String name) throws IOException, InterruptedException {
    Json row = process(name);
    long pid = row.member("pid").number();
    assertThat(row.member("busy").number()).isEqualTo(reported(pid, ""));
    for (int bins : new int[] {10, 777}) {
      String interval = "&begin=500000000&end=1000000000";
      String path = "/usage?row=" + row.member("id").number() + "&bins=" + bins + interval;
      double sum = 0;
      for (Json value :
          get(path).member("series").elements().getFirst().member("values").elements()) {
        sum += ((Number) requireNonNull(value.value())).doubleValue() / 100 * 500_000_000 / bins;
      }
      assertThat(sum).isCloseTo(reported(pid, interval), within(1_000.0));
    }
  }
}
