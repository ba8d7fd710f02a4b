package dev.rideau.ctf.internal.metadata.json;

import dev.rideau.ctf.internal.metadata.json.JsonValue.JsonArray;
import dev.rideau.ctf.internal.metadata.json.JsonValue.JsonBoolean;
import dev.rideau.ctf.internal.metadata.json.JsonValue.JsonInteger;
import dev.rideau.ctf.internal.metadata.json.JsonValue.JsonNull;
import dev.rideau.ctf.internal.metadata.json.JsonValue.JsonObject;
import dev.rideau.ctf.internal.metadata.json.JsonValue.JsonReal;
import dev.rideau.ctf.internal.metadata.json.JsonValue.JsonString;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/// A JSON value that knows where it was written.
sealed interface JsonValue
    permits JsonNull, JsonBoolean, JsonInteger, JsonReal, JsonString, JsonArray, JsonObject {

  /// Character of the metadata text at which the value starts.
  int offset();

  /// What it is, in words for messages.
  String kind();

  record JsonNull(int offset) implements JsonValue {
    @Override
    public String kind() {
      return "null";
    }
  }

  record JsonBoolean(boolean value, int offset) implements JsonValue {
    @Override
    public String kind() {
      return "a boolean";
    }
  }

  /// A number without fraction and exponent.
  record JsonInteger(BigInteger value, int offset) implements JsonValue {
    @Override
    public String kind() {
      return value.signum() < 0 ? "a negative integer" : "an integer";
    }
  }

  record JsonReal(double value, int offset) implements JsonValue {
    @Override
    public String kind() {
      return "a real number";
    }
  }

  record JsonString(String value, int offset) implements JsonValue {
    @Override
    public String kind() {
      return "a string";
    }
  }

  record JsonArray(List<JsonValue> elements, int offset) implements JsonValue {
    @Override
    public String kind() {
      return "an array";
    }
  }

  /// @param properties in the order of the text
  record JsonObject(Map<String, JsonValue> properties, int offset) implements JsonValue {
    @Override
    public String kind() {
      return "an object";
    }
  }
}
