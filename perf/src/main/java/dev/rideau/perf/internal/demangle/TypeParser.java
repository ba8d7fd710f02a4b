package dev.rideau.perf.internal.demangle;

import dev.rideau.perf.internal.demangle.Part.Abbreviation;
import dev.rideau.perf.internal.demangle.Part.Arguments;
import dev.rideau.perf.internal.demangle.Part.Builtin;
import dev.rideau.perf.internal.demangle.Part.FunctionType;
import dev.rideau.perf.internal.demangle.Part.Modified;
import dev.rideau.perf.internal.demangle.Part.Name;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Types. All but those of the language itself may be referred to later.
final class TypeParser {
  private final Parsing parsing;
  private final MangledText text;

  TypeParser(Parsing parsing) {
    this.parsing = parsing;
    text = parsing.text;
  }

  Part type() {
    parsing.enter();
    Part type = atQualifier() ? qualifiedType() : simpleType();
    parsing.leave();
    return type;
  }

  private Part simpleType() {
    char c = text.peek();
    Builtin builtin = c == 'u' ? null : builtin(BuiltinType.of(c));
    if (builtin != null) {
      text.next();
      return builtin;
    }
    return switch (c) {
      case 'S' -> substitution();
      case 'D' -> pair();
      case 'T' -> parsing.remember(templateParameter());
      default -> parsing.remember(ownType(c));
    };
  }

  private static @Nullable Builtin builtin(@Nullable BuiltinType type) {
    return type == null ? null : new Builtin(type);
  }

  private Part ownType(char c) {
    return switch (c) {
      case 'F' -> functionType();
      case 'A' -> array();
      case 'M' -> memberPointer();
      case 'P' -> modified(Modifier.POINTER);
      case 'R' -> modified(Modifier.REFERENCE);
      case 'O' -> modified(Modifier.RVALUE_REFERENCE);
      case 'C' -> modified(Modifier.COMPLEX);
      case 'G' -> modified(Modifier.IMAGINARY);
      case 'U' -> vendorQualified();
      case 'u' -> {
        text.next();
        yield new Part.VendorType(parsing.names.identifier());
      }
      default -> parsing.names.name();
    };
  }

  private Part modified(Modifier modifier) {
    text.next();
    return new Modified(modifier, type(), null);
  }

  /// ```
  /// vendor's qualifier   U identifier [arguments] type
  /// ```
  private Part vendorQualified() {
    text.next();
    Part name = parsing.names.identifier();
    if (text.peek() == 'I') {
      name = parsing.templates.template(name);
    }
    return new Modified(Modifier.VENDOR, type(), name);
  }

  private Part substitution() {
    char next = text.peek(1);
    if (next == '_' || MangledText.isDigit(next) || MangledText.isUpper(next)) {
      Part found = parsing.substitution(false);
      return text.peek() == 'I' ? parsing.remember(parsing.templates.template(found)) : found;
    }
    Part name = parsing.names.name();
    return name instanceof Abbreviation ? name : parsing.remember(name);
  }

  /// Arguments behind the parameter are its own, unless it is what a template converts to: then
  /// only if others follow.
  private Part templateParameter() {
    Part parameter = parsing.templates.parameter();
    if (text.peek() != 'I') {
      return parameter;
    }
    if (!parsing.inConversion) {
      return parsing.templates.template(parsing.remember(parameter));
    }
    Parsing.Mark mark = parsing.mark();
    try {
      Part.TemplateArguments arguments = parsing.templates.arguments();
      if (text.peek() == 'I') {
        parsing.remember(parameter);
        return new Part.Template(parameter, arguments);
      }
    } catch (NotUnderstood failure) {
      // Substitutions among arguments count differently when these belong to the operator.
    }
    parsing.backTo(mark);
    return parameter;
  }

  /// Types whose code is `D` and a letter.
  private Part pair() {
    text.next();
    char c = text.next();
    Builtin builtin = builtin(BuiltinType.ofPair(c));
    if (builtin != null) {
      return builtin;
    }
    return switch (c) {
      case 'a' -> new Name("auto");
      case 'c' -> new Name("decltype(auto)");
      case 'F' -> binaryFloat();
      case 'p' -> parsing.remember(new Part.PackExpansion(type()));
      case 'v' -> parsing.remember(vector());
      case 'T', 't' -> {
        Part expression = parsing.expressions.expression();
        text.expect('E');
        yield parsing.remember(new Part.Decltype(expression));
      }
      default -> throw new NotUnderstood();
    };
  }

  /// ```
  /// float of a length   DF bits _  |  DF bits x  |  DF16b
  /// ```
  private Part binaryFloat() {
    if (!text.atDigit()) {
      throw new NotUnderstood();
    }
    int bits = text.number();
    if (text.take('b')) {
      if (bits != 16) {
        throw new NotUnderstood();
      }
      return new Builtin(BuiltinType.cast("std::bfloat16_t"));
    }
    boolean isExtended = text.take('x');
    if (!isExtended) {
      text.expect('_');
    }
    return new Builtin(BuiltinType.cast("_Float" + bits + (isExtended ? "x" : "")));
  }

  private Part vector() {
    Part dimension;
    if (text.take('_')) {
      dimension = parsing.expressions.expression();
    } else {
      dimension = new Part.Number(text.number());
    }
    text.expect('_');
    return new Part.VectorType(dimension, type());
  }

  /// ```
  /// array   A digits _ type  |  A [expression] _ type
  /// ```
  private Part array() {
    text.next();
    Part dimension = null;
    if (text.atDigit()) {
      StringBuilder digits = new StringBuilder();
      while (text.atDigit()) {
        digits.append(text.next());
      }
      dimension = new Name(digits.toString());
    } else if (text.peek() != '_') {
      dimension = parsing.expressions.expression();
    }
    text.expect('_');
    return new Part.ArrayType(dimension, type());
  }

  private Part memberPointer() {
    text.next();
    Part owner = type();
    return new Part.MemberPointer(owner, type());
  }

  /// ```
  /// function   F [Y] result type… [R|O] E
  /// ```
  private Part functionType() {
    text.expect('F');
    text.take('Y');
    Part type = bareFunctionType(true);
    Modifier reference = referenceQualifier();
    text.expect('E');
    return reference == null ? type : new Modified(reference, type, null);
  }

  /// ```
  /// bare function   [J] [result] type…
  /// ```
  FunctionType bareFunctionType(boolean hasResult) {
    Part result = text.take('J') || hasResult ? type() : null;
    return new FunctionType(result, parameters());
  }

  /// The parameters of a function: at least one, a single `void` is none.
  Arguments parameters() {
    List<Part> list = new ArrayList<>();
    while (!atEndOfParameters()) {
      list.add(type());
    }
    if (list.isEmpty()) {
      throw new NotUnderstood();
    }
    boolean none =
        list.size() == 1 && list.getFirst() instanceof Builtin(BuiltinType type) && type.isVoid();
    return new Arguments(none ? List.of() : list);
  }

  private boolean atEndOfParameters() {
    char c = text.peek();
    return c == MangledText.END
        || c == 'E'
        || c == '.'
        || (c == 'R' || c == 'O') && text.peek(1) == 'E';
  }

  /// `R` is `&`, `O` is `&&`; null without.
  @Nullable Modifier referenceQualifier() {
    if (text.take('R')) {
      return Modifier.REFERENCE_THIS;
    }
    return text.take('O') ? Modifier.RVALUE_REFERENCE_THIS : null;
  }

  private boolean atQualifier() {
    char c = text.peek();
    return c == 'r'
        || c == 'V'
        || c == 'K'
        || c == 'D' && "xoOw".indexOf(text.peek(1)) >= 0 && text.peek(1) != MangledText.END;
  }

  /// Only the type with all its qualifiers may be referred to, not one with some of them. What
  /// qualifies a function is about `this`, and its reference stands behind all others.
  private Part qualifiedType() {
    List<Modified> qualifiers = qualifiers(false);
    Part inner;
    if (text.peek() == 'F') {
      qualifiers.replaceAll(q -> new Modified(q.modifier().ofThis(), q.inner(), q.detail()));
      inner = functionType();
    } else {
      inner = type();
    }
    if (inner instanceof Modified(Modifier modifier, Part function, _)
        && (modifier == Modifier.REFERENCE_THIS || modifier == Modifier.RVALUE_REFERENCE_THIS)) {
      return parsing.remember(new Modified(modifier, qualified(qualifiers, function), null));
    }
    return parsing.remember(qualified(qualifiers, inner));
  }

  /// A part with qualifiers around it, the first one outermost.
  static Part qualified(List<Modified> qualifiers, Part inner) {
    Part part = inner;
    for (Modified each : qualifiers.reversed()) {
      part = new Modified(each.modifier(), part, each.detail());
    }
    return part;
  }

  /// ```
  /// qualifiers   (r | V | K | Dx | Do | DO expression E | Dw type… E)…
  /// ```
  ///
  /// @param ofThis whether they belong to a member function
  /// @return around nothing yet
  List<Modified> qualifiers(boolean ofThis) {
    List<Modified> qualifiers = new ArrayList<>();
    while (atQualifier()) {
      char c = text.next();
      Modifier modifier =
          switch (c) {
            case 'r' -> Modifier.RESTRICT;
            case 'V' -> Modifier.VOLATILE;
            case 'K' -> Modifier.CONST;
            default -> exception(text.peek());
          };
      Part detail = c == 'D' ? detail(text.next()) : null;
      qualifiers.add(new Modified(ofThis ? modifier.ofThis() : modifier, NOTHING, detail));
    }
    return qualifiers;
  }

  private static final Part NOTHING = new Name("");

  private static Modifier exception(char code) {
    return switch (code) {
      case 'x' -> Modifier.TRANSACTION_SAFE;
      case 'w' -> Modifier.THROW;
      default -> Modifier.NOEXCEPT;
    };
  }

  private @Nullable Part detail(char code) {
    if (code != 'O' && code != 'w') {
      return null;
    }
    Part detail = code == 'O' ? parsing.expressions.expression() : parameters();
    text.expect('E');
    return detail;
  }
}
