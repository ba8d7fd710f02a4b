package dev.rideau.perf.internal.symbol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

final class DemanglerTest {
  @ParameterizedTest
  @CsvFileSource(resources = "names.csv", delimiter = '|')
  void namesBecomeReadable(String mangled, String expected) {
    assertThat(Demangler.demangle(mangled)).isEqualTo(expected);
  }

  @Test
  void anyTextIsSurvived() {
    Random random = new Random(1);
    String letters = "_ZNSILEKRPTt0123456789abcdDCUlvGVhJXF$.";
    for (int i = 0; i < 100_000; i++) {
      StringBuilder name = new StringBuilder("_Z");
      for (int length = random.nextInt(30); length > 0; length--) {
        name.append(letters.charAt(random.nextInt(letters.length())));
      }
      assertThat(Demangler.demangle(name.toString())).isNotNull();
    }
  }
}
