package dev.rideau.ctf.internal.metadata.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.trace.Origin;
import dev.rideau.trace.TraceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/// Whatever damage does to metadata of CTF 2, it is read or refused with a place, and nothing else
/// happens.
@Tag("slow")
final class DamagedMetadataTest {
  private static final List<String> TOKENS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\"",
          "null",
          "true",
          "0",
          "-1",
          "1e9",
          "0.5",
          "\u001e",
          "18446744073709551616",
          "9223372036854775807",
          "\"type\"",
          "\"path\"",
          "\"n\"",
          "\u00e9");

  /// Replaces `length` characters at `at` by a token.
  record Damage(int at, int length, String token) {}

  @Provide
  Arbitrary<List<Damage>> damages() {
    Arbitrary<Integer> places = Arbitraries.integers().between(0, 100_000);
    Arbitrary<Integer> lengths = Arbitraries.integers().between(0, 30);
    Arbitrary<String> tokens =
        Arbitraries.oneOf(Arbitraries.of(TOKENS), Arbitraries.strings().ascii().ofMaxLength(4));
    return Combinators.combine(places, lengths, tokens)
        .as(Damage::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  @Property(tries = 300)
  void isReadOrRefusedWithAPlace(@ForAll("damages") List<Damage> damages) throws IOException {
    StringBuilder metadata = new StringBuilder(sound());
    for (Damage damage : damages) {
      int at = Math.floorMod(damage.at, metadata.length());
      metadata.replace(at, Math.min(metadata.length(), at + damage.length), damage.token);
    }
    byte[] bytes = metadata.toString().getBytes(StandardCharsets.UTF_8);
    try {
      assertThat(JsonMetadataReader.parse(bytes, null).majorVersion()).isEqualTo(2);
    } catch (TraceException refusal) {
      Origin origin = refusal.diagnostic().origin();
      assertThat(origin.line())
          .isBetween(1, 1 + (int) metadata.chars().filter(c -> c == '\n').count());
      assertThat(origin.column()).isPositive();
    }
  }

  private static String sound() throws IOException {
    try (InputStream stream =
        DamagedMetadataTest.class.getResourceAsStream("accept-every-field-class.txt")) {
      assertThat(stream).isNotNull();
      String content = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return content.substring(0, content.lastIndexOf("=== ")).replace(">>>\n", "\u001e");
    }
  }
}
