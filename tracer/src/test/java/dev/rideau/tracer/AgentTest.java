package dev.rideau.tracer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shop.Checkout;

/// Methods of named classes become events without a change of their source.
final class AgentTest {
  @Test
  @Tag("slow")
  void methodsBecomeEvents(@TempDir Path folder) throws Exception {
    Path agent = folder.resolve("agent.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest
        .getMainAttributes()
        .putValue("Premain-Class", "dev.rideau.tracer.internal.agent.TracerAgent");
    // The classes themselves are on the class path.
    new JarOutputStream(Files.newOutputStream(agent), manifest).close();
    Path trace = folder.resolve("trace");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-javaagent:" + agent + "=shop.*",
                "-cp",
                System.getProperty("java.class.path"),
                Checkout.class.getName())
            .redirectErrorStream(true);
    builder.environment().put("RIDEAU_TRACE", "dir:" + trace + ",events=java:*");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).isEqualTo(Long.toString(7 + 10 + 'x' + 20 + 'x' + 10));
    List<String> events =
        RecordedTrace.read(trace).events().stream()
            .map(event ->
                event.name().substring("java:method_".length())
                    + " "
                    + event.field("method").toString().replace(Checkout.class.getName(), "")
                    + event.payload().getOrDefault("thrown", ""))
            .toList();
    assertThat(events)
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
}
