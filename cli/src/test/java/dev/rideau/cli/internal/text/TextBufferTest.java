package dev.rideau.cli.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

final class TextBufferTest {
  private static final long[] EDGES = {
    0,
    1,
    9,
    10,
    99,
    100,
    99_999_999,
    100_000_000,
    9_999_999_999_999_999L,
    10_000_000_000_000_000L,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    -1
  };

  private final TextBuffer out = new TextBuffer(8);

  @Example
  void writesIntegersAtTheEdges() {
    for (long value : EDGES) {
      integersAreThoseOfTheStandardLibrary(value, 3);
    }
  }

  @Property(tries = 2000)
  void integersAreThoseOfTheStandardLibrary(
      @ForAll long random, @ForAll @IntRange(max = 63) int shift) {
    long value = random >> shift;
    out.clear();
    out.putSigned(value);
    out.put(' ');
    out.putUnsigned(value);
    out.put(' ');
    out.putHex(value);
    out.put(' ');
    out.putOctal(value);
    out.put(' ');
    out.putBinary(value, 64);
    assertThat(out.toString())
        .isEqualTo(
            value
                + " "
                + Long.toUnsignedString(value)
                + " 0x"
                + Long.toHexString(value).toUpperCase(java.util.Locale.ROOT)
                + " 0"
                + Long.toOctalString(value)
                + " 0b"
                + String.format("%64s", Long.toBinaryString(value)).replace(' ', '0'));
  }

  @Example
  void escapesAsTheSourceOfC() {
    byte[] text =
        "a\\b\"c'd?e\u0000\u0007\b\u001b\f\n\r\t\u000b\u0001\u007fé~"
            .getBytes(StandardCharsets.UTF_8);
    out.putEscaped(text, 0, text.length);
    assertThat(out.toString())
        .isEqualTo("\"a\\\\b\\\"c\\'d\\?e\\0\\a\\b\\e\\f\\n\\r\\t\\v\\x01\\x7fé~\"");
  }

  @Property(tries = 2000)
  void escapingDoesNotDependOnThePlace(
      @ForAll @Size(max = 40) byte[] text,
      @ForAll @IntRange(max = 9) int before,
      @ForAll @IntRange(max = 9) int behind) {
    byte[] array = new byte[before + text.length + behind];
    System.arraycopy(text, 0, array, before, text.length);
    TextBuffer one = new TextBuffer(0);
    for (byte octet : text) {
      TextBuffer single = new TextBuffer(0);
      single.putEscaped(new byte[] {octet}, 0, 1);
      one.put(single.bytes(), 1, single.size() - 2);
    }
    out.clear();
    out.putEscaped(array, before, text.length);
    assertThat(out.toLiteral().bytes())
        .isEqualTo(
            ("\"" + new String(one.bytes(), 0, one.size(), StandardCharsets.ISO_8859_1) + "\"")
                .getBytes(StandardCharsets.ISO_8859_1));
  }

  @Example
  void copiesLiteralsOfEveryLength() {
    StringBuilder expected = new StringBuilder();
    for (int length = 0; length < 40; length++) {
      String text = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGH".substring(0, length);
      out.put(new Literal(text));
      expected.append(text);
    }
    assertThat(out.toString()).isEqualTo(expected.toString());
  }
}
