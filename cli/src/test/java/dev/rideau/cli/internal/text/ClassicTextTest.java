package dev.rideau.cli.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.trace.BlockCursor;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.Environment;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.Projection;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.Role;
import dev.rideau.trace.Trace;
import dev.rideau.trace.testing.Fields;
import dev.rideau.trace.testing.MemoryStream;
import dev.rideau.trace.testing.MemoryStream.Event;
import dev.rideau.trace.testing.MemoryStream.Selected;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Lines of both forms, kind of field by kind of field.
final class ClassicTextTest {
  private static final ClassicStyle STYLE =
      new ClassicStyle(
          TimestampStyle.CLOCK,
          TimeZone.getTimeZone("UTC"),
          true,
          ClassicStyle.DEFAULT_NAMES,
          ClassicStyle.DEFAULT_FIELDS);

  record Case(String name, FieldClass fieldClass, Object value, String classic, String json) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Case> cases() {
    FieldClass labels =
        Fields.integer(
            8,
            false,
            10,
            Fields.label("A", 0, 3),
            Fields.label("B\"", 2, 2),
            Fields.label("A", 70, 71));
    return List.of(
        new Case(
            "unsigned", Fields.unsigned(64), -1L, "18446744073709551615", "18446744073709551615"),
        new Case(
            "signed",
            Fields.signed(64),
            Long.MIN_VALUE,
            "-9223372036854775808",
            "-9223372036854775808"),
        new Case("hexadecimal", Fields.integer(32, false, 16), 0xBEEFL, "0xBEEF", "48879"),
        new Case("negative hexadecimal", Fields.integer(10, true, 16), -1L, "0xFFF", "-1"),
        new Case("octal", Fields.integer(8, false, 8), 8L, "010", "8"),
        new Case("octal zero", Fields.integer(8, false, 8), 0L, "00", "0"),
        new Case("negative octal", Fields.integer(8, true, 8), -1L, "0777", "-1"),
        new Case("binary", Fields.integer(5, false, 2), 5L, "0b00101", "5"),
        new Case("real", Fields.real(), 0.1, "0.1", "0.1"),
        new Case("not a number", Fields.real(), Double.NaN, "nan", "\"NaN\""),
        new Case("boolean", Fields.bool(), 1, "true", "true"),
        new Case("string", Fields.string(), "a\tb\"é", "\"a\\tb\\\"é\"", "\"a\\tb\\\"é\""),
        new Case(
            "label",
            labels,
            2L,
            "( \"A\", \"B\\\"\" : container = 2 )",
            "{\"value\":2,\"labels\":[\"A\",\"B\\\"\"]}"),
        new Case(
            "label of a second range",
            labels,
            70L,
            "( \"A\" : container = 70 )",
            "{\"value\":70,\"labels\":[\"A\"]}"),
        new Case(
            "no label",
            labels,
            200L,
            "( <unknown> : container = 200 )",
            "{\"value\":200,\"labels\":[]}"),
        new Case(
            "structure",
            Fields.structure("a", Fields.unsigned(8), "b", Fields.string()),
            Map.of("a", 1, "b", "x"),
            "{ a = 1, b = \"x\" }",
            "{\"a\":1,\"b\":\"x\"}"),
        new Case("empty structure", Fields.structure(), Map.of(), "{ }", "{}"),
        new Case(
            "array",
            Fields.sequence("n", Fields.signed(16)),
            List.of(1L, -2L),
            "[ [0] = 1, [1] = -2 ]",
            "[1,-2]"),
        new Case("empty array", Fields.sequence("n", Fields.string()), List.of(), "[ ]", "[]"),
        new Case(
            "array of structures",
            Fields.sequence("n", Fields.structure("s", Fields.string())),
            List.of(Map.of("s", "x"), Map.of("s", "y")),
            "[ [0] = { s = \"x\" }, [1] = { s = \"y\" } ]",
            "[{\"s\":\"x\"},{\"s\":\"y\"}]"),
        new Case(
            "variant",
            Fields.variant("n", "x", Fields.unsigned(8), "y", Fields.string()),
            new Selected(1, "z"),
            "{ \"z\" }",
            "\"z\""));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void writesEveryKindOfField(Case kind) {
    MemoryStream stream =
        MemoryStream.of(
                Fields.stream(
                    null,
                    null,
                    Fields.event(
                        0,
                        "e",
                        null,
                        Fields.structure("n", Fields.unsigned(8), "f", kind.fieldClass))))
            .packet(null, new Event(0, 5, null, null, Map.of("n", 1, "f", kind.value)));
    assertThat(text(new ClassicText(STYLE, Trace::name), stream))
        .isEqualTo("[00:00:00.000000005] (+?.?????????) e: { n = 1, f = " + kind.classic + " }\n");
    assertThat(text(new JsonText(Trace::name, DataStream::number), stream))
        .isEqualTo(
            "{\"timestamp\":5,\"trace\":\"test\",\"stream\":0,\"event\":\"e\",\"payload\":{\"n\":1,\"f\":"
                + kind.json
                + "}}\n");
  }

  @Test
  void hidesWhatOnlyServesTheDecoder() {
    DataStreamClass streamClass =
        Fields.stream(
            Fields.structure(
                "timestamp_begin",
                Fields.role(Role.DEFAULT_CLOCK_TIMESTAMP),
                "cpu_id",
                Fields.unsigned(32)),
            Fields.structure("stamp", Fields.role(Role.DEFAULT_CLOCK_TIMESTAMP)),
            Fields.event(
                0,
                "e",
                Fields.structure(),
                Fields.structure(
                    "n",
                    Fields.role(Role.DEFAULT_CLOCK_TIMESTAMP),
                    "list",
                    Fields.sequence("n", Fields.unsigned(8)),
                    "hidden",
                    Fields.structure("x", Fields.role(Role.DEFAULT_CLOCK_TIMESTAMP)))));
    MemoryStream stream =
        new MemoryStream.MemoryTrace(
                "t", new Environment(Map.of("hostname", "h", "procname", "p", "vpid", 7L)))
            .add(streamClass)
            .packet(
                Map.of("timestamp_begin", 1, "cpu_id", 3),
                new Event(
                    0,
                    1_000_000_000L,
                    Map.of("stamp", 1),
                    Map.of(),
                    Map.of("n", 1, "list", List.of(9), "hidden", Map.of("x", 1))),
                new Event(
                    0,
                    1_000_000_021L,
                    Map.of("stamp", 1),
                    Map.of(),
                    Map.of("n", 0, "list", List.of(), "hidden", Map.of("x", 1))));
    assertThat(text(new ClassicText(STYLE, Trace::name), stream))
        .isEqualTo(
            """
            [00:00:01.000000000] (+?.?????????) h:p:(7) e: { cpu_id = 3 }, { }, { n = 1, list = [ [0] = 9 ] }
            [00:00:01.000000021] (+0.000000021) h:p:(7) e: { cpu_id = 3 }, { }, { n = 0, list = [ ] }
            """);
  }

  /// Lines of strings that are plain, special, long and empty, by both ways to write them.
  @Test
  void writesLinesByColumnsAsOneByOne() {
    MemoryStream stream =
        MemoryStream.of(
            Fields.stream(
                Fields.structure("cpu", Fields.unsigned(8)),
                null,
                Fields.event(
                    0,
                    "e",
                    null,
                    Fields.structure(
                        "s",
                        Fields.string(),
                        "t",
                        Fields.structure(
                            "n", Fields.signed(64), "h", Fields.integer(64, false, 16)),
                        "u",
                        Fields.string())),
                Fields.event(1, "f", null, Fields.structure())));
    List<String> texts =
        List.of("", "a", "12345678", "a\tb", "x".repeat(32), "y".repeat(33), "z".repeat(900));
    long ns = 999_999_990;
    for (int packet = 0; packet < 40; packet++) {
      Event[] events = new Event[packet % 8];
      for (int i = 0; i < events.length; i++) {
        long value = (packet - 20) * 1_000_003L << packet;
        ns += packet;
        events[i] =
            (packet + i) % 5 == 0
                ? new Event(1, ns, null, null, Map.of())
                : new Event(
                    0,
                    ns,
                    null,
                    null,
                    Map.of(
                        "s",
                        texts.get((packet + i) % 7),
                        "t",
                        Map.of("n", value, "h", value),
                        "u",
                        texts.get((packet + 3 * i) % 7)));
      }
      stream.packet(Map.of("cpu", packet / 3), events);
    }
    ClassicText factory = new ClassicText(STYLE, Trace::name);
    String columns = text(factory, stream, false);
    assertThat(text(factory, stream, true)).isEqualTo(columns);
    assertThat(columns.lines()).hasSize(140);
    assertThat(columns).contains("[00:00:01.000000", "h = 0x", "\"a\\tb\"", "{ cpu = 13 }, { }");
  }

  static String text(RecordTextFactory factory, MemoryStream stream) {
    return text(factory, stream, false);
  }

  /// The lines with their times.
  private static String text(RecordTextFactory factory, MemoryStream stream, boolean withStrings) {
    RecordText writer = factory.open(stream);
    LineTimes times = factory instanceof ClassicText classic ? classic.times() : null;
    TextBuffer out = new TextBuffer(0);
    long last = LineTimes.NO_TIME;
    LineTexts lines = new LineTexts(0, false, withStrings);
    try (BlockCursor cursor = stream.cursor(0, stream.packets().size(), Projection.ALL, _ -> {})) {
      for (RecordBlock block = cursor.next(); block != null; block = cursor.next()) {
        lines.restart(block.packet());
        writer.enter(block);
        writer.put(lines, block, 0, 1);
        writer.put(lines, block, 1, block.size());
        for (int line = 0; line < lines.size(); line++) {
          if (times != null) {
            times.putTime(out, lines.shownTimes()[line]);
            times.putDelta(out, lines.shownTimes()[line], last);
          }
          last = lines.shownTimes()[line];
          out.put(
              lines.text().bytes(),
              lines.starts()[line],
              lines.ends()[line] - lines.starts()[line]);
        }
      }
    }
    return out.toString();
  }
}
