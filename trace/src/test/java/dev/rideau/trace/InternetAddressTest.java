package dev.rideau.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
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
    "ffffffffffffffffffffffffffffffff, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "00000000000000000000ffff7f000001, ::ffff:127.0.0.1"
  })
  void zerosAreLeftOutOnce(String digits, String text) {
    int[] groups = new int[InternetAddress.GROUPS];
    for (int i = 0; i < groups.length; i++) {
      groups[i] = Integer.parseInt(digits.substring(i * 4, i * 4 + 4), 16);
    }
    assertThat(InternetAddress.version6(groups)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0x00000000, 0.0.0.0", "0x7f000001, 127.0.0.1", "0xffffff0a, 255.255.255.10"})
  void bytesAreDecimal(String address, String text) {
    byte[] bytes = new byte[InternetAddress.MOST_BYTES];
    int end = InternetAddress.version4(Long.decode(address).intValue(), bytes, 1);
    assertThat(new String(bytes, 1, end - 1, StandardCharsets.US_ASCII)).isEqualTo(text);
  }
}
