package dev.rideau.server.internal.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Texts in addresses: `%20` and the like.
final class Percent {
  private static final int MOST_PARAMETERS = 256;

  private Percent() {}

  /// @throws HttpFailure 400 when it is not well-formed or no UTF-8
  static String decode(String text) {
    return decode(text, false);
  }

  private static String decode(String text, boolean plusIsBlank) {
    if (text.indexOf('%') < 0 && !(plusIsBlank && text.indexOf('+') >= 0)) {
      return text;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    byte[] source = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < source.length; i++) {
      if (source[i] == '%') {
        int high = i + 2 < source.length ? Character.digit(source[i + 1], 16) : -1;
        int low = high < 0 ? -1 : Character.digit(source[i + 2], 16);
        if (low < 0) {
          throw HttpFailure.bad("the address has a '%' without two hexadecimal digits");
        }
        bytes.write(high << 4 | low);
        i += 2;
      } else {
        bytes.write(plusIsBlank && source[i] == '+' ? ' ' : source[i]);
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException failure) {
      throw HttpFailure.bad("the address is no UTF-8");
    }
  }

  /// Names and values behind the `?`.
  static Map<String, List<String>> parameters(String query) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    if (query.isEmpty()) {
      return parameters;
    }
    int count = 0;
    for (String each : query.split("&")) {
      if (each.isEmpty()) {
        continue;
      }
      if (++count > MOST_PARAMETERS) {
        throw HttpFailure.bad("the address has more than " + MOST_PARAMETERS + " parameters");
      }
      int equals = each.indexOf('=');
      String name = decode(equals < 0 ? each : each.substring(0, equals), true);
      String value = equals < 0 ? "" : decode(each.substring(equals + 1), true);
      parameters.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }
    return parameters;
  }
}
