package dev.rideau.server.internal.http;

import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/// A JSON value that a client sent, read with complaints that a client understands.
///
/// @param value a map of names, a list, text, `Long`, `Double`, `Boolean`, or null
/// @param name what it is called in complaints
public record Json(@Nullable Object value, String name) {
  /// Whole numbers beyond it are inexact in JavaScript and are written as text.
  private static final long EXACT = (1L << 53) - 1;

  /// Numbers of so many decimal digits come out of JavaScript as they went in.
  private static final int EXACT_DIGITS = 15;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(32).maxNumberLength(100).build())
          .build();

  /// Writes JSON as UTF-8; does not close the stream.
  public static JsonGenerator generator(OutputStream out) {
    return FACTORY.createGenerator(ObjectWriteContext.empty(), out);
  }

  /// Reads one value.
  ///
  /// @throws HttpFailure when it is not one
  public static Json parse(byte[] bytes) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
      if (parser.nextToken() == null) {
        throw HttpFailure.bad("the body is empty; it must be JSON");
      }
      Object value = read(parser);
      if (parser.nextToken() != null) {
        throw HttpFailure.bad("the body goes on behind its JSON value");
      }
      return new Json(value, "the body");
    } catch (JacksonException failure) {
      throw HttpFailure.bad("the body is no JSON: " + told(failure));
    }
  }

  // What is wrong and where, without the parser's words about itself.
  private static String told(JacksonException failure) {
    String message = String.valueOf(failure.getOriginalMessage());
    int source = message.indexOf("[Source:");
    String plain = source < 0 ? message : message.substring(0, source);
    TokenStreamLocation place = failure.getLocation();
    return plain.replaceFirst("\\s*\\(start marker at\\s*$", "").strip()
        + (place == null
            ? ""
            : " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")");
  }

  private static @Nullable Object read(JsonParser parser) {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          members.put(name, read(parser));
        }
        yield members;
      }
      case START_ARRAY -> {
        List<@Nullable Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          elements.add(read(parser));
        }
        yield elements;
      }
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT -> {
        try {
          yield Long.valueOf(parser.getLongValue());
        } catch (JacksonException tooLarge) {
          yield Double.valueOf(parser.getDoubleValue());
        }
      }
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> Boolean.TRUE;
      case VALUE_FALSE -> Boolean.FALSE;
      case VALUE_NULL -> null;
      case null, default -> throw HttpFailure.bad("the body is no JSON");
    };
  }

  /// A member; one without value where there is none.
  public Json member(String member) {
    if (!(value instanceof Map<?, ?> map)) {
      throw HttpFailure.bad(name + " must be an object");
    }
    return new Json(map.get(member), "'" + member + "'");
  }

  public boolean isNull() {
    return value == null;
  }

  public long number() {
    return switch (value) {
      case Long number -> number;
      case Double number when number == Math.rint(number) && Math.abs(number) < 9e18 ->
          number.longValue();
      case null, default -> throw HttpFailure.bad(name + " must be a whole number");
    };
  }

  public long number(long otherwise) {
    return value == null ? otherwise : number();
  }

  /// A number between two bounds.
  public int number(int least, int most) {
    long number = number();
    if (number < least || number > most) {
      throw HttpFailure.bad(name + " must be " + least + " to " + most);
    }
    return (int) number;
  }

  public boolean bool() {
    if (value instanceof Boolean yes) {
      return yes;
    }
    throw HttpFailure.bad(name + " must be true or false");
  }

  public String text() {
    if (value instanceof String text) {
      return text;
    }
    throw HttpFailure.bad(name + " must be a text");
  }

  public @Nullable String textOrNull() {
    return value == null ? null : text();
  }

  public List<Json> elements() {
    if (!(value instanceof List<?> list)) {
      throw HttpFailure.bad(name + " must be a list");
    }
    List<Json> elements = new ArrayList<>(list.size());
    for (Object each : list) {
      elements.add(new Json(each, "an element of " + name));
    }
    return elements;
  }

  /// A list of whole numbers that fit into `int`, at most so many.
  public int[] ints(int most) {
    List<Json> elements = elements();
    if (elements.size() > most) {
      throw HttpFailure.bad(name + " may have " + most + " elements");
    }
    int[] numbers = new int[elements.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = elements.get(i).number(Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
    return numbers;
  }

  /// Writes a value of the database: numbers that JavaScript cannot hold become texts, with all
  /// their digits, and so do those that JSON does not know, `Infinity` and `NaN`.
  public static void write(JsonGenerator json, @Nullable Object value) {
    switch (value) {
      case null -> json.writeNull();
      case String text -> json.writeString(text);
      case Long number -> writeWhole(json, number);
      case Integer number -> json.writeNumber(number);
      case Short number -> json.writeNumber(number);
      case Byte number -> json.writeNumber(number.intValue());
      case Double number when !Double.isFinite(number) -> json.writeString(number.toString());
      case Float number when !Float.isFinite(number) -> json.writeString(number.toString());
      case Double number -> writeReal(json, number);
      case Float number -> writeReal(json, Double.parseDouble(number.toString()));
      case BigInteger number when number.bitLength() < Long.SIZE ->
          writeWhole(json, number.longValue());
      case BigDecimal number when number.precision() <= EXACT_DIGITS -> json.writeNumber(number);
      case BigDecimal number -> json.writeString(number.toPlainString());
      case Boolean truth -> json.writeBoolean(truth);
      case List<?> list -> {
        json.writeStartArray();
        list.forEach(each -> write(json, each));
        json.writeEndArray();
      }
      case Map<?, ?> map -> {
        json.writeStartObject();
        map.forEach((name, each) -> {
          json.writeName(String.valueOf(name));
          write(json, each);
        });
        json.writeEndObject();
      }
      case byte[] bytes -> json.writeString(java.util.HexFormat.of().formatHex(bytes));
      default -> json.writeString(value.toString());
    }
  }

  public static void writeWhole(JsonGenerator json, long number) {
    if (Math.abs(number) <= EXACT && number != Long.MIN_VALUE) {
      json.writeNumber(number);
    } else {
      json.writeString(Long.toString(number));
    }
  }

  /// JSON knows no infinity; it is nothing here.
  public static void writeReal(JsonGenerator json, double number) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      json.writeNull();
    } else {
      json.writeNumber(number);
    }
  }
}
