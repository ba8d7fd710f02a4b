package dev.rideau.trace.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rideau.trace.BlockCursor;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.Projection;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.testing.Fields;
import dev.rideau.trace.testing.MemoryStream;
import dev.rideau.trace.testing.MemoryStream.Event;
import dev.rideau.trace.testing.MemoryStream.Selected;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RecordFilterTest {
  private static final DataStreamClass STREAM =
      Fields.stream(
          Fields.structure("cpu_id", Fields.unsigned(32)),
          Fields.structure("tid", Fields.signed(32), "comm", Fields.string()),
          Fields.event(
              0,
              "sched_switch",
              null,
              Fields.structure(
                  "prev_tid",
                  Fields.signed(32),
                  "comm",
                  Fields.string(),
                  "state",
                  Fields.integer(
                      8, false, 10, Fields.label("RUN", 0, 0), Fields.label("SLEEP", 1, 2)),
                  "load",
                  Fields.real())),
          Fields.event(
              1,
              "lib:alloc",
              Fields.structure("ip", Fields.integer(64, false, 16)),
              Fields.structure(
                  "size",
                  Fields.unsigned(64),
                  "ok",
                  Fields.bool(),
                  "tags",
                  Fields.sequence("size", Fields.unsigned(8)),
                  "where",
                  Fields.structure("file", Fields.string(), "line", Fields.unsigned(16)),
                  "choice",
                  Fields.variant("size", "number", Fields.signed(8), "text", Fields.string()))));

  /// Records 0 and 1 are switches, 2 and 3 allocations.
  private static final MemoryStream RECORDS =
      MemoryStream.of(STREAM)
          .packet(
              Map.of("cpu_id", 1),
              switched(100, 7, "bash", 0, 0.5),
              switched(105, -1, "swapper/0", 2, 1.5))
          .packet(
              Map.of("cpu_id", 2),
              allocated(110, 64L, true, List.of(1, 2, 3), "a.c", 10, new Selected(0, -5)),
              allocated(120, -1L, false, List.of(), "dir/b.c", 20, new Selected(1, "five")));

  private static Event switched(long ns, int tid, String comm, int state, double load) {
    return new Event(
        0,
        ns,
        Map.of("tid", 42, "comm", "context"),
        null,
        Map.of("prev_tid", tid, "comm", comm, "state", state, "load", load));
  }

  private static Event allocated(
      long ns, long size, boolean ok, List<Object> tags, String file, int line, Selected choice) {
    return new Event(
        1,
        ns,
        Map.of("tid", 43, "comm", "context"),
        Map.of("ip", 0xffff0000L),
        Map.of(
            "size",
            size,
            "ok",
            ok ? 1 : 0,
            "tags",
            tags,
            "where",
            Map.of("file", file, "line", line),
            "choice",
            choice));
  }

  @ParameterizedTest(name = "{0} matches {1}")
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '`',
      textBlock =
          """
          prev_tid == 7                                ¦ 0
          prev_tid != 7                                ¦ 1
          !(prev_tid == 7)                             ¦ 1 2 3
          prev_tid < 0                                 ¦ 1
          prev_tid >= -1                               ¦ 0 1
          -1 == prev_tid                               ¦ 1
          0 < prev_tid                                 ¦ 0
          payload.comm == "bash"                       ¦ 0
          comm == "bash"                               ¦ 0
          comm == "context"                            ¦ 2 3
          context.comm == 'context'                    ¦ 0 1 2 3
          comm =~ "swap*"                              ¦ 1
          comm =~ "swap"                               ¦
          comm =~ /^swap.*\\/0$/                       ¦ 1
          comm > "c"                                   ¦ 1 2 3
          packet.cpu_id == 2                           ¦ 2 3
          cpu_id == 1 && tid == 42                     ¦ 0 1
          cpu_id == 1 && tid == 43                     ¦
          cpu_id == 1 || tid == 43                     ¦ 0 1 2 3
          state == "SLEEP"                             ¦ 1
          state != "SLEEP"                             ¦ 0
          state =~ "R*"                                ¦ 0
          state == 2                                   ¦ 1
          load > 0.75                                  ¦ 1
          load == 1.5e0                                ¦ 1
          prev_tid > 6.5                               ¦ 0
          prev_tid < -0.5                              ¦ 1
          prev_tid <= 6.5                              ¦ 1
          prev_tid >= 6.5                              ¦ 0
          prev_tid == 7.0                              ¦ 0
          prev_tid == 6.5                              ¦
          prev_tid != 6.5                              ¦ 0 1
          prev_tid > -1e30                             ¦ 0 1
          prev_tid == 007                              ¦ 0
          state == -0.0                                ¦ 0
          load == 15E-1                                ¦ 1
          event.name == "sched_switch"                 ¦ 0 1
          event.name =~ "lib:*"                        ¦ 2 3
          event.timestamp > 105                        ¦ 2 3
          event.timestamp <= 105 && event.id == 0      ¦ 0 1
          stream.id == 0                               ¦ 0 1 2 3
          size == 64                                   ¦ 2
          size == 0xffffffffffffffff                   ¦ 3
          size > 0x7fffffffffffffff                    ¦ 3
          size > -1                                    ¦ 2 3
          size == 18446744073709551615.0               ¦ 3
          size == 18446744073709551616.0               ¦
          size < 18446744073709551615.5                ¦ 2 3
          size > -1.5                                  ¦ 2 3
          size < -1.5                                  ¦
          size >= 63.5                                 ¦ 2 3
          event.timestamp < 105.5                      ¦ 0 1
          event.id != 0.5                              ¦ 0 1 2 3
          ok                                           ¦ 2
          !ok                                          ¦ 0 1 3
          tags[2] == 3                                 ¦ 2
          tags[2]                                      ¦ 2
          where.file =~ "*.c" && where.line > 10       ¦ 3
          payload.where.line == 10                     ¦ 2
          choice == -5                                 ¦ 2
          choice.number == -5                          ¦ 2
          choice.text == "five"                        ¦ 3
          choice =~ "f*"                               ¦ 3
          context.ip == 0xffff0000                     ¦ 2 3
          ip                                           ¦ 2 3
          nothing == 3                                 ¦
          !(nothing == 3)                              ¦ 0 1 2 3
          prev_tid == 7 || size == 64 && ok            ¦ 0 2
          (prev_tid == 7 || size == 64) && ok          ¦ 2
          !!(prev_tid==7)                              ¦ 0
          """)
  void choosesRecords(String expression, String expected) throws FilterSyntaxException {
    RecordFilter filter = RecordFilter.parse(expression);
    StreamFilter compiled = filter.forStream(RECORDS);
    StringBuilder matching = new StringBuilder();
    int position = 0;
    try (BlockCursor cursor = RECORDS.cursor(0, 2, Projection.ALL, _ -> {})) {
      for (RecordBlock block = cursor.next(); block != null; block = cursor.next()) {
        for (int record = 0; record < block.size(); record++) {
          if (compiled.matches(block, record)) {
            matching.append(matching.isEmpty() ? "" : " ").append(position);
            assertThat(compiled.includes(STREAM.eventClasses().get(block.eventClasses()[record])))
                .isTrue();
          }
          position++;
        }
      }
    }
    assertThat(matching.toString()).isEqualTo(expected == null ? "" : expected);
  }

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '`',
      textBlock =
          """
          prev_tid = 3             ¦ 9  ¦ unknown operator '='; equality is '=='
          prev_tid == other        ¦ 12 ¦ a field is compared with a number or with text, not with another field; text stands in quotes
          prev_tid ==              ¦ 11 ¦ the expression ends where a field, a number or text in quotes is expected
          (a == 1                  ¦ 7  ¦ the expression ends where ')' for the '(' at character 1 is expected
          a == 1 & b == 2          ¦ 7  ¦ '&' is not an operator; write '&&'
          a == "x                  ¦ 5  ¦ the text has no closing "
          a =~ 3                   ¦ 5  ¦ '=~' needs a pattern in quotes or a regular expression in slashes
          a =~ /(/                 ¦ 7  ¦ regular expression: Unclosed group
          a == 12x                 ¦ 5  ¦ '12x' is not a number
          a == 0x1ffffffffffffffff ¦ 5  ¦ the number does not fit into 64 bits
          a == 1e999               ¦ 5  ¦ the number does not fit into 64 bits
          a == 1.5f                ¦ 5  ¦ '1.5f' is not a number
          a[x] == 1                ¦ 1  ¦ an element of an array is chosen by its number, as in name[3]
          a. == 1                  ¦ 2  ¦ found ' ' where a name is expected
          1 == 2                   ¦ 0  ¦ one side of a comparison must be a field
          a == 1 b                 ¦ 7  ¦ found 'b' where '&&', '||' or the end is expected
          ``                       ¦ 0  ¦ the expression ends where a field, a number or text in quotes is expected
          """)
  void pointsAtTheFault(String expression, int position, String message) {
    FilterSyntaxException failure =
        catchThrowableOfType(FilterSyntaxException.class, () -> RecordFilter.parse(expression));
    assertThat(failure).hasMessage(message);
    assertThat(failure.position()).isEqualTo(position);
    assertThat(failure.report())
        .contains("\n  " + expression + "\n  " + " ".repeat(position) + "^");
  }

  @Test
  void refusesEndlessExpressions() {
    assertThat(
            catchThrowableOfType(
                FilterSyntaxException.class, () -> RecordFilter.parse("(".repeat(100_000))))
        .hasMessageContaining("nested");
    assertThat(
            catchThrowableOfType(
                FilterSyntaxException.class, () -> RecordFilter.parse("a||".repeat(100_000) + "a")))
        .hasMessageContaining("comparisons");
  }

  @Test
  void asksOnlyForWhatItNeeds() throws FilterSyntaxException {
    StreamFilter filter =
        RecordFilter.parse("event.name == \"sched_switch\" && prev_tid == 1").forStream(RECORDS);
    assertThat(filter.includes(STREAM.eventClasses().get(0))).isTrue();
    assertThat(filter.includes(STREAM.eventClasses().get(1))).isFalse();
    assertThat(
            filter
                .members(STREAM.eventClasses().get(0), dev.rideau.trace.Scope.PAYLOAD)
                .includes("prev_tid"))
        .isTrue();
    assertThat(
            filter
                .members(STREAM.eventClasses().get(0), dev.rideau.trace.Scope.PAYLOAD)
                .includes("comm"))
        .isFalse();
  }

  @Test
  void knowsMisspelledNames() throws FilterSyntaxException {
    assertThat(
            RecordFilter.parse("prev_tdi == 1 || event.nmae == \"x\" || where.line == 1 || tid")
                .unknownNames(List.of(RECORDS)))
        .containsExactly("prev_tdi", "event.nmae");
  }
}
