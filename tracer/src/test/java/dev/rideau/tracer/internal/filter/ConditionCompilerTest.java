package dev.rideau.tracer.internal.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rideau.tracer.TracerException;
import dev.rideau.tracer.internal.emit.Leaf;
import dev.rideau.tracer.internal.schema.FieldShape.NamedField;
import dev.rideau.tracer.internal.schema.FieldShape.Scalar;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Conditions on one number `x`, by its type.
final class ConditionCompilerTest {
  @ParameterizedTest(name = "{0} {1}: {2} is {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # unsigned fields, of which Java knows the signed value
          unsigned int  | -1                   | x > 1                        | true
          unsigned int  | -1                   | x > 1.5                      | true
          unsigned int  | -1                   | x == 4294967295              | true
          unsigned int  | -1                   | x == 4294967295.0            | true
          unsigned int  | -1                   | x < 4294967295.5             | true
          unsigned int  | -1                   | x == -1                      | false
          unsigned int  | 5                    | x >= -1                      | true
          unsigned int  | 5                    | x < -1                       | false
          unsigned int  | 5                    | x != -1.5                    | true
          unsigned byte | -1                   | x == 0xFF                    | true
          unsigned byte | -1                   | x < 256                      | true
          unsigned long | -1                   | x > 1.5                      | true
          unsigned long | -1                   | x == 18446744073709551615    | true
          unsigned long | -1                   | x == 0xFFFFFFFFFFFFFFFF      | true
          unsigned long | -1                   | x == 18446744073709551615.0  | true
          unsigned long | -1                   | x < 0xFFFFFFFFFFFFFFFF       | false
          unsigned long | -1                   | x < 1e30                     | true
          char          | 65535                | x == 65535                   | true
          long          | -1                   | x < 18446744073709551615     | true
          long          | -1                   | x == 18446744073709551615    | false
          # no bits are lost
          long          | 9007199254740993     | x == 9007199254740992.0      | false
          long          | 9007199254740993     | x > 9007199254740992.0       | true
          long          | 9223372036854775807  | x == 9223372036854775807.0   | true
          long          | 9223372036854775807  | x < 9223372036854775808.0    | true
          long          | -9223372036854775808 | x == -9223372036854775808    | true
          long          | -9223372036854775808 | x > -1e19                    | true
          long          | -1                   | x < -0.5                     | true
          long          | 0                    | x > -0.5                     | true
          long          | 0                    | x == -0.0                    | true
          long          | 0                    | x <= 1e-300                  | true
          # floating-point numbers compare as in Java
          double        | NaN                  | x > 500                      | false
          double        | NaN                  | x >= 0                       | false
          double        | NaN                  | x < 0                        | false
          double        | NaN                  | x == 0                       | false
          double        | NaN                  | x != 0                       | true
          double        | NaN                  | !(x == 0)                    | true
          double        | -0.0                 | x == 0                       | true
          double        | -0.0                 | x >= 0                       | true
          double        | -0.0                 | x < 0                        | false
          double        | 0.0                  | x == -0.0                    | true
          float         | -0.0                 | x == 0                       | true
          float         | NaN                  | x > 1.5                      | false
          float         | 0.5                  | x == 0.5                     | true
          double        | 0.1                  | x == 0.1                     | true
          double        | Infinity             | x > 1.7e308                  | true
          # how numbers are written
          long          | 10                   | x == 010                     | true
          long          | 1000                 | x == 1E3                     | true
          long          | 1000                 | x == 1e3                     | true
          long          | 1000                 | x == +1.0e+3                 | true
          long          | -16                  | x == -0x10                   | true
          long          | 255                  | x == 0Xff                    | true
          long          | 5                    | x == 0b101                   | true
          """)
  void numbersCompare(String type, String value, String condition, boolean expected)
      throws Throwable {
    Object number =
        switch (type.substring(type.indexOf(' ') + 1)) {
          case "byte" -> Byte.valueOf(value);
          case "char" -> (char) Integer.parseInt(value);
          case "int" -> Integer.valueOf(value);
          case "long" -> Long.valueOf(value);
          case "float" -> Float.valueOf(value);
          default -> Double.valueOf(value);
        };
    Class<?> primitive = MethodType.methodType(number.getClass()).unwrap().returnType();
    Scalar scalar =
        new Scalar(primitive, type.startsWith("unsigned") || primitive == char.class, 10);
    MethodHandle handle =
        ConditionCompiler.compile(
            ConditionParser.parse(condition),
            Leaf.of(List.of(new NamedField("x", "", primitive, scalar))));
    assertThat(Objects.requireNonNull(handle).invokeWithArguments(number)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "18446744073709551616",
        "-9223372036854775809",
        "0x1FFFFFFFFFFFFFFFF",
        "1e400",
        "1e999999999",
        "1e-999999999",
        "0x",
        "0x-1",
        "--1",
        "-",
        "1.5f",
        "1_000",
        "NaN",
        "12x"
      })
  void whatIsNoNumberIsRefused(String number) {
    assertThatThrownBy(() -> ConditionParser.parse("x == " + number))
        .isInstanceOf(TracerException.class)
        .hasMessageContaining("condition, column 6: expected a number of up to 64 bits, text");
  }
}
