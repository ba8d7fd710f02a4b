package dev.rideau.tracer.internal.filter;

import dev.rideau.tracer.TracerException;
import dev.rideau.tracer.internal.filter.Condition.And;
import dev.rideau.tracer.internal.filter.Condition.Compare;
import dev.rideau.tracer.internal.filter.Condition.Not;
import dev.rideau.tracer.internal.filter.Condition.Operator;
import dev.rideau.tracer.internal.filter.Condition.Or;
import java.math.BigDecimal;
import java.math.BigInteger;

/// Reads conditions; see [dev.rideau.tracer.EventRule#where(String)].
public final class ConditionParser {
  private static final int MOST_DEPTH = 100;
  private static final int MOST_DIGITS = 1000;
  // Of positions behind the point: more than a double has.
  private static final int MOST_SCALE = 2000;
  private static final BigDecimal LEAST = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal GREATEST =
      new BigDecimal(BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE));

  private final String text;
  private int at;
  private int depth;

  private ConditionParser(String text) {
    this.text = text;
  }

  /// Reads a condition.
  ///
  /// @throws TracerException saying what was expected, and where
  public static Condition parse(String text) {
    ConditionParser parser = new ConditionParser(text);
    Condition condition = parser.or();
    parser.skipBlanks();
    if (parser.at < text.length()) {
      throw parser.wrong("'&&', '||' or the end");
    }
    return condition;
  }

  private Condition or() {
    Condition left = and();
    while (take("||")) {
      left = new Or(left, and());
    }
    return left;
  }

  private Condition and() {
    Condition left = unary();
    while (take("&&")) {
      left = new And(left, unary());
    }
    return left;
  }

  private Condition unary() {
    if (++depth > MOST_DEPTH) {
      throw wrong("less nesting");
    }
    Condition result;
    if (!lookingAt("!=") && take("!")) {
      result = new Not(unary());
    } else if (take("(")) {
      result = or();
      if (!take(")")) {
        throw wrong("')'");
      }
    } else {
      String path = path();
      result = new Compare(path, operator(), value());
    }
    depth--;
    return result;
  }

  private String path() {
    skipBlanks();
    int begin = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || "_.".indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    if (at == begin) {
      throw wrong("the name of a field");
    }
    return text.substring(begin, at);
  }

  private Operator operator() {
    if (take("==")) {
      return Operator.EQUAL;
    }
    if (take("!=")) {
      return Operator.NOT_EQUAL;
    }
    if (take("<=")) {
      return Operator.LESS_OR_EQUAL;
    }
    if (take(">=")) {
      return Operator.GREATER_OR_EQUAL;
    }
    if (take("<")) {
      return Operator.LESS;
    }
    if (take(">")) {
      return Operator.GREATER;
    }
    throw wrong("'==', '!=', '<', '<=', '>' or '>='");
  }

  private Object value() {
    skipBlanks();
    if (at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\'')) {
      return quoted();
    }
    int begin = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || "+-._".indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    String word = text.substring(begin, at);
    if (word.equals("true") || word.equals("false")) {
      return word.equals("true");
    }
    try {
      return number(word);
    } catch (NumberFormatException wrong) {
      at = begin;
      throw wrong("a number of up to 64 bits, text in quotes, true or false");
    }
  }

  // All digits are kept: which of them count depends on the field.
  private BigDecimal number(String word) {
    boolean isNegative = word.startsWith("-");
    String digits = isNegative || word.startsWith("+") ? word.substring(1) : word;
    String prefix = digits.substring(0, Math.min(2, digits.length()));
    int radix = prefix.equalsIgnoreCase("0x") ? 16 : prefix.equalsIgnoreCase("0b") ? 2 : 10;
    if (radix != 10) {
      digits = digits.substring(2);
    }
    if (digits.isEmpty() || digits.length() > MOST_DIGITS || "+-".indexOf(digits.charAt(0)) >= 0) {
      throw new NumberFormatException(word);
    }
    boolean isInteger = radix != 10 || digits.chars().allMatch(Character::isDigit);
    BigDecimal number =
        radix == 10 ? new BigDecimal(digits) : new BigDecimal(new BigInteger(digits, radix));
    BigDecimal value = isNegative ? number.negate() : number;
    if (isInteger
        ? value.compareTo(LEAST) < 0 || value.compareTo(GREATEST) > 0
        : Math.abs((long) value.scale()) > MOST_SCALE || Double.isInfinite(value.doubleValue())) {
      throw new NumberFormatException(word);
    }
    return value;
  }

  private String quoted() {
    char quote = text.charAt(at);
    int end = text.indexOf(quote, at + 1);
    if (end < 0) {
      throw wrong("text that ends with " + quote);
    }
    String value = text.substring(at + 1, end);
    at = end + 1;
    return value;
  }

  private boolean lookingAt(String token) {
    skipBlanks();
    return text.startsWith(token, at);
  }

  private boolean take(String token) {
    if (!lookingAt(token)) {
      return false;
    }
    at += token.length();
    return true;
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private TracerException wrong(String expected) {
    return new TracerException(
        "condition, column " + (at + 1) + ": expected " + expected + " in: " + text);
  }
}
