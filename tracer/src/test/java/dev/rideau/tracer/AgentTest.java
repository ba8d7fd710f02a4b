package dev.rideau.tracer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.trace.testing.JavaProgram;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shop.Archive;
import shop.Checkout;
import shop.Courier;
import shop.Kiosk;
import shop.Warehouse;

/// What named classes do becomes events without a change of their source.
@Tag("slow")
final class AgentTest {
  @TempDir Path folder;

  @Test
  void methodsBecomeEvents() throws Exception {
    String output = run("shop.*", Checkout.class);
    assertThat(output).isEqualTo(Long.toString(7 + 10 + 'x' + 20 + 'x' + 10));
    assertThat(
            events("java:method_").stream()
                .map(event ->
                    event.name().substring("java:method_".length())
                        + " "
                        + event.field("method").toString().replace(Checkout.class.getName(), "")
                        + event.payload().getOrDefault("thrown", "")))
        .containsExactly(
            "enter .main",
            "enter .work",
            "exit .work",
            "enter .work",
            "exit .work",
            "enter .work",
            "exit .work",
            "enter .work",
            "throw .workjava.lang.IllegalArgumentException",
            "exit .main");
  }

  @Test
  void waitsForMonitorsBecomeEvents() throws Exception {
    assertThat(run("monitors:shop.*", Warehouse.class)).isEqualTo(UNCHANGED);
    List<RecordedEvent> waits = events("java:");
    assertThat(waits)
        .extracting(event -> event.field("method") + " " + event.field("class_name"))
        .contains(
            "shop.Warehouse.take shop.Warehouse",
            "shop.Warehouse.takeFromShelf java.lang.Object",
            "shop.Warehouse.takeAny java.lang.Class");
    assertThat(waits)
        .filteredOn(event -> event.field("method").toString().contains("take"))
        .allSatisfy(event ->
            assertThat((long) Objects.requireNonNull(event.field("duration_ns")))
                .isBetween(20_000L, 10_000_000_000L));
  }

  @Test
  void callsOfDatabasesAndHttpBecomeSpans() throws Exception {
    assertThat(run("spans:shop.Warehouse", Warehouse.class)).isEqualTo(UNCHANGED);
    assertThat(events("jdbc:"))
        .extracting(event ->
            event.name()
                + " "
                + event.payload().getOrDefault("text", "")
                + event.payload().getOrDefault("thrown", ""))
        .containsExactly(
            "jdbc:query_begin SELECT 1",
            "jdbc:query_end ",
            "jdbc:query_begin UPDATE shelves",
            "jdbc:query_end ",
            "jdbc:query_begin SELECT broken",
            "jdbc:query_end java.sql.SQLException");
    List<RecordedEvent> http = events("http:");
    assertThat(http)
        .extracting(RecordedEvent::name)
        .containsExactlyInAnyOrder(
            "http:client_begin", "http:server_begin", "http:server_end", "http:client_end");
    assertThat(http.getFirst().field("request").toString()).contains("/stock");
    assertThat(http.get(1).field("path")).isEqualTo("/stock");
    assertThat(http)
        .filteredOn(event -> event.name().equals("http:client_end"))
        .extracting(event -> event.field("status"))
        .containsExactly(203L);
  }

  @Test
  void spansTellTheTextOfWhatWasPrepared() throws Exception {
    assertThat(run("spans:shop.*", Archive.class)).isEqualTo("204 absent");
    assertThat(events("jdbc:query_begin"))
        .extracting(
            event -> event.field("text").toString().replaceAll("jdk.*Proxy[0-9]+", "a proxy"))
        .containsExactly(
            "INSERT INTO shelves VALUES (?)",
            "SELECT shelf FROM shelves",
            "INSERT INTO shelves VALUES (?)",
            "commit",
            "rollback",
            "a proxy");
    assertThat(events("jdbc:query_end")).hasSize(6);
  }

  @Test
  void spansOfConnectionsOfUrlsTellRequestAndStatus() throws Exception {
    assertThat(run("spans:shop.*", Archive.class)).isEqualTo("204 absent");
    assertThat(events("http:client_"))
        .extracting(event ->
            Objects.toString(event.payload().getOrDefault("request", event.payload().get("status")))
                    .replaceFirst(":[0-9]+", "")
                + event.payload().getOrDefault("thrown", ""))
        .containsExactly(
            "GET http://localhost/kept",
            "204",
            "GET http://localhost/lost",
            "404java.io.FileNotFoundException");
  }

  @Test
  void allTogetherLeaveTheProgramAsItIs() throws Exception {
    assertThat(run("shop.*;monitors:shop.*;spans:shop.*", Warehouse.class)).isEqualTo(UNCHANGED);
    assertThat(events("jdbc:")).hasSize(6);
    assertThat(events("java:method_throw"))
        .extracting(event -> event.field("method"))
        .contains("shop.Warehouse.fail");
  }

  @Test
  void requestsOfTheFutureEndWhenTheyAreAnswered() throws Exception {
    assertThat(run("spans:shop.Courier", Courier.class, ",contexts=java_thread_id;is_virtual"))
        .isEqualTo("true 203 true java.net.ConnectException 4");
    List<RecordedEvent> http = events("http:client_");
    assertThat(http)
        .extracting(event ->
            event.name() + event.payload().getOrDefault("status", "") + " " + event.field("id"))
        .contains("http:client_begin 1", "http:client_end203 1");
    // The answer was only given when the program had gone on with something else.
    RecordedEvent query = events("jdbc:query_end").getFirst();
    RecordedEvent begin = http.getFirst();
    assertThat(query.timestampNs()).isBetween(begin.timestampNs(), end(http, begin).timestampNs());
    assertThat(http)
        .filteredOn(event -> "java.net.ConnectException".equals(event.payload().get("thrown")))
        .singleElement()
        .satisfies(failed -> assertThat(failed.field("status")).isEqualTo(0L));
  }

  @Test
  void spansOfVirtualThreadsBeginAndEndInTheSameOne() throws Exception {
    run("spans:shop.Courier", Courier.class, ",contexts=java_thread_id;is_virtual");
    List<RecordedEvent> server = events("http:server_");
    List<RecordedEvent> begins =
        server.stream().filter(event -> event.name().endsWith("_begin")).toList();
    assertThat(begins).hasSize(5);
    assertThat(begins).extracting(event -> event.contextField("is_virtual")).containsOnly(1L);
    assertThat(begins)
        .extracting(event -> event.contextField("java_thread_id"))
        .doesNotHaveDuplicates();
    for (RecordedEvent begin : begins) {
      assertThat(end(server, begin).context()).isEqualTo(begin.context());
    }
  }

  @Test
  void aProgramThatRecordsNothingIsToldToFromOutside() throws Exception {
    Path trace = folder.resolve("trace");
    Process kiosk = start("shop.*", Kiosk.class, Map.of());
    try (BufferedReader output = kiosk.inputReader();
        Writer customers = kiosk.outputWriter()) {
      assertThat(output.readLine()).isEqualTo("open");
      assertThat(TracerClient.processes()).contains(kiosk.pid());
      assertThat(TracerClient.send(kiosk.pid(), "list")).isEmpty();
      served(customers, output, "1");
      TracerClient.send(kiosk.pid(), "create", "remote", trace.toString(), "java:method_enter");
      served(customers, output, "2");
      TracerClient.send(kiosk.pid(), "stop", "remote");
      served(customers, output, "3");
    }
    assertThat(kiosk.waitFor()).isZero();
    assertThat(events("java:method_enter"))
        .singleElement()
        .satisfies(event -> assertThat(event.field("method")).isEqualTo("shop.Kiosk.serve"));
  }

  @Test
  void theAgentIsLoadedIntoARunningProgram() throws Exception {
    Path trace = folder.resolve("trace");
    Process kiosk =
        start(
            "shop.*",
            Kiosk.class,
            Map.of("RIDEAU_TRACE", "dir:" + trace + ",mode=overwrite,name=flight"));
    try (BufferedReader output = kiosk.inputReader();
        Writer customers = kiosk.outputWriter()) {
      assertThat(output.readLine()).isEqualTo("open");
      served(customers, output, "1");
      load(kiosk, "snapshot:another");
      load(kiosk, "snapshot:flight");
    }
    assertThat(kiosk.waitFor()).isZero();
    try (Stream<Path> snapshots = Files.list(trace.resolve("snapshots"))) {
      assertThat(snapshots)
          .singleElement()
          .satisfies(snapshot ->
              assertThat(RecordedTrace.read(snapshot).named("java:method_exit"))
                  .extracting(event -> event.field("method"))
                  .containsExactly("shop.Kiosk.serve"));
    }
  }

  @Test
  void aRunningProgramGetsMethodEvents() throws Exception {
    Path trace = folder.resolve("trace");
    Process kiosk = start("", Kiosk.class, Map.of("RIDEAU_TRACE", "dir:" + trace));
    try (BufferedReader output = kiosk.inputReader();
        Writer customers = kiosk.outputWriter()) {
      assertThat(output.readLine()).isEqualTo("open");
      served(customers, output, "1");
      load(kiosk, "shop.*");
      served(customers, output, "2");
      // What calls the hooks already stays as it is.
      load(kiosk, "shop.*");
      served(customers, output, "3");
    }
    assertThat(kiosk.waitFor()).isZero();
    assertThat(events("java:"))
        .extracting(event -> event.name() + " " + event.field("method"))
        .containsExactly(
            "java:method_enter shop.Kiosk.serve",
            "java:method_exit shop.Kiosk.serve",
            "java:method_enter shop.Kiosk.serve",
            "java:method_exit shop.Kiosk.serve");
  }

  private static void served(Writer customers, BufferedReader output, String number)
      throws IOException {
    customers.write('\n');
    customers.flush();
    assertThat(output.readLine()).isEqualTo(number);
  }

  private void load(Process program, String options) throws Exception {
    ProcessBuilder jcmd =
        new ProcessBuilder(
            JavaProgram.tool("jcmd"),
            Long.toString(program.pid()),
            "JVMTI.agent_load",
            folder.resolve("agent.jar").toString(),
            options);
    assertThat(JavaProgram.output(jcmd)).contains("return code: 0");
  }

  private static RecordedEvent end(List<RecordedEvent> events, RecordedEvent begin) {
    return events.stream()
        .filter(event -> event.name().equals(begin.name().replace("_begin", "_end")))
        .filter(event -> event.field("id").equals(begin.field("id")))
        .findFirst()
        .orElseThrow();
  }

  private static final String UNCHANGED = "4 true 3 no table SELECT broken 203 42 left";

  private List<RecordedEvent> events(String prefix) throws Exception {
    return RecordedTrace.read(folder.resolve("trace")).events().stream()
        .filter(event -> event.name().startsWith(prefix))
        .toList();
  }

  private String run(String options, Class<?> program) throws Exception {
    return run(options, program, "");
  }

  private String run(String options, Class<?> program, String session) throws Exception {
    Process process =
        start(options, program, Map.of("RIDEAU_TRACE", "dir:" + folder.resolve("trace") + session));
    return JavaProgram.output(process);
  }

  private Process start(String options, Class<?> program, Map<String, String> variables)
      throws IOException {
    Path agent = folder.resolve("agent.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    for (String kind : List.of("Premain-Class", "Agent-Class")) {
      manifest.getMainAttributes().putValue(kind, "dev.rideau.tracer.internal.agent.TracerAgent");
    }
    manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
    // The classes themselves are on the class path.
    new JarOutputStream(Files.newOutputStream(agent), manifest).close();
    ProcessBuilder builder =
        new ProcessBuilder(
                JavaProgram.command(
                    List.of(
                        "-XX:+EnableDynamicAgentLoading", "-javaagent:" + agent + "=" + options),
                    program))
            .redirectErrorStream(true);
    builder.environment().putAll(variables);
    return builder.start();
  }
}
