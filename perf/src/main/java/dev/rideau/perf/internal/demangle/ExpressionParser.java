package dev.rideau.perf.internal.demangle;

import dev.rideau.perf.internal.demangle.Part.Arguments;
import dev.rideau.perf.internal.demangle.Part.Binary;
import dev.rideau.perf.internal.demangle.Part.OperatorName;
import dev.rideau.perf.internal.demangle.Part.Ternary;
import dev.rideau.perf.internal.demangle.Part.Unary;
import java.util.ArrayList;
import java.util.List;

/// Expressions, as they stand in arguments of templates and in types.
final class ExpressionParser {
  private final Parsing parsing;
  private final MangledText text;

  ExpressionParser(Parsing parsing) {
    this.parsing = parsing;
    text = parsing.text;
  }

  Part expression() {
    boolean wasExpression = parsing.inExpression;
    parsing.inExpression = true;
    Part expression = inner();
    parsing.inExpression = wasExpression;
    return expression;
  }

  private Part inner() {
    parsing.enter();
    Part expression = simple();
    parsing.leave();
    return expression;
  }

  private Part simple() {
    char c = text.peek();
    if (c == 'L') {
      return literal();
    } else if (c == 'T') {
      return parsing.templates.parameter();
    } else if (text.take("sr")) {
      Part name = parsing.names.unqualified(parsing.types.type(), null);
      return text.peek() == 'I' ? parsing.templates.template(name) : name;
    } else if (text.take("sp")) {
      return new Part.PackExpansion(inner());
    } else if (text.take("fp")) {
      return new Part.FunctionParameter(text.take('T') ? 0 : text.compactNumber() + 1);
    } else if (MangledText.isDigit(c) || c == 'o' && text.peek(1) == 'n') {
      return memberName();
    } else if (text.take("il")) {
      return new Part.Initializer(null, list('E'));
    } else if (text.take("tl")) {
      Part type = parsing.types.type();
      return new Part.Initializer(type, list('E'));
    } else if (text.take('u')) {
      Part name = parsing.names.identifier();
      return new Part.VendorExpression(name, parsing.templates.argumentsToEnd());
    }
    Part operator = operator();
    return switch (operator) {
      case OperatorName(Operator known) -> operation(known, operator);
      case Part.VendorOperator vendor when vendor.operands() == 0 -> new Part.Nullary(operator);
      case Part.VendorOperator vendor when vendor.operands() == 1 ->
          new Unary(operator, inner(), false);
      case Part.Cast _ -> new Unary(operator, text.take('_') ? list('E') : inner(), false);
      default -> throw new NotUnderstood();
    };
  }

  /// An unqualified name that may have arguments.
  private Part memberName() {
    Part name = parsing.names.unqualified(null, null);
    return text.peek() == 'I' ? parsing.templates.template(name) : name;
  }

  private Part operation(Operator operator, Part name) {
    return switch (operator.operands()) {
      case 0 -> new Part.Nullary(name);
      case 1 -> unary(operator, name);
      case 2 -> binary(operator);
      default -> ternary(operator);
    };
  }

  private Part unary(Operator operator, Part name) {
    if (operator.is("st")) {
      return new Unary(name, parsing.types.type(), false);
    } else if (operator.is("sP")) {
      return new Unary(name, parsing.templates.argumentsToEnd(), false);
    }
    boolean counts = operator.is("pp") || operator.is("mm");
    boolean behind = counts && !text.take('_');
    return new Unary(name, inner(), behind);
  }

  private Part binary(Operator operator) {
    Part left;
    if (operator.isNamedCast()) {
      left = parsing.types.type();
    } else if (operator.isFold()) {
      left = operator();
    } else if (operator.is("di")) {
      left = parsing.names.unqualified(null, null);
    } else {
      left = inner();
    }
    if (operator.is("cl")) {
      return new Binary(operator, left, list('E'));
    }
    boolean selects = operator.is("dt") || operator.is("pt");
    return new Binary(operator, left, selects ? memberName() : inner());
  }

  private Part ternary(Operator operator) {
    if (operator.is("nw") || operator.is("na")) {
      return newExpression(operator);
    }
    Part first = operator.isFold() ? operator() : inner();
    Part second = inner();
    return new Ternary(operator, first, second, inner());
  }

  /// ```
  /// new   nw expression… _ type (E | pi expression… E | il expression… E)
  /// ```
  private Part newExpression(Operator operator) {
    Arguments placement = list('_');
    Part type = parsing.types.type();
    if (text.take('E')) {
      return new Ternary(operator, placement, type, null);
    } else if (text.take("pi")) {
      return new Ternary(operator, placement, type, list('E'));
    } else if (text.peek() == 'i' && text.peek(1) == 'l') {
      return new Ternary(operator, placement, type, inner());
    }
    throw new NotUnderstood();
  }

  /// Expressions up to the mark that ends them.
  private Arguments list(char end) {
    List<Part> list = new ArrayList<>();
    while (!text.take(end)) {
      list.add(expression());
    }
    return new Arguments(list);
  }

  /// ```
  /// operator   two letters  |  cv type  |  v digit identifier
  /// ```
  Part operator() {
    char first = text.next();
    char second = text.next();
    if (first == 'v' && MangledText.isDigit(second)) {
      return new Part.VendorOperator(parsing.names.identifier(), second - '0');
    } else if (first == 'c' && second == 'v') {
      boolean wasConversion = parsing.inConversion;
      boolean isConversion = !parsing.inExpression;
      parsing.inConversion = isConversion;
      Part type = parsing.types.type();
      parsing.inConversion = wasConversion;
      return isConversion ? new Part.Conversion(type) : new Part.Cast(type);
    }
    Operator operator = Operator.of(first, second);
    if (operator == null) {
      throw new NotUnderstood();
    }
    return new OperatorName(operator);
  }

  /// ```
  /// literal   L type [n] value E  |  L [_] Z encoding E
  /// ```
  Part literal() {
    text.expect('L');
    if (text.peek() == '_' || text.peek() == 'Z') {
      text.take('_');
      text.expect('Z');
      Part named = parsing.names.encoding();
      text.expect('E');
      return named;
    }
    Part type = parsing.types.type();
    if (type instanceof Part.Builtin(BuiltinType builtin)
        && builtin.equals(BuiltinType.NULL_POINTER)
        && text.take('E')) {
      return type;
    }
    boolean negative = text.take('n');
    String value = text.until('E');
    if (value.isEmpty()) {
      throw new NotUnderstood();
    }
    text.expect('E');
    return new Part.Literal(type, value, negative);
  }
}
