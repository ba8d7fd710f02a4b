package dev.rideau.ctf.internal.metadata.tsdl;

import dev.rideau.ctf.internal.metadata.tsdl.Syntax.Attribute;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.Constant;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.Name;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.Text;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.Value;
import dev.rideau.trace.TraceException;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Checks attributes and turns their values into Java ones.
final class AttributeReader {
  private static final Pattern UUID_TEXT =
      Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

  private static final int MAXIMUM_ALIGNMENT_BITS = 1 << 30;

  private final Reporter reporter;

  AttributeReader(Reporter reporter) {
    this.reporter = reporter;
  }

  /// Fails when an attribute is there twice.
  void checkUnique(List<Attribute> attributes, String owner) {
    Set<String> names = HashSet.newHashSet(attributes.size());
    for (Attribute attribute : attributes) {
      if (!names.add(attribute.name())) {
        throw duplicate(attribute.name(), owner, attribute.place());
      }
    }
  }

  TraceException duplicate(String name, String owner, TextPlace place) {
    return reporter.fault(
        place,
        Rule.DUPLICATE_ATTRIBUTE,
        "`" + name + "` is given twice in " + owner,
        "Keep one of the two");
  }

  TraceException missing(String name, String owner, TextPlace place) {
    return reporter.fault(
        place,
        Rule.MISSING_ATTRIBUTE,
        owner + " has no attribute `" + name + "`",
        "Add `" + name + " = ...;`");
  }

  /// Reports an attribute that nobody knows.
  void unknown(String name, String owner, TextPlace place) {
    reporter.tolerate(
        place,
        Rule.UNKNOWN_ATTRIBUTE,
        "unknown attribute `" + name + "` in " + owner,
        "Remove it, or correct its name");
  }

  TraceException wrong(Attribute attribute, String expected) {
    Value value = attribute.value();
    String found =
        switch (value) {
          case Constant constant -> constant.toString();
          case Text text -> "\"" + text.text() + "\"";
          case Name name -> name.name();
        };
    return reporter.fault(
        value.place(),
        Rule.ATTRIBUTE_VALUE,
        "attribute `" + attribute.name() + "` cannot be " + shortened(found),
        "Expected " + expected);
  }

  /// An integer from 0 to 2^64-1, as bits.
  long unsigned(Attribute attribute) {
    if (attribute.value() instanceof Constant constant && !constant.negative()) {
      return constant.magnitude();
    }
    throw wrong(attribute, "an unsigned integer");
  }

  /// An integer of 64 bits with sign.
  long signed(Attribute attribute) {
    if (attribute.value() instanceof Constant constant && constant.isSignedLong()) {
      return constant.bits();
    }
    throw wrong(attribute, "an integer from -9223372036854775808 to 9223372036854775807");
  }

  String text(Attribute attribute) {
    if (attribute.value() instanceof Text text) {
      return text.text();
    }
    if (!reporter.isStrict() && attribute.value() instanceof Name name) {
      return name.name();
    }
    throw wrong(attribute, "a string in double quotes");
  }

  String textOrName(Attribute attribute) {
    return switch (attribute.value()) {
      case Text text -> text.text();
      case Name name -> name.name();
      case Constant constant -> throw wrong(attribute, "a name, or a string in double quotes");
    };
  }

  /// A UUID in lower case.
  String uuid(Attribute attribute) {
    if (attribute.value() instanceof Text text && UUID_TEXT.matcher(text.text()).matches()) {
      return UUID.fromString(text.text()).toString();
    }
    throw wrong(attribute, "a UUID such as \"2a6422d0-6cee-11e0-8c08-cb07d7b3a564\"");
  }

  boolean bool(Attribute attribute) {
    if (attribute.value() instanceof Constant constant) {
      boolean isBool =
          constant.magnitude() == 0 || constant.magnitude() == 1 && !constant.negative();
      if (isBool || !reporter.isStrict()) {
        return constant.magnitude() != 0;
      }
    }
    return switch (word(attribute)) {
      case "true", "TRUE" -> true;
      case "false", "FALSE" -> false;
      default -> throw wrong(attribute, "true, false, 1 or 0");
    };
  }

  /// The name that is the value, or an empty string when it is none. A string is as good when
  /// lenient.
  private String word(Attribute attribute) {
    return switch (attribute.value()) {
      case Name name -> name.name();
      case Text text -> reporter.isStrict() ? "" : text.text();
      case Constant constant -> "";
    };
  }

  /// A byte order; null for the native one.
  @Nullable ByteOrder byteOrder(Attribute attribute) {
    return switch (word(attribute)) {
      case "be", "network" -> ByteOrder.BIG_ENDIAN;
      case "le" -> ByteOrder.LITTLE_ENDIAN;
      case "native" -> null;
      default -> throw wrong(attribute, "le, be, network or native");
    };
  }

  /// Whether text is encoded; the encodings are all UTF-8 or a part of it.
  boolean isText(Attribute attribute) {
    return switch (word(attribute).toUpperCase(Locale.ROOT)) {
      case "NONE" -> false;
      case "UTF8", "UTF-8", "ASCII" -> true;
      default -> throw wrong(attribute, "UTF8, ASCII or none");
    };
  }

  /// Fails when the attribute does not name an encoding.
  void checkEncoding(Attribute attribute) {
    if (!isText(attribute) && !word(attribute).equalsIgnoreCase("none")) {
      throw wrong(attribute, "UTF8, ASCII or none");
    }
  }

  int displayBase(Attribute attribute) {
    String base =
        attribute.value() instanceof Constant constant ? constant.toString() : word(attribute);
    return switch (base) {
      case "2", "binary", "bin", "b" -> 2;
      case "8", "octal", "oct", "o" -> 8;
      case "10", "decimal", "dec", "d", "i", "u" -> 10;
      case "16", "hexadecimal", "hex", "x", "X", "p" -> 16;
      default ->
          throw wrong(attribute, "2, 8, 10, 16, binary, octal, decimal, hexadecimal, or b o d x");
    };
  }

  int alignment(Attribute attribute) {
    if (attribute.value() instanceof Constant constant && isAlignment(constant)) {
      return (int) constant.magnitude();
    }
    throw wrong(attribute, "a power of two, from 1 to " + MAXIMUM_ALIGNMENT_BITS);
  }

  int alignment(Constant constant) {
    if (constant.magnitude() == 0 && !reporter.isStrict()) {
      return 1;
    }
    if (isAlignment(constant)) {
      return (int) constant.magnitude();
    }
    throw reporter.fault(
        constant.place(),
        Rule.ATTRIBUTE_VALUE,
        "a structure cannot be aligned to " + constant + " bits",
        "Expected a power of two, from 1 to " + MAXIMUM_ALIGNMENT_BITS);
  }

  private static boolean isAlignment(Constant constant) {
    return !constant.negative()
        && Long.bitCount(constant.magnitude()) == 1
        && constant.magnitude() > 0
        && constant.magnitude() <= MAXIMUM_ALIGNMENT_BITS;
  }

  private static String shortened(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "...";
  }
}
