package dev.rideau.ftrace.internal.format;

import dev.rideau.ftrace.EventFormat;
import dev.rideau.ftrace.FormatField;
import dev.rideau.ftrace.internal.format.Expression.Operator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Parses what stands behind `print fmt:`: a literal and C expressions between commas.
///
/// What the kernel computes with functions of its own cannot be computed here; such a format is
/// [PrintExpression#UNKNOWN], and its records are printed field by field.
public final class PrintParser {
  /// Expressions in expressions; the kernel's own need about twenty.
  private static final int MOST_DEPTH = 200;

  private static final Operator[] OPERATORS = Operator.values();

  private final EventFormat format;
  private final PrintLexer lexer;
  private int depth;

  /// Operands that were cast to an unsigned type of 64 bits, by identity: such a cast changes
  /// nothing but comparisons.
  private final Set<Expression> unsigned = Collections.newSetFromMap(new IdentityHashMap<>());

  private PrintParser(EventFormat format) {
    this.format = format;
    lexer = new PrintLexer(format.printFormat());
  }

  /// The parsed print format.
  public static PrintExpression parse(EventFormat format) {
    if (format.printFormat().isEmpty()) {
      return PrintExpression.UNKNOWN;
    }
    try {
      return new PrintParser(format).all();
    } catch (PrintSyntaxException unknown) {
      return PrintExpression.UNKNOWN;
    }
  }

  private PrintExpression all() throws PrintSyntaxException {
    String text = literal();
    List<Expression> arguments = new ArrayList<>();
    while (lexer.accept(",")) {
      arguments.add(expression());
    }
    if (!lexer.isAtEnd()) {
      throw new PrintSyntaxException("something behind the last argument");
    }
    return new PrintExpression(text, arguments);
  }

  /// Literals one behind the other are one.
  private String literal() throws PrintSyntaxException {
    StringBuilder text = new StringBuilder(lexer.takeLiteral());
    while (lexer.isLiteral()) {
      text.append(lexer.takeLiteral());
    }
    return text.toString();
  }

  private Expression expression() throws PrintSyntaxException {
    if (++depth > MOST_DEPTH) {
      throw new PrintSyntaxException("too deep");
    }
    Expression condition = binary(1);
    if (lexer.accept("?")) {
      Expression yes = lexer.is(":") ? condition : expression();
      lexer.expect(":");
      Expression no = expression();
      condition = new Expression.Conditional(condition, yes, no);
    }
    depth--;
    return condition;
  }

  private Expression binary(int tightness) throws PrintSyntaxException {
    Expression left = unary();
    while (true) {
      Operator operator = operator();
      if (operator == null || operator.tightness < tightness) {
        return left;
      }
      lexer.expect(operator.text);
      Expression right = binary(operator.tightness + 1);
      boolean unsigned = isUnsigned(left) || isUnsigned(right);
      left = new Expression.Binary(unsigned ? operator.unsigned() : operator, left, right);
    }
  }

  private @Nullable Operator operator() {
    for (Operator operator : OPERATORS) {
      if (operator.tightness < Operator.NOT.tightness && lexer.is(operator.text)) {
        return operator;
      }
    }
    return null;
  }

  private Expression unary() throws PrintSyntaxException {
    if (++depth > MOST_DEPTH) {
      throw new PrintSyntaxException("too deep");
    }
    Expression made = unaryOf();
    depth--;
    return made;
  }

  private Expression unaryOf() throws PrintSyntaxException {
    if (lexer.accept("-")) {
      return new Expression.Unary(Operator.MINUS, unary());
    }
    if (lexer.accept("+")) {
      return unary();
    }
    if (lexer.accept("!")) {
      return new Expression.Unary(Operator.NOT, unary());
    }
    if (lexer.accept("~")) {
      return new Expression.Unary(Operator.COMPLEMENT, unary());
    }
    if (lexer.accept("&")) {
      // The address of a field: what the field of several bytes stands for already.
      return unary();
    }
    if (lexer.accept("*")) {
      return new Expression.Element(unary(), new Expression.Number(0));
    }
    if (lexer.is("(")) {
      return parenthesis();
    }
    return postfix(primary());
  }

  private Expression parenthesis() throws PrintSyntaxException {
    int start = lexer.mark();
    lexer.expect("(");
    String type = typeBeforeParenthesis();
    if (type != null) {
      return cast(type, unary());
    }
    lexer.reset(start);
    lexer.expect("(");
    Expression inner = expression();
    lexer.expect(")");
    return postfix(inner);
  }

  /// The type of a cast, its closing parenthesis taken, or null when this is none.
  private @Nullable String typeBeforeParenthesis() throws PrintSyntaxException {
    StringBuilder type = new StringBuilder();
    while (lexer.isWord()) {
      type.append(type.isEmpty() ? "" : " ").append(lexer.takeWord());
    }
    while (lexer.accept("*")) {
      type.append(" *");
    }
    String text = type.toString();
    boolean known =
        text.startsWith("struct ")
            || text.startsWith("enum ")
            || text.startsWith("union ")
            || text.endsWith("*")
            || CTypes.sizeBytes(text, format.abi().longBytes()) > 0;
    if (text.isEmpty() || text.equals("REC") || !lexer.accept(")")) {
      return null;
    }
    // The name of a type that is not known is a cast where no operator follows.
    return known || lexer.isWord() || lexer.isNumber() || lexer.is("(") ? text : null;
  }

  /// Whether C compares an operand as an unsigned number of 64 bits.
  private boolean isUnsigned(Expression operand) {
    return unsigned.contains(operand)
        || operand instanceof Expression.Field(FormatField field)
            && field.kind() == FormatField.Kind.INTEGER
            && field.sizeBytes() == 8
            && !field.signed();
  }

  private Expression cast(String type, Expression operand) {
    if (type.endsWith("*")) {
      return operand;
    }
    if (CTypes.sizeBytes(type, format.abi().longBytes()) == 8 && !CTypes.isSigned(type)) {
      unsigned.add(operand);
    }
    int bytes = type.startsWith("enum ") ? 4 : CTypes.sizeBytes(type, format.abi().longBytes());
    return bytes == 0 || bytes == 8
        ? operand
        : new Expression.Cast(bytes, CTypes.isSigned(type), operand);
  }

  private Expression postfix(Expression primary) throws PrintSyntaxException {
    Expression made = primary;
    while (lexer.accept("[")) {
      Expression index = expression();
      lexer.expect("]");
      made = new Expression.Element(made, index);
    }
    return made;
  }

  private Expression primary() throws PrintSyntaxException {
    if (lexer.isLiteral()) {
      return new Expression.Text(literal());
    }
    if (lexer.isNumber()) {
      return new Expression.Number(lexer.takeNumber());
    }
    String word = lexer.takeWord();
    if (word.equals("REC")) {
      lexer.expect("->");
      return new Expression.Field(field(lexer.takeWord()));
    }
    if (!lexer.accept("(")) {
      return new Expression.Name(word);
    }
    Expression made = call(word);
    lexer.expect(")");
    return made;
  }

  private FormatField field(String name) throws PrintSyntaxException {
    FormatField own = format.field(name);
    if (own == null) {
      own = format.commonField(name);
    }
    if (own == null) {
      throw new PrintSyntaxException("no field " + name);
    }
    return own;
  }

  private Expression call(String function) throws PrintSyntaxException {
    return switch (function) {
      case "__get_str", "__get_rel_str" -> new Expression.Located(field(lexer.takeWord()));
      case "__get_dynamic_array", "__get_rel_dynamic_array" ->
          new Expression.Located(field(lexer.takeWord()));
      case "__get_dynamic_array_len", "__get_rel_dynamic_array_len" ->
          new Expression.LocatedLength(field(lexer.takeWord()));
      case "__get_bitmask", "__get_rel_bitmask", "__get_cpumask", "__get_rel_cpumask" ->
          new Expression.BitMask(field(lexer.takeWord()));
      case "__print_symbolic", "__print_symbolic_u64" -> {
        Expression value = expression();
        yield new Expression.Symbolic(value, entries());
      }
      case "__print_flags", "__print_flags_u64" -> {
        Expression value = expression();
        lexer.expect(",");
        String delimiter = lexer.isLiteral() ? literal() : "";
        yield new Expression.Flags(value, delimiter, entries());
      }
      case "__print_hex", "__print_hex_str" -> {
        Expression bytes = expression();
        lexer.expect(",");
        yield new Expression.Hex(bytes, expression(), function.equals("__print_hex"));
      }
      case "__print_array" -> {
        Expression elements = expression();
        lexer.expect(",");
        Expression count = expression();
        lexer.expect(",");
        yield new Expression.Numbers(elements, count, expression());
      }
      case "__builtin_expect" -> {
        Expression value = expression();
        lexer.expect(",");
        expression();
        yield value;
      }
      case "sizeof" -> new Expression.Number(sizeOf());
      case "__builtin_constant_p" -> {
        expression();
        yield new Expression.Number(0);
      }
      default -> throw new PrintSyntaxException("unknown function " + function);
    };
  }

  private int sizeOf() throws PrintSyntaxException {
    StringBuilder type = new StringBuilder();
    while (lexer.isWord()) {
      type.append(type.isEmpty() ? "" : " ").append(lexer.takeWord());
    }
    if (type.toString().equals("REC")) {
      lexer.expect("->");
      return field(lexer.takeWord()).sizeBytes();
    }
    while (lexer.accept("*")) {
      type.append(" *");
    }
    int bytes = CTypes.sizeBytes(type.toString(), format.abi().longBytes());
    if (bytes == 0) {
      throw new PrintSyntaxException("size of " + type);
    }
    return bytes;
  }

  /// `, {value, "label"}, {value, "label"}`.
  private List<Expression.Entry> entries() throws PrintSyntaxException {
    List<Expression.Entry> entries = new ArrayList<>();
    while (lexer.accept(",")) {
      lexer.expect("{");
      if (lexer.accept("}")) {
        continue;
      }
      Expression value = expression();
      lexer.expect(",");
      String label = lexer.isLiteral() ? literal() : skipNull();
      lexer.expect("}");
      Long constant = Constants.known(value);
      if (constant != null) {
        entries.add(new Expression.Entry(constant, label));
      }
    }
    return entries;
  }

  private String skipNull() throws PrintSyntaxException {
    expression();
    return "";
  }
}
