package dev.rideau.tracer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.trace.testing.JavaProgram;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The example program runs as its page says, and its trace tells what happened.
final class ShopExampleTest {
  @Test
  @Tag("slow")
  void theShopTellsWhoWaitedForWhom(@TempDir Path folder) throws Exception {
    URI classes = Tracer.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    Path program =
        Path.of(System.getProperty("rideau.root"), "examples", "tracer-shop", "Shop.java");
    Path trace = folder.resolve("trace");
    ProcessBuilder builder =
        new ProcessBuilder(
            JavaProgram.tool("java"),
            "-cp",
            Path.of(classes).toString(),
            program.toString(),
            "100");
    builder
        .environment()
        .put("RIDEAU_TRACE", "dir:" + trace + ",events=shop:*,contexts=java_thread_id;is_virtual");
    assertThat(JavaProgram.output(builder)).contains("100 requests served");

    RecordedTrace read = RecordedTrace.read(trace);
    assertThat(read.diagnostics()).isEmpty();
    assertThat(read.losses()).isEmpty();
    assertThat(read.named("shop:request_begin")).hasSize(100);
    assertThat(read.named("shop:request_end")).hasSize(100);
    assertThat(read.events())
        .allSatisfy(event -> assertThat(event.contextField("is_virtual")).isEqualTo(0L));
    // The table is for one at a time: queries never overlap.
    List<String> queries =
        read.events().stream()
            .filter(event -> event.name().startsWith("shop:query"))
            .map(event -> event.name() + " " + event.field("request"))
            .toList();
    for (int i = 0; i < queries.size(); i += 2) {
      assertThat(queries.get(i + 1)).isEqualTo(queries.get(i).replace("begin", "end"));
    }
  }
}
