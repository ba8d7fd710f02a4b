package dev.rideau.trace.filter;

import dev.rideau.trace.filter.Condition.And;
import dev.rideau.trace.filter.Condition.Comparison;
import dev.rideau.trace.filter.Condition.Name;
import dev.rideau.trace.filter.Condition.Not;
import dev.rideau.trace.filter.Condition.Operand;
import dev.rideau.trace.filter.Condition.Operator;
import dev.rideau.trace.filter.Condition.Or;
import dev.rideau.trace.filter.Condition.Present;
import dev.rideau.trace.filter.Condition.Root;
import dev.rideau.trace.filter.Condition.Step;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Understands expressions, by recursive descent:
///
/// ```
/// or         = and { "||" and }
/// and        = not { "&&" not }
/// not        = "!" not | "(" or ")" | comparison
/// comparison = name [ operator operand ] | operand operator name
/// operator   = "==" | "!=" | "<" | "<=" | ">" | ">=" | "=~"
/// operand    = number | text | "/" regular expression "/"
/// name       = [ "payload." | "context." | "packet." | "event." | "stream." | "trace." | "env." ]
///              member { "." member | "[" index "]" }
/// ```
final class FilterParser {
  private static final int MAXIMUM_DEPTH = 200;
  private static final int MAXIMUM_COMPARISONS = 1000;
  // Of positions behind the point: more than a double has.
  private static final int MOST_SCALE = 2000;

  private final String text;
  private int at;
  private int depth;
  private int comparisons;

  private FilterParser(String text) {
    this.text = text;
  }

  static Condition parse(String text) throws FilterSyntaxException {
    FilterParser parser = new FilterParser(text);
    Condition condition = parser.or();
    parser.skipBlanks();
    if (parser.at < text.length()) {
      throw parser.error(parser.at, parser.unexpected("'&&', '||' or the end"));
    }
    return condition;
  }

  private Condition or() throws FilterSyntaxException {
    Condition condition = and();
    while (accept("||")) {
      condition = new Or(condition, and());
    }
    return condition;
  }

  private Condition and() throws FilterSyntaxException {
    Condition condition = not();
    while (accept("&&")) {
      condition = new And(condition, not());
    }
    return condition;
  }

  private Condition not() throws FilterSyntaxException {
    skipBlanks();
    int start = at;
    if (++depth > MAXIMUM_DEPTH) {
      throw error(start, "the expression is nested more than " + MAXIMUM_DEPTH + " deep");
    }
    try {
      if (peek() == '!' && peekNext() != '=') {
        at++;
        return new Not(not());
      }
      if (accept("(")) {
        Condition condition = or();
        if (!accept(")")) {
          throw error(at, unexpected("')' for the '(' at character " + (start + 1)));
        }
        return condition;
      }
      return comparison();
    } finally {
      depth--;
    }
  }

  private Condition comparison() throws FilterSyntaxException {
    skipBlanks();
    int start = at;
    if (++comparisons > MAXIMUM_COMPARISONS) {
      throw error(start, "more than " + MAXIMUM_COMPARISONS + " comparisons");
    }
    if (!isNameStart()) {
      Operand left = operand();
      Operator operator = operator();
      skipBlanks();
      if (!isNameStart()) {
        throw error(start, "one side of a comparison must be a field");
      }
      if (operator == Operator.MATCHES) {
        throw error(start, "the pattern stands on the right of '=~'");
      }
      return new Comparison(name(), operator.mirrored(), left);
    }
    Name name = name();
    skipBlanks();
    if (!isOperatorStart()) {
      return new Present(name);
    }
    int operatorStart = at;
    Operator operator = operator();
    skipBlanks();
    if (isNameStart()) {
      throw error(
          at,
          "a field is compared with a number or with text, not with another field; text stands in"
              + " quotes");
    }
    int operandStart = at;
    Operand operand = operand();
    if (operator == Operator.MATCHES) {
      return new Comparison(name, operator, pattern(operand, operandStart));
    }
    if (operand instanceof Operand.RegexOperand) {
      throw error(operatorStart, "a regular expression needs the operator '=~'");
    }
    return new Comparison(name, operator, operand);
  }

  private Operand pattern(Operand operand, int start) throws FilterSyntaxException {
    return switch (operand) {
      case Operand.TextOperand given -> new Operand.GlobOperand(new Glob(given.text()));
      case Operand.RegexOperand _, Operand.GlobOperand _ -> operand;
      case Operand.IntegerOperand _, Operand.RealOperand _ ->
          throw error(start, "'=~' needs a pattern in quotes or a regular expression in slashes");
    };
  }

  private Operator operator() throws FilterSyntaxException {
    skipBlanks();
    Operator found = null;
    for (Operator operator : Operator.values()) {
      boolean isLonger = found == null || operator.symbol.length() > found.symbol.length();
      if (text.startsWith(operator.symbol, at) && isLonger) {
        found = operator;
      }
    }
    if (found == null) {
      throw error(
          at,
          peek() == '='
              ? "unknown operator '='; equality is '=='"
              : unexpected("an operator (== != < <= > >= =~)"));
    }
    at += found.symbol.length();
    return found;
  }

  private boolean isOperatorStart() {
    int c = peek();
    return c == '=' || c == '<' || c == '>' || (c == '!' && peekNext() == '=');
  }

  private Operand operand() throws FilterSyntaxException {
    skipBlanks();
    int c = peek();
    if (c == '"' || c == '\'') {
      return new Operand.TextOperand(quoted());
    }
    if (c == '/') {
      return regex();
    }
    if (c == '-' || c == '+' || isDigit(c)) {
      return number();
    }
    throw error(at, unexpected("a field, a number or text in quotes"));
  }

  private Operand number() throws FilterSyntaxException {
    int start = at;
    boolean negative = peek() == '-';
    if (negative || peek() == '+') {
      at++;
    }
    int digitsStart = at;
    int radix = 10;
    if (text.startsWith("0x", at) || text.startsWith("0X", at)) {
      radix = 16;
    } else if (text.startsWith("0b", at) || text.startsWith("0B", at)) {
      radix = 2;
    }
    boolean real = false;
    while (at < text.length()) {
      char c = text.charAt(at);
      boolean isSign = (c == '-' || c == '+') && radix == 10 && isExponent(text.charAt(at - 1));
      if (!Character.isLetterOrDigit(c) && c != '.' && !isSign) {
        break;
      }
      real |= radix == 10 && (c == '.' || isExponent(c));
      at++;
    }
    String digits = text.substring(radix == 10 ? digitsStart : Math.min(digitsStart + 2, at), at);
    try {
      if (real) {
        BigDecimal value = new BigDecimal(digits);
        if (Math.abs((long) value.scale()) > MOST_SCALE || Double.isInfinite(value.doubleValue())) {
          throw error(start, "the number does not fit into 64 bits");
        }
        return new Operand.RealOperand(negative ? value.negate() : value);
      }
      BigInteger value = new BigInteger(digits, radix);
      if (negative) {
        value = value.negate();
      }
      if (value.compareTo(Operand.LEAST) < 0 || value.compareTo(Operand.GREATEST) > 0) {
        throw error(start, "the number does not fit into 64 bits");
      }
      return new Operand.IntegerOperand(value.longValue(), value.bitLength() > 63);
    } catch (NumberFormatException _) {
      throw error(start, "'" + text.substring(start, at) + "' is not a number");
    }
  }

  private static boolean isExponent(char c) {
    return c == 'e' || c == 'E';
  }

  private String quoted() throws FilterSyntaxException {
    int start = at;
    char quote = text.charAt(at++);
    StringBuilder content = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == quote) {
        return content.toString();
      }
      if (c == '\\' && at < text.length()) {
        content.append(escape(text.charAt(at++), quote));
      } else {
        content.append(c);
      }
    }
    throw error(start, "the text has no closing " + quote);
  }

  /// Other escapes stay as they are, so that patterns may have them.
  private static String escape(char c, char quote) {
    return switch (c) {
      case 'n' -> "\n";
      case 't' -> "\t";
      case 'r' -> "\r";
      case '\\' -> "\\";
      default -> c == quote ? String.valueOf(c) : "\\" + c;
    };
  }

  private Operand regex() throws FilterSyntaxException {
    int start = at++;
    StringBuilder pattern = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '/') {
        try {
          return new Operand.RegexOperand(Pattern.compile(pattern.toString()));
        } catch (PatternSyntaxException failure) {
          int place = Math.max(0, failure.getIndex());
          throw error(start + 1 + place, "regular expression: " + failure.getDescription());
        }
      }
      if (c == '\\' && at < text.length()) {
        char next = text.charAt(at++);
        pattern.append(next == '/' ? "/" : "\\" + next);
      } else {
        pattern.append(c);
      }
    }
    throw error(start, "the regular expression has no closing '/'");
  }

  private Name name() throws FilterSyntaxException {
    int start = at;
    String first = identifier();
    Root root = Root.ANYWHERE;
    List<Step> steps = new ArrayList<>();
    if (peek() == '.') {
      for (Root candidate : Root.values()) {
        if (candidate.prefix.equals(first)) {
          root = candidate;
        }
      }
    }
    if (root == Root.ANYWHERE) {
      steps.add(new Step.Member(first));
    }
    while (true) {
      if (peek() == '.') {
        at++;
        steps.add(new Step.Member(peek() == '"' || peek() == '\'' ? quoted() : identifier()));
      } else if (peek() == '[') {
        steps.add(index());
      } else {
        return new Name(root, steps, start);
      }
    }
  }

  private Step index() throws FilterSyntaxException {
    int start = at++;
    int end = text.indexOf(']', at);
    String digits = end < 0 ? "" : text.substring(at, end).strip();
    if (!digits.matches("[0-9]{1,9}")) {
      throw error(start, "an element of an array is chosen by its number, as in name[3]");
    }
    at = end + 1;
    return new Step.Index(Integer.parseInt(digits));
  }

  private String identifier() throws FilterSyntaxException {
    int start = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
      at++;
    }
    if (start == at) {
      throw error(at, unexpected("a name"));
    }
    return text.substring(start, at);
  }

  private boolean isNameStart() {
    int c = peek();
    return c == '_' || (c >= 0 && Character.isLetter(c));
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private boolean accept(String symbol) {
    skipBlanks();
    if (text.startsWith(symbol, at)) {
      at += symbol.length();
      return true;
    }
    return false;
  }

  private int peek() {
    return at < text.length() ? text.charAt(at) : -1;
  }

  private int peekNext() {
    return at + 1 < text.length() ? text.charAt(at + 1) : -1;
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private String unexpected(String wanted) {
    if (at >= text.length()) {
      return "the expression ends where " + wanted + " is expected";
    }
    char c = text.charAt(at);
    if ((c == '&' || c == '|') && peekNext() != c) {
      return "'" + c + "' is not an operator; write '" + c + c + "'";
    }
    return "found '" + c + "' where " + wanted + " is expected";
  }

  private FilterSyntaxException error(int position, String message) {
    return new FilterSyntaxException(text, position, message);
  }
}
