package dev.rideau.ftrace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.trace.Batch;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.MemberSelection;
import dev.rideau.trace.StructColumn;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What a print format makes of a record with known bytes.
final class PrintFormatTest {
  private static final String FIELDS =
      """
      \tfield:int value;\toffset:8;\tsize:4;\tsigned:1;
      \tfield:unsigned int flags;\toffset:12;\tsize:4;\tsigned:0;
      \tfield:char comm[8];\toffset:16;\tsize:8;\tsigned:0;
      \tfield:__u8 addr[4];\toffset:24;\tsize:4;\tsigned:0;
      \tfield:__data_loc char[] name;\toffset:28;\tsize:4;\tsigned:0;
      \tfield:void * ip;\toffset:32;\tsize:8;\tsigned:0;
      \tfield:__u8 addr6[16];\toffset:40;\tsize:16;\tsigned:0;
      \tfield:__data_loc u32[] list;\toffset:56;\tsize:4;\tsigned:0;
      """;

  private static final KernelNames NAMES =
      new KernelNames() {
        @Override
        public @Nullable String comm(long tid) {
          return null;
        }

        @Override
        public @Nullable String symbol(long address) {
          return address == 0x1234 ? "schedule+0x14" : null;
        }

        @Override
        public @Nullable String literal(long address) {
          return LITERALS.at(address);
        }
      };

  private static final PrintkLiterals LITERALS =
      PrintkLiterals.parse(
          "0x1234 : \"no symbol\"\n0xffffffff82a7c0e0 : \"a \\\"quote\\\"\"\nrest\n0x12 : x\n");

  /// Value -5, flags 0x13, comm "bash", address 10.0.0.1, name "file", ip 0x1234, ::1, list 1 2.
  private static String print(String printFormat) {
    ByteBuffer record = ByteBuffer.allocate(76).order(ByteOrder.LITTLE_ENDIAN);
    record.putShort(0, (short) 7).putInt(4, 42).putInt(8, -5).putInt(12, 0x13);
    record.put(16, "bash".getBytes(StandardCharsets.US_ASCII));
    record.put(24, new byte[] {10, 0, 0, 1});
    record.putInt(28, 60 | 5 << 16).put(60, "file".getBytes(StandardCharsets.US_ASCII));
    record.putLong(32, 0x1234).put(55, (byte) 1);
    record.putInt(56, 68 | 8 << 16).putInt(68, 1).putInt(72, 2);
    EventFormat format =
        EventFormat.parse(
            "test",
            "name: it\nID: 7\n" + TestRecording.COMMON + FIELDS + "\nprint fmt: " + printFormat,
            KernelAbi.LITTLE_64);
    EventClass eventClass = format.eventClass(0);
    StructColumn payload =
        StructColumn.of(Objects.requireNonNull(eventClass.payload()), MemberSelection.ALL);
    StructColumn context = StructColumn.of(format.commonContext(), MemberSelection.ALL);
    Batch batch = new Batch(eventClass, context, null, payload);
    byte[] bytes = record.array();
    RecordDecoder.ofPayload(format, payload).decode(bytes, new int[1], new int[] {76}, 1);
    RecordDecoder.ofCommonContext(format, context).decode(bytes, new int[1], new int[] {76}, 1);
    batch.resize(1);
    PrintFormat.Printer printer = PrintFormat.of(format).printer(NAMES);
    TextBytes text = new TextBytes();
    printer.print(batch, 0, text);
    String first = text.toString();
    // What was remembered must say the same.
    printer.print(batch, 0, text);
    assertThat(text).hasToString(first + first);
    return first;
  }

  @Test
  void numbers() {
    assertThat(print("\"%d %u %x %08lx\", REC->value, REC->value, REC->value, REC->flags"))
        .isEqualTo("-5 4294967291 fffffffb 00000013");
    assertThat(print("\"%5d|%-5d|%05d|%+d|%#x\", 7, 7, -7, 7, 16"))
        .isEqualTo("    7|7    |-0007|+7|0x10");
    assertThat(print("\"%llu %c %% %.3d\", (unsigned long long)~0ULL, 'x', 5"))
        .isEqualTo("18446744073709551615 x % 005");
  }

  @Test
  void operatorsBindAsInC() {
    assertThat(print("\"%d\", 1 + 2 * 3 - 8 / 4 % 3")).isEqualTo("5");
    assertThat(print("\"%d\", (REC->flags & 0xf0) >> 4 | 1 << 3")).isEqualTo("9");
    assertThat(print("\"%d\", REC->value < 0 && !0 ? 1 : 2")).isEqualTo("1");
    assertThat(print("\"%u\", (unsigned char)(REC->value)")).isEqualTo("251");
    assertThat(print("\"%d\", (unsigned long)(void *)(REC->ip) >= (unsigned long)-4095"))
        .isEqualTo("0");
    assertThat(print("\"%d\", (long)(REC->value) > -4095")).isEqualTo("1");
    assertThat(print("\"%d\", REC->common_pid")).isEqualTo("42");
  }

  @Test
  void textsOfAllKinds() {
    assertThat(
            print("\"%s %s %.2s|%6s|\" \" end\", REC->comm, __get_str(name), REC->comm, REC->comm"))
        .isEqualTo("bash file ba|  bash| end");
    assertThat(print("\"%s\", REC->value < 0 ? \"minus\" : \"plus\"")).isEqualTo("minus");
  }

  @Test
  void pointersToText() {
    // A literal goes before the symbol that it lies in.
    assertThat(print("\"%s\", REC->ip")).isEqualTo("no symbol");
    assertThat(print("\"%s\", REC->value ? 0xffffffff82a7c0e0 : 0")).isEqualTo("a \"quote\"");
    assertThat(print("\"%s\", 0x12")).isEqualTo("0x12");
  }

  @Test
  void pointers() {
    assertThat(print("\"%p %px|%8p|%-6p|\", REC->ip, REC->ip, 0, 0"))
        .isEqualTo("0x1234 0x1234|   (nil)|(nil) |");
  }

  @Test
  void symbolAndFlagTables() {
    assertThat(
            print(
                "\"%s %s\", __print_symbolic(REC->value, {-5, \"five\"}, {NAME, \"n\"}),"
                    + " __print_symbolic(REC->flags, {1, \"one\"})"))
        .isEqualTo("five 0x13");
    assertThat(print("\"%s\", __print_flags(REC->flags, \"|\", {1, \"A\"}, {2, \"B\"})"))
        .isEqualTo("A|B|0x10");
    assertThat(print("\"%s\", __print_flags(0, \"|\", {0, \"none\"}, {2, \"B\"})"))
        .isEqualTo("none");
  }

  @Test
  void addressesAndArrays() {
    assertThat(print("\"%pI4 %pI6c %pS %ps\", REC->addr, REC->addr6, REC->ip, REC->ip"))
        .isEqualTo("10.0.0.1 ::1 schedule+0x14 schedule");
    assertThat(print("\"%s\", __print_array(__get_dynamic_array(list), 2, 4)"))
        .isEqualTo("{0x1,0x2}");
    assertThat(print("\"%s\", __print_hex(REC->addr, 4)")).isEqualTo("0a 00 00 01");
    assertThat(print("\"%d %d\", REC->addr[3], __get_dynamic_array_len(list)")).isEqualTo("1 8");
  }

  @Test
  void whatIsNotUnderstoodIsPrintedFieldByField() {
    assertThat(print("\"%s\", kernel_function(REC->value)"))
        .startsWith(
            "[FAILED TO PARSE] value=-5 flags=19 comm=bash addr=ARRAY[a, 0, 0, 1] name=file");
    assertThat(print("\"%s %s\", REC->comm")).startsWith("[FAILED TO PARSE]");
    assertThat(print("")).startsWith("[FAILED TO PARSE]");
  }
}
