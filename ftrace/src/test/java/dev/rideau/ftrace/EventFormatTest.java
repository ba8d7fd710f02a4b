package dev.rideau.ftrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.TraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

final class EventFormatTest {
  private static final String COMMON =
      """
      format:
      \tfield:unsigned short common_type;\toffset:0;\tsize:2;\tsigned:0;
      \tfield:unsigned char common_flags;\toffset:2;\tsize:1;\tsigned:0;
      \tfield:unsigned char common_preempt_count;\toffset:3;\tsize:1;\tsigned:0;
      \tfield:int common_pid;\toffset:4;\tsize:4;\tsigned:1;

      """;

  private static EventFormat format(String fields, String print) {
    return EventFormat.parse(
        "sched",
        "name: it\nID: 7\n" + COMMON + fields + "\nprint fmt: " + print,
        KernelAbi.LITTLE_64);
  }

  private static FormatField onlyField(String declaration) {
    return format("\tfield:" + declaration, "\"\"").fields().getFirst();
  }

  @Test
  void commonFieldsStandApart() {
    EventFormat format =
        format("\tfield:pid_t prev_pid;\toffset:8;\tsize:4;\tsigned:1;\n", "\"%d\", REC->prev_pid");
    assertThat(format.name()).isEqualTo("it");
    assertThat(format.id()).isEqualTo(7);
    assertThat(format.commonFields())
        .extracting(FormatField::name)
        .containsExactly("common_type", "common_flags", "common_preempt_count", "common_pid");
    assertThat(format.fields())
        .containsExactly(
            new FormatField("prev_pid", "pid_t", 8, 4, true, FormatField.Kind.INTEGER, 4));
    assertThat(format.fixedBytes()).isEqualTo(12);
    assertThat(format.commonContext().members())
        .extracting(FieldClass.Member::name)
        .containsExactly("common_flags", "common_preempt_count", "common_pid");
  }

  @Test
  void kindsOfFieldsFollowFromTypeAndSize() {
    assertThat(onlyField("char comm[16];\toffset:8;\tsize:16;\tsigned:0;"))
        .isEqualTo(new FormatField("comm", "char", 8, 16, false, FormatField.Kind.TEXT, 1));
    assertThat(onlyField("__u8 saddr[4];\toffset:8;\tsize:4;\tsigned:0;"))
        .isEqualTo(new FormatField("saddr", "__u8", 8, 4, false, FormatField.Kind.ARRAY, 1));
    assertThat(onlyField("unsigned long args[6];\toffset:16;\tsize:48;\tsigned:0;"))
        .isEqualTo(
            new FormatField("args", "unsigned long", 16, 48, false, FormatField.Kind.ARRAY, 8));
    assertThat(onlyField("__data_loc char[] name;\toffset:8;\tsize:4;\tsigned:0;"))
        .isEqualTo(
            new FormatField(
                "name", "__data_loc char[]", 8, 4, false, FormatField.Kind.LOCATED_TEXT, 1));
    assertThat(onlyField("__rel_loc u32[] words;\toffset:8;\tsize:4;\tsigned:0;"))
        .satisfies(field -> {
          assertThat(field.isRelative()).isTrue();
          assertThat(field.kind()).isEqualTo(FormatField.Kind.LOCATED_ARRAY);
          assertThat(field.elementBytes()).isEqualTo(4);
        });
    assertThat(onlyField("__data_loc cpumask_t cpumask;\toffset:8;\tsize:4;\tsigned:0;"))
        .satisfies(field -> {
          assertThat(field.kind()).isEqualTo(FormatField.Kind.LOCATED_ARRAY);
          assertThat(field.elementBytes()).isEqualTo(8);
        });
    assertThat(onlyField("const char * filename;\toffset:8;\tsize:8;\tsigned:0;").isPointer())
        .isTrue();
    assertThat(onlyField("char buf[];\toffset:16;\tsize:0;\tsigned:0;").kind())
        .isEqualTo(FormatField.Kind.TRAILING_TEXT);
    assertThat(onlyField("struct in6_addr addr;\toffset:16;\tsize:16;\tsigned:0;").kind())
        .isEqualTo(FormatField.Kind.BYTES);
  }

  @Test
  void signOfOldKernelsFollowsFromTheType() {
    assertThat(onlyField("pid_t pid;\toffset:8;\tsize:4;").signed()).isTrue();
    assertThat(onlyField("unsigned int vec;\toffset:8;\tsize:4;").signed()).isFalse();
  }

  @Test
  void symbolsOfThePrintFormatAreLabels() {
    EventFormat format =
        format(
            "\tfield:unsigned int vec;\toffset:8;\tsize:4;\tsigned:0;\n",
            "\"vec=%u [action=%s]\", REC->vec,"
                + " __print_symbolic(REC->vec, { 0, \"HI\" }, { 1 << 3, \"TIMER\" })");
    EventClass eventClass = format.eventClass(0);
    FieldClass.Structure payload = Objects.requireNonNull(eventClass.payload());
    assertThat(((FieldClass.Int) payload.members().getFirst().fieldClass()).mappings())
        .extracting(mapping -> mapping.label() + mapping.ranges().getFirst().lower())
        .containsExactly("HI0", "TIMER8");
  }

  @Test
  void faultsNameTheLine() {
    assertThatThrownBy(() -> format("\tfield:pid_t prev_pid;\toffset:x;\tsize:4;\n", "\"\""))
        .isInstanceOf(TraceException.class)
        .hasMessageContaining("9:1")
        .hasMessageContaining("'x' behind 'offset:' is no number");
    for (String text : List.of("", "name: x\n", "name: x\nID: -1\n", "name:\nID: 1\n")) {
      assertThatThrownBy(() -> EventFormat.parse("sched", text, KernelAbi.LITTLE_64))
          .isInstanceOf(TraceException.class);
    }
  }

  @Test
  void formatsOfThisKernelAreUnderstood() throws IOException {
    Path events = Path.of("/sys/kernel/tracing/events");
    Assumptions.assumeTrue(Files.isReadable(events.resolve("header_page")), "no tracefs here");
    int formats = 0;
    try (Stream<Path> paths = Files.find(events, 3, (path, _) -> path.endsWith("format"))) {
      for (Path path : paths.toList()) {
        String system = String.valueOf(path.getName(path.getNameCount() - 3));
        EventFormat format = EventFormat.parse(system, Files.readString(path), KernelAbi.LITTLE_64);
        assertThat(format.eventClass(0).payload()).as(path.toString()).isNotNull();
        formats++;
      }
    }
    assertThat(formats).isPositive();
  }
}
