package dev.rideau.ctf.internal.metadata.tsdl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.ctf.internal.metadata.Strictness;
import dev.rideau.trace.TraceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// Damages the texts of the named cases: whatever comes out is read, or refused with a place.
final class TsdlMutationTest {
  private static final String[] PIECES = {
    "{",
    "}",
    ";",
    ":=",
    "=",
    "<",
    ">",
    "[",
    "]",
    ".",
    "...",
    ",",
    "\"",
    "/*",
    "-",
    "0",
    "64",
    "18446744073709551615",
    "struct",
    "variant",
    "enum",
    "integer",
    "typealias",
    "stream",
    "event",
    "env",
    "int",
    "const",
    "align(",
    "a",
    "\\",
    "\u0000",
    "\u00e9"
  };

  private static final List<String> TEXTS = texts();

  private static List<String> texts() {
    try {
      List<String> texts = new ArrayList<>();
      for (String name : TsdlCasesTest.cases()) {
        String content = Files.readString(TsdlCasesTest.FOLDER.resolve(name));
        texts.add(
            content.substring(0, content.indexOf("---\n"))
                + "trace { major = 1; minor = 8; byte_order = le; };\n");
      }
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Property(tries = 1000)
  void refusesWithAPlace(@ForAll long seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder(TEXTS.get(random.nextInt(TEXTS.size())));
    for (int i = random.nextInt(4); i >= 0; i--) {
      mutate(text, random);
    }
    Strictness strictness = random.nextBoolean() ? Strictness.STRICT : Strictness.LENIENT;
    try {
      assertThat(TsdlReader.parse(text.toString(), null, diagnostic -> {}, strictness)).isNotNull();
    } catch (TraceException e) {
      assertThat(e.diagnostic().origin().line()).isPositive();
      assertThat(e.diagnostic().origin().column()).isPositive();
      assertThat(e.diagnostic().rule()).startsWith("tsdl-");
    }
  }

  private static void mutate(StringBuilder text, Random random) {
    int at = random.nextInt(text.length() + 1);
    int end = Math.min(text.length(), at + 1 + random.nextInt(12));
    switch (random.nextInt(5)) {
      case 0 -> text.delete(at, end);
      case 1 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
      case 2 -> text.insert(at, text.substring(at, end));
      case 3 -> text.setLength(at);
      default -> {
        String other = TEXTS.get(random.nextInt(TEXTS.size()));
        int from = random.nextInt(other.length());
        text.replace(at, end, other.substring(from, Math.min(other.length(), from + 40)));
      }
    }
  }
}
