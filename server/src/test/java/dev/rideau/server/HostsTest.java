package dev.rideau.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.server.internal.http.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two machines shown as one: the example trace, and the same under another name, so that each id
/// of a thread and each CPU is there twice.
@Tag("slow")
final class HostsTest {
  @TempDir private static Path folder;
  private static Served served;
  private static String base = "";

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    Path other = folder.resolve("other");
    copy(Served.EXAMPLE.resolve("kernel"), other);
    served = new Served(List.of(Served.EXAMPLE, other), Served.together());
    List<Json> traces = json(served.get("/api/traces")).member("traces").elements();
    assertThat(traces).hasSize(1);
    base = "/api/traces/" + traces.getFirst().member("id").text();
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  // The same records of another machine, in a trace that says that it is another one.
  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    String metadata = Files.readString(from.resolve("metadata"), StandardCharsets.ISO_8859_1);
    Matcher found = Pattern.compile("uuid = \"([0-9a-f-]{36})\"").matcher(metadata);
    assertThat(found.find()).isTrue();
    String uuid = found.group(1);
    byte[] bytes = HexFormat.of().parseHex(uuid.replace("-", ""));
    String header = new String(bytes, StandardCharsets.ISO_8859_1);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        String changed =
            text.replace("qkguest", "qkother")
                .replace(uuid, new StringBuilder(uuid).replace(0, 2, "ff").toString())
                .replace(header, '\u00ff' + header.substring(1));
        Files.writeString(to.resolve(file.getFileName()), changed, StandardCharsets.ISO_8859_1);
      }
    }
  }

  private static Json json(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return Json.parse(response.body().getBytes(StandardCharsets.UTF_8));
  }

  private static Json get(String path) throws IOException, InterruptedException {
    return json(served.get(base + path));
  }

  private static List<String> texts(Json list, String member) {
    return list.elements().stream().map(each -> each.member(member).text()).toList();
  }

  @Test
  void eachMachineHasRowsOfItsOwn() throws Exception {
    assertThat(get("").member("hosts").elements().stream().map(Json::text))
        .containsExactly("qkguest", "qkother");
    List<Json> rows = get("/timeline/rows").member("rows").elements();
    List<String> groups =
        rows.stream()
            .filter(row -> row.member("kind").text().equals("group"))
            .map(row -> row.member("name").text())
            .toList();
    assertThat(groups)
        .contains(
            "CPUs of qkguest", "CPUs of qkother", "Processes of qkguest", "Processes of qkother");
    for (Json row : rows) {
      long parent = row.member("parent").number();
      if (parent >= 0) {
        long host = rows.get((int) parent).member("host").number();
        assertThat(row.member("host").number()).isEqualTo(host);
      }
    }
    assertThat(rows.stream().filter(row -> row.member("kind").text().equals("cpu"))).hasSize(8);
  }

  @Test
  void reportsNameTheMachine() throws Exception {
    Json all = get("/reports/cpu-process?p.limit=5");
    assertThat(texts(all.member("columns"), "name")).startsWith("host", "process", "pid");
    List<Json> rows = all.member("rows").elements();
    assertThat(rows.stream().map(row -> row.elements().getFirst().text()))
        .containsExactly(
            "qkguest", "qkguest", "qkguest", "qkguest", "qkguest", "qkother", "qkother", "qkother",
            "qkother", "qkother");
    Json second = get("/reports/cpu-process?p.limit=5&host=1");
    assertThat(texts(second.member("columns"), "name")).startsWith("process", "pid");
    for (int i = 0; i < 5; i++) {
      List<Json> whole = rows.get(5 + i).elements();
      List<Json> one = second.member("rows").elements().get(i).elements();
      for (int column = 0; column < one.size(); column++) {
        assertThat(one.get(column).value()).isEqualTo(whole.get(column + 1).value());
      }
    }
    // Of a report that tells numbers of machines itself.
    assertThat(texts(get("/reports/cpu").member("columns"), "name")).containsOnlyOnce("host");
    assertThat(served.get(base + "/reports/cpu?format=svg").statusCode()).isEqualTo(400);
    assertThat(served.get(base + "/reports/cpu?format=svg&host=1").statusCode()).isEqualTo(200);
    assertThat(served.get(base + "/reports/cpu?host=2").statusCode()).isEqualTo(400);
    assertThat(served.get(base + "/reports/cpu?format=parquet").statusCode()).isEqualTo(200);
  }

  @Test
  void seriesOfChartsNameTheMachine() throws Exception {
    List<Json> all = get("/charts/cpu-over-time?bins=20").member("series").elements();
    List<Json> first = get("/charts/cpu-over-time?bins=20&host=0").member("series").elements();
    assertThat(all).hasSize(2 * first.size());
    for (int i = 0; i < first.size(); i++) {
      String name = first.get(i).member("name").text();
      assertThat(all.get(i).member("name").text()).isEqualTo("qkguest: " + name);
      assertThat(all.get(first.size() + i).member("name").text()).isEqualTo("qkother: " + name);
      assertThat(all.get(i).member("values").value())
          .isEqualTo(first.get(i).member("values").value());
    }
  }

  @Test
  void findingsAreOfOneMachine() throws Exception {
    assertThat(served.get(base + "/explain").statusCode()).isEqualTo(400);
    List<Json> rows = get("/timeline/rows").member("rows").elements();
    for (int host = 0; host < 2; host++) {
      Json told = get("/explain?host=" + host);
      assertThat(told.member("busiest").member("rows").elements()).isNotEmpty();
      for (Json finding : told.member("findings").elements()) {
        if (!finding.member("row").isNull()) {
          Json row = rows.get((int) finding.member("row").number());
          assertThat(row.member("host").number()).isEqualTo(host);
        }
      }
    }
    assertThat(texts(get("/marks").member("marks"), "text"))
        .allMatch(text -> text.startsWith("qkguest: ") || text.startsWith("qkother: "));
  }

  @Test
  void statementsAndRecordsTellTheMachine() throws Exception {
    String body = "{\"sql\":\"SELECT count(DISTINCT host) AS n FROM sched_slice\"%s}";
    assertThat(value(body.formatted(""))).isEqualTo(2);
    assertThat(value(body.formatted(",\"host\":1"))).isEqualTo(1);
    assertThat(value(body.formatted(""))).isEqualTo(2);
    List<Json> records = get("/events?count=100").member("rows").elements();
    assertThat(records.stream().map(each -> each.member("host").number())).contains(0L, 1L);
  }

  private static long value(String body) throws IOException, InterruptedException {
    Json answer = json(served.post(base + "/sql", body));
    return answer.member("rows").elements().getFirst().elements().getFirst().number();
  }

  @Test
  void criticalPathsOfTheProtocolAreByNumberOfTheThread() throws Exception {
    String experiments = "/tsp/api/experiments";
    String id = json(served.get(experiments)).elements().getFirst().member("UUID").text();
    String outputs = experiments + "/" + id + "/outputs";
    Json tree = model(outputs + "/timeGraph/thread-states/tree", "{\"parameters\":{}}");
    List<Json> threads =
        tree.member("entries").elements().stream()
            .filter(entry -> !entry.member("metadata").member("utid").isNull())
            .filter(entry -> entry.member("labels").elements().getFirst().text().equals("cpuburn1"))
            .toList();
    assertThat(threads).hasSize(2);
    for (Json thread : threads) {
      long utid = thread.member("metadata").member("utid").elements().getFirst().number();
      HttpResponse<String> made =
          served.post(
              outputs + "/critical-path",
              "{\"name\":\"of %d\",\"sourceTypeId\":\"critical-path\",\"parameters\":{\"utid\":%d}}"
                  .formatted(utid, utid));
      String output = json(made).member("id").text();
      Json path = model(outputs + "/timeGraph/" + output + "/tree", "{\"parameters\":{}}");
      assertThat(
              path.member("entries").elements().stream()
                  .map(entry -> entry.member("metadata"))
                  .filter(metadata -> !metadata.isNull())
                  .map(metadata -> metadata.member("utid").elements().getFirst().number()))
          .contains(utid)
          .allMatch(other -> other / 1_000_000_000 == utid / 1_000_000_000);
    }
  }

  @Test
  void tablesOfTheProtocolNameTheMachine() throws Exception {
    String experiments = "/tsp/api/experiments";
    String id = json(served.get(experiments)).elements().getFirst().member("UUID").text();
    String table = experiments + "/" + id + "/outputs/table/report.cpu/";
    assertThat(texts(model(table + "columns", "{\"parameters\":{}}"), "name")).startsWith("host");
    Json lines =
        model(
            table + "lines",
            "{\"parameters\":{\"requested_table_index\":0,\"requested_table_count\":20}}");
    assertThat(
            lines.member("lines").elements().stream()
                .map(line -> line.member("cells").elements().getFirst().member("content").text()))
        .containsExactlyElementsOf(
            Stream.concat(
                    Collections.nCopies(5, "qkguest").stream(),
                    Collections.nCopies(5, "qkother").stream())
                .toList());
  }

  private static Json model(String address, String body) throws Exception {
    return json(served.post(address, body)).member("model");
  }
}
