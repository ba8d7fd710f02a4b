package dev.rideau.perf.internal.demangle;

import dev.rideau.perf.internal.demangle.Part.Arguments;
import dev.rideau.perf.internal.demangle.Part.Binary;
import dev.rideau.perf.internal.demangle.Part.Literal;
import dev.rideau.perf.internal.demangle.Part.OperatorName;
import dev.rideau.perf.internal.demangle.Part.Ternary;
import dev.rideau.perf.internal.demangle.Part.Typed;
import dev.rideau.perf.internal.demangle.Part.Unary;
import org.jspecify.annotations.Nullable;

/// Prints expressions. All operands but the simplest stand in parentheses.
final class ExpressionPrinter {
  private final WholePrinter printer;

  ExpressionPrinter(WholePrinter printer) {
    this.printer = printer;
  }

  void print(Part part) {
    switch (part) {
      case OperatorName(Operator operator) -> text(operator.functionName());
      case Part.VendorOperator(Part name, _) -> printer.between("operator ", name, "");
      case Part.Cast(Part type) -> printer.part(type);
      case Part.Nullary(Part operator) -> operator(operator);
      case Unary unary -> unary(unary);
      case Binary binary -> binary(binary);
      case Ternary ternary -> ternary(ternary);
      case Literal literal -> literal(literal);
      case Part.Initializer(Part type, Arguments values) -> {
        if (type != null) {
          printer.part(type);
        }
        printer.between("{", values, "}");
      }
      case Part.VendorExpression(Part name, Part arguments) -> {
        printer.part(name);
        printer.between("(", arguments, ")");
      }
      case Part.Decltype(Part expression) -> printer.between("decltype (", expression, ")");
      case Part.FunctionParameter(int number) ->
          text(number == 0 ? "this" : "{parm#" + number + "}");
      case Part.Number(int value) -> text(Integer.toString(value));
      default -> throw new NotUnderstood();
    }
  }

  void inParentheses(Part part) {
    boolean simple =
        part instanceof Part.Name
            || part instanceof Part.Qualified
            || part instanceof Part.Initializer
            || part instanceof Part.FunctionParameter;
    printer.between(simple ? "" : "(", part, simple ? "" : ")");
  }

  private void text(String text) {
    printer.text(text);
  }

  /// An operator between operands, not the name of its function.
  private void operator(Part operator) {
    if (operator instanceof OperatorName(Operator known)) {
      text(known.text());
    } else {
      printer.part(operator);
    }
  }

  private void unary(Unary unary) {
    Part operand = unary.operand();
    if (!(unary.operator() instanceof OperatorName(Operator operator))) {
      if (unary.operator() instanceof Part.Cast cast) {
        printer.between("(", cast, ")");
      } else {
        operator(unary.operator());
      }
      inParentheses(operand);
      return;
    }
    if (unary.behind()) {
      inParentheses(operand);
      text(operator.text());
      return;
    }
    switch (operator.code()) {
      case "ad" -> {
        text("&");
        inParentheses(addressed(operand));
      }
      case "sZ" -> text(Integer.toString(Packs.size(printer.packs().find(operand))));
      case "sP" ->
          text(
              operand instanceof Part.TemplateArguments arguments
                  ? Integer.toString(printer.packs().expandedSize(arguments))
                  : "");
      case "gs" -> printer.between("::", operand, "");
      case "st" -> printer.between("sizeof (", operand, ")");
      default -> {
        text(operator.text());
        inParentheses(operand);
      }
    }
  }

  /// The address of a member function needs no parameters.
  private static Part addressed(Part operand) {
    return operand instanceof Typed(Part.Qualified name, Part.FunctionType _) ? name : operand;
  }

  private void binary(Binary binary) {
    Operator operator = binary.operator();
    if (operator.isNamedCast()) {
      printer.between(operator.text() + "<", binary.left(), ">(");
      printer.part(binary.right());
      text(")");
    } else if (operator.isFold()) {
      fold(operator, binary.left(), binary.right(), null);
    } else if (operator.isDesignator()) {
      designated(operator, binary.left(), null, binary.right());
    } else {
      // The end of the arguments of a template looks the same.
      boolean closes = operator.is("gt");
      text(closes ? "(" : "");
      operation(operator, binary.left(), binary.right());
      text(closes ? ")" : "");
    }
  }

  private void operation(Operator operator, Part left, Part right) {
    boolean calls = operator.is("cl");
    inParentheses(calls && left instanceof Typed(Part name, _) ? name : left);
    if (operator.is("ix")) {
      printer.between("[", right, "]");
      return;
    }
    text(calls ? "" : operator.text());
    inParentheses(right);
  }

  private void ternary(Ternary ternary) {
    Operator operator = ternary.operator();
    Part third = ternary.third();
    if (operator.isFold()) {
      fold(operator, ternary.first(), ternary.second(), third);
    } else if (operator.isDesignator() && third != null) {
      designated(operator, ternary.first(), ternary.second(), third);
    } else if (operator.is("qu") && third != null) {
      inParentheses(ternary.first());
      text(operator.text());
      inParentheses(ternary.second());
      text(" : ");
      inParentheses(third);
    } else {
      text("new ");
      if (!(ternary.first() instanceof Arguments(var placement)) || !placement.isEmpty()) {
        inParentheses(ternary.first());
        text(" ");
      }
      printer.part(ternary.second());
      if (third != null) {
        inParentheses(third);
      }
    }
  }

  /// An operator between all elements of a pack.
  private void fold(Operator kind, Part operator, Part first, @Nullable Part second) {
    int held = printer.printing.packIndex;
    printer.printing.packIndex = -1;
    text("(");
    if (!kind.is("fl")) {
      inParentheses(first);
      operator(operator);
    }
    text("...");
    if (!kind.is("fr")) {
      operator(operator);
      inParentheses(second == null ? first : second);
    }
    text(")");
    printer.printing.packIndex = held;
  }

  /// A value of an initializer and what it is for: `.name=`, `[index]=`, `[first ... last]=`.
  private void designated(Operator kind, Part first, @Nullable Part last, Part value) {
    boolean named = kind.is("di");
    printer.between(named ? "." : "[", first, "");
    if (last != null) {
      printer.between(" ... ", last, "");
    }
    text(named ? "" : "]");
    if (isDesignated(value)) {
      printer.part(value);
    } else {
      text("=");
      inParentheses(value);
    }
  }

  private static boolean isDesignated(Part value) {
    return value instanceof Binary b && b.operator().isDesignator()
        || value instanceof Ternary t && t.operator().isDesignator();
  }

  private void literal(Literal literal) {
    BuiltinType type = literal.type() instanceof Part.Builtin(BuiltinType known) ? known : null;
    BuiltinType.Literals shown = type == null ? BuiltinType.Literals.CAST : type.literals();
    String minus = literal.negative() ? "-" : "";
    boolean isBit = literal.value().equals("0") || literal.value().equals("1");
    if (type != null && shown == BuiltinType.Literals.NUMBER) {
      text(minus + literal.value() + type.suffix());
    } else if (shown == BuiltinType.Literals.BOOL && !literal.negative() && isBit) {
      text(literal.value().equals("0") ? "false" : "true");
    } else {
      boolean brackets = shown == BuiltinType.Literals.FLOAT;
      printer.between("(", literal.type(), ")" + minus);
      text(brackets ? "[" + literal.value() + "]" : literal.value());
    }
  }
}
