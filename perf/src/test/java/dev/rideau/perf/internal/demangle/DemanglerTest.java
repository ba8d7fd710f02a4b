package dev.rideau.perf.internal.demangle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/// Names in both styles, and names that nobody should make.
final class DemanglerTest {
  @ParameterizedTest
  @CsvFileSource(resources = "brief.csv", delimiter = '|')
  void namesBecomeReadable(String mangled, String expected) {
    assertThat(Demangler.brief(mangled)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "whole.txt", delimiterString = " => ", quoteCharacter = '`')
  void namesAreShownAsPerfShowsThem(String rule, String mangled, String expected) {
    assertThat(Demangler.whole(mangled)).as(rule).isEqualTo(expected);
  }

  @Test
  void anyTextIsSurvived() {
    Random random = new Random(1);
    String letters = "_ZNSILEKRPTt0123456789abcdDCUlvGVhJXF$.R";
    for (int i = 0; i < 100_000; i++) {
      StringBuilder name = new StringBuilder(i % 4 == 0 ? "_R" : "_Z");
      for (int length = random.nextInt(30); length > 0; length--) {
        name.append(letters.charAt(random.nextInt(letters.length())));
      }
      assertThat(Demangler.brief(name.toString())).isNotNull();
      assertThat(Demangler.whole(name.toString())).isNotNull();
    }
  }

  @Test
  void namesThatGrowWithThePowerOfTheirLengthStayAsTheyAre() {
    StringBuilder twice = new StringBuilder("_Z1fI1AFvS0_S0_E");
    for (int i = 1; i < 30; i++) {
      String last = "S" + Integer.toString(i, 36).toUpperCase(Locale.ROOT) + "_";
      twice.append("Fv").append(last).append(last).append("E");
    }
    assertThat(Demangler.whole(twice.substring(0, 34) + "Ev"))
        .isEqualTo(
            "f<A, void (A, A), void (void (A, A), void (A, A)), "
                + "void (void (void (A, A), void (A, A)), void (void (A, A), void (A, A)))>");
    assertThat(Demangler.whole(twice + "Ev")).isEqualTo(twice + "Ev");
    // Arguments that are read twice at each level.
    String tried = "_ZN1Acv" + "T_I".repeat(100) + "i" + "E".repeat(100) + "Ev";
    assertThat(Demangler.whole(tried)).isEqualTo(tried);
  }

  @Test
  void deepNamesStayAsTheyAre() {
    for (String each : new String[] {"P", "1AI", "Z1f", "J", "N1A", "DpPK", "XadsrT_"}) {
      String name = "_Z1fI" + each.repeat(5_000);
      assertThat(Demangler.whole(name)).isEqualTo(name);
      assertThat(Demangler.brief(name)).isEqualTo(name);
      String shorter = "_Z1fI" + each.repeat(1000 / each.length());
      assertThat(Demangler.whole(shorter)).isEqualTo(shorter);
    }
  }
}
