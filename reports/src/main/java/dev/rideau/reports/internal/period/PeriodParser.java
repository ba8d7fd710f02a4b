package dev.rideau.reports.internal.period;

import dev.rideau.reports.ReportException;
import dev.rideau.reports.internal.period.Expression.And;
import dev.rideau.reports.internal.period.Expression.Comparison;
import dev.rideau.reports.internal.period.Expression.Constant;
import dev.rideau.reports.internal.period.Expression.Not;
import dev.rideau.reports.internal.period.Expression.Operand;
import dev.rideau.reports.internal.period.Expression.Operator;
import dev.rideau.reports.internal.period.Expression.Or;
import dev.rideau.reports.internal.period.Expression.Reference;
import dev.rideau.reports.internal.period.Expression.Subject;
import dev.rideau.reports.internal.period.Expression.Value;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads definitions of periods and captures as lttng-analyses has them.
///
/// ```
/// period:     [name [(parent)]] : condition [: condition]
/// captures:   name : [reference, ...] [: reference, ...]      reference may be  alias = reference
/// condition:  terms with && || ! ( )
/// term:       reference operator value      operators == != < <= > >= and =* for patterns
/// reference:  [$parent.] [$begin.] $evt.  followed by $name or [$payload. | $ctx. | ...] field
/// ```
final class PeriodParser {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(?<op>&&|\\|\\||==|!=|<=|>=|=\\*|[<>!():,=.])"
              + "|(?<number>[+-]?[0-9]+(?:\\.[0-9]*)?(?:[eE][+-]?[0-9]+)?)"
              + "|\"(?<text>(?:[^\"\\\\]|\\\\.)*)\""
              + "|(?<scope>\\$[a-z_]+)"
              + "|(?<name>[A-Za-z_][A-Za-z0-9_]*))");
  private static final List<String> OPERATORS = List.of("==", "!=", "=*", "<", "<=", ">", ">=");
  private static final List<String> SCOPES =
      List.of("$pkt_header", "$pkt_ctx", "$header", "$stream_ctx", "$ctx", "$payload");

  private final String option;
  private final String text;
  private final Matcher matcher;
  private String token = "";
  private String kind = "";

  /// Where the token begins, for messages.
  private int position;

  /// Behind the token.
  private int next;

  private PeriodParser(String option, String text) {
    this.option = option;
    this.text = text;
    this.matcher = TOKEN.matcher(text);
    advance();
  }

  /// A period as it is written.
  ///
  /// @param name null for none
  /// @param parent name of the period around it, null for none
  record Period(@Nullable String name, @Nullable String parent, Expression begin, Expression end) {}

  /// What is kept of the first and last record of a period.
  record Captures(String name, Map<String, Reference> begin, Map<String, Reference> end) {}

  static Period period(String text) {
    PeriodParser parser = new PeriodParser("--period", text);
    String name = null;
    String parent = null;
    if (parser.kind.equals("name")) {
      name = parser.take();
      if (parser.accept("(")) {
        parent = parser.name();
        parser.expect(")");
      }
    }
    parser.expect(":");
    Expression begin = parser.or();
    Expression end = parser.accept(":") ? parser.or() : begin;
    parser.end();
    if (parent == null && (usesParent(begin) || usesParent(end))) {
      throw parser.wrong("'$parent' needs a named period around: write name(parent)");
    }
    return new Period(name, parent, begin, end);
  }

  static Captures captures(String text) {
    PeriodParser parser = new PeriodParser("--period-captures", text);
    String name = parser.name();
    parser.expect(":");
    Map<String, Reference> begin = parser.references();
    Map<String, Reference> end = parser.accept(":") ? parser.references() : Map.of();
    parser.end();
    return new Captures(name, begin, end);
  }

  private Map<String, Reference> references() {
    Map<String, Reference> all = new LinkedHashMap<>();
    while (kind.equals("name") || kind.equals("scope")) {
      String alias = null;
      if (kind.equals("name")) {
        alias = take();
        expect("=");
      }
      Reference reference = reference();
      if (all.put(alias == null ? reference.toString() : alias, reference) != null) {
        throw wrong("a capture has the same name as one before");
      }
      if (!accept(",")) {
        break;
      }
    }
    return all;
  }

  // As in lttng-analyses, && binds tighter than ||.
  private Expression or() {
    Expression left = and();
    while (accept("||")) {
      left = new Or(left, and());
    }
    return left;
  }

  private Expression and() {
    Expression left = not();
    while (accept("&&")) {
      left = new And(left, not());
    }
    return left;
  }

  private Expression not() {
    if (accept("!")) {
      return new Not(not());
    }
    if (accept("(")) {
      Expression inner = or();
      expect(")");
      return inner;
    }
    return comparison();
  }

  private Expression comparison() {
    Reference left = reference();
    if (!OPERATORS.contains(token) || !kind.equals("op")) {
      throw wrong("an operator is wanted: " + String.join(" ", OPERATORS));
    }
    String operator = take();
    Operand right = operand();
    boolean isText = right instanceof Constant(Value.Text _);
    return switch (operator) {
      case "==" -> new Comparison(Operator.EQUAL, left, right);
      case "!=" -> new Not(new Comparison(Operator.EQUAL, left, right));
      case "=*" -> {
        if (!isText) {
          throw wrong("'=*' needs a pattern in quotes");
        }
        yield new Comparison(Operator.MATCHES, left, right);
      }
      default -> {
        if (isText || left.field() == null) {
          throw wrong("texts are compared with ==, != and =*");
        }
        yield new Comparison(order(operator), left, right);
      }
    };
  }

  private static Operator order(String operator) {
    return switch (operator) {
      case "<" -> Operator.LESS;
      case "<=" -> Operator.LESS_OR_EQUAL;
      case ">" -> Operator.GREATER;
      default -> Operator.GREATER_OR_EQUAL;
    };
  }

  private Operand operand() {
    return switch (kind) {
      case "number" -> new Constant(new Value.Number(new BigDecimal(take())));
      case "text" -> new Constant(new Value.Text(take().replaceAll("\\\\(.)", "$1")));
      case "scope" -> reference();
      default -> throw wrong("a number, a text in quotes or a field is wanted");
    };
  }

  private Reference reference() {
    Subject subject = Subject.CURRENT;
    if (accept("$parent")) {
      expect(".");
      if (!token.equals("$begin")) {
        throw wrong("'$begin' is wanted behind '$parent.'");
      }
      subject = Subject.PARENT;
    }
    if (accept("$begin")) {
      expect(".");
      subject = subject == Subject.PARENT ? subject : Subject.BEGIN;
    }
    if (!accept("$evt")) {
      throw wrong("'$evt', '$begin.$evt' or '$parent.$begin.$evt' is wanted");
    }
    expect(".");
    if (accept("$name")) {
      return new Reference(subject, null, null);
    }
    String scope = null;
    if (kind.equals("scope")) {
      scope = take();
      if (!SCOPES.contains(scope)) {
        throw wrong("unknown scope " + scope + "; there are " + String.join(", ", SCOPES));
      }
      expect(".");
    }
    return new Reference(subject, scope, name());
  }

  private static boolean usesParent(Expression expression) {
    return switch (expression) {
      case And(Expression left, Expression right) -> usesParent(left) || usesParent(right);
      case Or(Expression left, Expression right) -> usesParent(left) || usesParent(right);
      case Not(Expression inner) -> usesParent(inner);
      case Comparison(Operator _, Reference left, Operand right) ->
          left.subject() == Subject.PARENT
              || right instanceof Reference other && other.subject() == Subject.PARENT;
    };
  }

  private String name() {
    if (!kind.equals("name")) {
      throw wrong("a name is wanted");
    }
    return take();
  }

  private String take() {
    String taken = token;
    advance();
    return taken;
  }

  private boolean accept(String wanted) {
    if (token.equals(wanted) && !kind.equals("text")) {
      advance();
      return true;
    }
    return false;
  }

  private void expect(String wanted) {
    if (!accept(wanted)) {
      throw wrong("'" + wanted + "' is wanted");
    }
  }

  private void end() {
    if (!kind.isEmpty()) {
      throw wrong("nothing more is wanted");
    }
  }

  private void advance() {
    position = next;
    if (text.substring(next).isBlank()) {
      token = "";
      kind = "";
      return;
    }
    if (!matcher.find(next) || matcher.start() != next) {
      throw wrong("this makes no sense");
    }
    for (String group : List.of("op", "number", "text", "scope", "name")) {
      String found = matcher.group(group);
      if (found != null) {
        token = found;
        kind = group;
        position = matcher.start(group);
      }
    }
    next = matcher.end();
  }

  private ReportException wrong(String message) {
    return new ReportException(
        option + ": " + message + "\n  " + text + "\n  " + " ".repeat(position) + "^",
        "see 'rideau report --help' for examples");
  }
}
