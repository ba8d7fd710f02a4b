package dev.rideau.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.server.internal.http.Json;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A trace of which a file was cut off before it was opened, in a folder whose name a shell would
/// not read as one word, shown far from UTC: what is told of it.
@Tag("slow")
final class DamagedTraceTest {
  @TempDir private static Path folder;
  private static Served served;
  private static String base = "";

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    Path trace = folder.resolve("it's cut").resolve("cpuburn");
    CutTraceTest.copy(Served.EXAMPLE, trace);
    try (RandomAccessFile file =
        new RandomAccessFile(trace.resolve("kernel/kchan_1").toFile(), "rw")) {
      file.setLength(100_000);
    }
    served =
        new Served(
            List.of(Served.EXAMPLE, trace), Served.in(TimeZone.getTimeZone("America/New_York")));
    base = "/api/traces/" + traces().get(1).member("id").text();
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  private static Json json(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return Json.parse(response.body().getBytes(StandardCharsets.UTF_8));
  }

  private static List<Json> traces() throws IOException, InterruptedException {
    return json(served.get("/api/traces")).member("traces").elements();
  }

  private static Json explained() throws IOException, InterruptedException {
    return json(served.get(base + "/explain"));
  }

  private static List<String> texts(Json list, String member) {
    return list.elements().stream().map(each -> each.member(member).text()).toList();
  }

  @Test
  void damageIsToldWithPlaceRuleAndAdvice() throws IOException, InterruptedException {
    assertThat(texts(explained().member("damage"), "text"))
        .anySatisfy(text ->
            assertThat(text)
                .contains("kernel/kchan_1, packet 0")
                .contains("the file ends after 100000 of them [truncated-packet]")
                .contains("copy it again"))
        .anySatisfy(text -> assertThat(text).contains("[beyond-packet-content]"))
        .anySatisfy(text -> assertThat(text).startsWith("the records of CPU 1 end 3.309 s before"));
  }

  @Test
  void damageStandsWhereRecordsAreMissing() throws IOException, InterruptedException {
    long duration = traces().get(1).member("duration").number();
    assertThat(duration).isBetween(6_000_000_000L, 6_500_000_000L);
    List<Json> marks =
        json(served.get(base + "/marks")).member("marks").elements().stream()
            .filter(mark -> !mark.member("kind").text().equals("finding"))
            .toList();
    assertThat(marks.stream().map(mark -> mark.member("text").text()))
        .contains("the end is missing on CPU 1", "damaged, records are missing on CPU 1")
        .anyMatch(text -> text.contains("kchan_1") && text.contains("[beyond-packet-content]. The"))
        .hasSize(3);
    assertThat(marks)
        .allSatisfy(mark -> {
          assertThat(mark.member("begin").number()).isBetween(2_900_000_000L, 3_000_000_000L);
          assertThat(mark.member("end").number()).isEqualTo(duration);
        });
    assertThat(texts(explained().member("losses").member("places"), "text")).hasSize(2);
  }

  @Test
  void timesAreThoseOfTheZone() throws IOException, InterruptedException {
    Json trace = traces().get(1);
    assertThat(trace.member("zone").text()).isEqualTo("America/New_York");
    assertThat(trace.member("utcOffset").number()).isEqualTo(-5 * 3600);
    assertThat(texts(explained().member("findings"), "summary"))
        .anyMatch(text -> text.contains("was woken at 23:41:28.870110072"));
    assertThat(explained().member("losses").member("text").text())
        .isEqualTo(
            "records of a CPU are missing for a part of this time, between 23:41:28.921647151 and"
                + " 23:41:32.231052127: numbers of that time are too low or wrong");
    assertThat(served.get(base + "/timeline/details?row=5&ts=1000000000").body())
        .contains("{\"name\":\"Begin\",\"text\":\"23:41:26.");
  }

  @Test
  void commandsCanBeCopiedIntoShells() throws IOException, InterruptedException {
    String word = "'" + (folder + "/it's cut/cpuburn").replace("'", "'\\''") + "'";
    assertThat(texts(explained().member("findings"), "command"))
        .contains("rideau report cpu-process " + word);
    assertThat(explained().member("losses").member("command").text())
        .isEqualTo("rideau report losses " + word);
  }

  @Test
  void tracesOfTheSameNameAreToldApart() throws IOException, InterruptedException {
    assertThat(traces().stream().map(trace -> trace.member("name").text()))
        .containsExactly("examples/cpuburn", "it's cut/cpuburn");
  }

  @Test
  void resourcesAreCalledShortOnlyWhereTheExplanationDoes()
      throws IOException, InterruptedException {
    assertThat(explained().member("shortOf").elements()).isEmpty();
    assertThat(texts(explained().member("resources"), "supply"))
        .hasSize(5)
        .allMatch(word -> word.startsWith("enough"));
  }
}
