package dev.rideau.record.internal.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InternetAddressTest {
  @ParameterizedTest
  @CsvSource({
    "00000000000000000000000000000000, ::",
    "00000000000000000000000000000001, ::1",
    "fe80000000000000000000000000002a, fe80::2a",
    "20010db8000000000001000000000001, 2001:db8::1:0:0:1",
    "20010db8000000010001000100010001, 2001:db8:0:1:1:1:1:1",
    "fd000000000000000000000000000000, fd00::",
    "00000000000000000000ffff7f000001, ::ffff:127.0.0.1"
  })
  void zerosAreLeftOutOnce(String digits, String text) {
    assertThat(InternetAddress.version6(digits)).isEqualTo(text);
  }
}
