package dev.rideau.tracer.internal.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// What stands behind `-javaagent:rideau-tracer.jar=`.
final class AgentOptionsTest {
  @Test
  void eachOptionHasItsPatterns() {
    AgentOptions options =
        AgentOptions.parse("shop.*; methods:bank.* ;monitors:shop.*;spans:*.Orders;");
    assertThat(options)
        .isEqualTo(
            new AgentOptions(
                List.of("shop.*", "bank.*"), List.of("shop.*"), List.of("*.Orders"), List.of()));
    assertThat(AgentOptions.parse("").isEmpty()).isTrue();
  }

  @Test
  void whatMakesNoSenseIsToldAndTheRestIsDone() {
    AgentOptions options = AgentOptions.parse("span:app.*;foo:bar;monitors;methods:;spans:app.*");
    assertThat(options.faults())
        .containsExactly(
            "there is no option 'span'; there are methods, monitors, spans",
            "there is no option 'foo'; there are methods, monitors, spans",
            "'monitors' lacks a pattern of classes, as in monitors:shop.*",
            "'methods' lacks a pattern of classes, as in methods:shop.*");
    assertThat(options.spans()).containsExactly("app.*");
    assertThat(options.methods()).isEmpty();
  }
}
