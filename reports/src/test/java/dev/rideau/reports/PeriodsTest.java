package dev.rideau.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rideau.reports.ReportRunner.TimeRange;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Periods by conditions on event records.
final class PeriodsTest {
  private static final TimeRange ALL = new TimeRange(0, 1000);

  @Test
  void beginsAndEndsWithRecordsThatBelongTogether() {
    List<Period> found =
        find(
            List.of(
                "irq : $evt.$name == \"entry\" : $evt.$name == \"exit\" && $evt.irq == $begin.$evt.irq"),
            List.of("irq : $evt.irq, who = $evt.name : result = $evt.ret"));

    assertThat(found)
        .containsExactly(
            new Period(0, -1, "irq", null, 10, 50, true, captures("7", "disk", "1")),
            new Period(1, -1, "irq", null, 20, 30, true, captures("8", "net", "0")),
            new Period(
                2, -1, "irq", null, 60, 1000, false, Map.of("$evt.irq", "7", "who", "disk")));
  }

  private static Map<String, String> captures(String irq, String who, String result) {
    return Map.of("$evt.irq", irq, "who", who, "result", result);
  }

  @Test
  void endsWhatLiesWithinWithThePeriodAround() {
    List<Period> found =
        find(
            List.of(
                "out : $evt.irq == 7 && $evt.$name =* \"en*\" : $evt.irq == 7",
                "in(out) : $evt.$name == \"entry\" && $evt.irq > $parent.$begin.$evt.irq"
                    + " : $evt.ret == 5"),
            List.of());

    assertThat(found)
        .containsExactly(
            new Period(0, -1, "out", null, 10, 50, true, Map.of()),
            new Period(1, 0, "in", "out", 20, 50, false, Map.of()),
            new Period(2, -1, "out", null, 60, 1000, false, Map.of()));
  }

  @Test
  void withoutEndEachBeginEndsTheOneBefore() {
    assertThat(find(List.of(": $evt.$name == \"entry\""), List.of()))
        .extracting(Period::beginNs, Period::endNs, Period::isComplete)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(10L, 20L, true),
            org.assertj.core.groups.Tuple.tuple(20L, 60L, true),
            org.assertj.core.groups.Tuple.tuple(60L, 1000L, false));
  }

  @Test
  void whatIsAbsentIsUnequal() {
    assertThat(
            find(
                List.of(": $evt.$name == \"exit\" && !($evt.name == \"x\" || $evt.none == 1)"),
                List.of()))
        .hasSize(2);
    assertThat(find(List.of(": $evt.none != 1 && $evt.$name != \"exit\""), List.of())).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          x                                | ':' is wanted
          : $evt.irq                       | an operator is wanted
          : $evt.irq == 1 && $evt.b ** 2   | this makes no sense
          : $evt.irq ==                    | a number, a text in quotes or a field is wanted
          : $evt.irq < "a"                 | texts are compared with
          : $evt.irq =* 1                  | '=*' needs a pattern in quotes
          : $parent.$begin.$evt.irq == 1   | '$parent' needs a named period around
          : $evt.$paylod.irq == 1          | unknown scope $paylod
          in(out) : $evt.irq == 1          | there is no period 'out'
          : ($evt.irq == 1                 | ')' is wanted
          : $evt.irq == 1 : $evt.a == 2 3  | nothing more is wanted
          """)
  void tellsWhatMakesNoSense(String definition, String message) {
    assertThatThrownBy(() -> find(List.of(definition), List.of()))
        .isInstanceOf(ReportException.class)
        .hasMessageContaining(message);
  }

  private static List<Period> find(List<String> definitions, List<String> captures) {
    try (HandMadeFacts facts = new HandMadeFacts()) {
      facts
          .row("event_class", "name, events", "'entry', 3")
          .row("event_class", "name, events", "'exit', 2");
      facts.execute("CREATE TABLE entry(ts BIGINT, stream VARCHAR, irq INTEGER, name VARCHAR)");
      facts.execute("CREATE TABLE exit(ts BIGINT, stream VARCHAR, irq INTEGER, ret INTEGER)");
      // Stands for the function that reads event records in place.
      facts.execute("CREATE MACRO events(class) AS TABLE FROM query_table(class)");
      facts.execute(
          "INSERT INTO entry VALUES (10, '', 7, 'disk'), (20, '', 8, 'net'), (60, '', 7, 'disk')");
      facts.execute("INSERT INTO exit VALUES (30, '', 8, 0), (50, '', 7, 1)");
      return Periods.find(facts, definitions, captures, ALL);
    }
  }
}
