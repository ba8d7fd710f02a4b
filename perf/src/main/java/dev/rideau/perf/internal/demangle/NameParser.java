package dev.rideau.perf.internal.demangle;

import dev.rideau.perf.internal.demangle.Part.DefaultArgument;
import dev.rideau.perf.internal.demangle.Part.FunctionType;
import dev.rideau.perf.internal.demangle.Part.Local;
import dev.rideau.perf.internal.demangle.Part.Modified;
import dev.rideau.perf.internal.demangle.Part.Name;
import dev.rideau.perf.internal.demangle.Part.Qualified;
import dev.rideau.perf.internal.demangle.Part.Template;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Names of functions, variables and classes.
final class NameParser {
  private final Parsing parsing;
  private final MangledText text;

  NameParser(Parsing parsing) {
    this.parsing = parsing;
    text = parsing.text;
  }

  /// What `_Z` begins, without the parameters of the function itself: they are not even read.
  Part topName() {
    if (SpecialNameParser.begins(text)) {
      return new SpecialNameParser(parsing).specialName();
    }
    Part name = unqualified(name());
    return name instanceof Local(Part function, Part entity)
        ? new Local(function, unqualified(entity))
        : name;
  }

  /// Without what belongs to the parameters.
  private static Part unqualified(Part name) {
    Part bare = name;
    while (bare instanceof Modified m && m.modifier().ofFunction()) {
      bare = m.inner();
    }
    return bare;
  }

  /// ```
  /// encoding   name [type of a function]  |  special name
  /// ```
  Part encoding() {
    if (SpecialNameParser.begins(text)) {
      return new SpecialNameParser(parsing).specialName();
    }
    Part name = name();
    char c = text.peek();
    if (c == MangledText.END || c == 'E') {
      return name;
    }
    FunctionType type = parsing.types.bareFunctionType(hasResult(name));
    return new Part.Typed(name, name instanceof Local ? withoutResult(type) : type);
  }

  /// What a function returns would read as if it belonged to what is inside of it.
  private static FunctionType withoutResult(FunctionType type) {
    return new FunctionType(null, type.parameters());
  }

  /// Functions made of templates tell what they return.
  private static boolean hasResult(Part name) {
    return switch (name) {
      case Local l -> hasResult(l.entity());
      case Template t -> !isWithoutResult(t.name());
      case Modified m -> m.modifier().ofFunction() && hasResult(m.inner());
      default -> false;
    };
  }

  private static boolean isWithoutResult(Part name) {
    return switch (name) {
      case Qualified q -> isWithoutResult(q.name());
      case Local l -> isWithoutResult(l.entity());
      case Part.Constructor _, Part.Destructor _, Part.Conversion _ -> true;
      default -> false;
    };
  }

  /// ```
  /// name   nested  |  local  |  [St] unqualified [arguments]  |  substitution arguments
  /// ```
  Part name() {
    parsing.enter();
    Part name =
        switch (text.peek()) {
          case 'N' -> nested();
          case 'Z' -> local();
          case 'U' -> unqualified(null, null);
          default -> unscoped();
        };
    parsing.leave();
    return name;
  }

  private Part unscoped() {
    Part scope = text.take("St") ? new Name("std") : null;
    Part module = null;
    if (text.peek() == 'S') {
      Part found = parsing.substitution(false);
      if (!(found instanceof Part.Module)) {
        if (scope != null) {
          throw new NotUnderstood();
        }
        return text.peek() == 'I' ? parsing.templates.template(found) : found;
      }
      module = found;
    }
    Part name = unqualified(scope, module);
    return text.peek() == 'I' ? parsing.templates.template(parsing.remember(name)) : name;
  }

  /// ```
  /// nested   N [qualifiers] [R|O] prefix E
  /// ```
  private Part nested() {
    text.expect('N');
    List<Modified> qualifiers = parsing.types.qualifiers(true);
    Modifier reference = parsing.types.referenceQualifier();
    Part name = TypeParser.qualified(qualifiers, prefix());
    text.expect('E');
    return reference == null ? name : new Modified(reference, name, null);
  }

  /// ```
  /// prefix   [prefix] (unqualified | arguments)  |  decltype  |  parameter  |  substitution
  /// ```
  private Part prefix() {
    Part prefix = null;
    while (true) {
      char c = text.peek();
      if (c == 'D' && (text.peek(1) == 'T' || text.peek(1) == 't')) {
        prefix = first(prefix, parsing.types.type());
      } else if (c == 'T') {
        prefix = first(prefix, parsing.templates.parameter());
      } else if (c == 'I' && prefix != null) {
        prefix = parsing.templates.template(prefix);
      } else if (c == 'M') {
        // What follows belongs to the value that the member begins with.
        text.next();
        continue;
      } else if (c == 'S') {
        Part found = parsing.substitution(true);
        if (!(found instanceof Part.Module)) {
          prefix = first(prefix, found);
          continue;
        }
        prefix = unqualified(prefix, found);
      } else {
        prefix = unqualified(prefix, null);
      }
      if (text.peek() == 'E') {
        return prefix;
      }
      parsing.remember(prefix);
    }
  }

  private static Part first(@Nullable Part before, Part part) {
    if (before != null) {
      throw new NotUnderstood();
    }
    return part;
  }

  /// ```
  /// unqualified   [W module] (operator | identifier | C… | D… | L identifier | Ul… | Ut…) [B tag]
  /// ```
  Part unqualified(@Nullable Part scope, @Nullable Part outerModule) {
    Part module = module(outerModule);
    Part name = simple();
    if (module != null) {
      name = new Part.OfModule(name, module);
    }
    if (text.peek() == 'B') {
      name = tagged(name);
    }
    return scope == null ? name : new Qualified(scope, name);
  }

  /// ```
  /// module   (W [P] identifier)…
  /// ```
  @Nullable Part module(@Nullable Part outer) {
    Part module = outer;
    while (text.take('W')) {
      boolean partition = text.take('P');
      module = parsing.remember(new Part.Module(module, identifier(), partition));
    }
    return module;
  }

  private Part simple() {
    char c = text.peek();
    if (MangledText.isDigit(c)) {
      return identifier();
    } else if (MangledText.isLower(c)) {
      return operatorFunction();
    } else if (text.take("DC")) {
      List<Part> names = new ArrayList<>();
      do {
        names.add(identifier());
      } while (!text.take('E'));
      return new Part.Binding(names);
    } else if (c == 'C' || c == 'D') {
      return constructorOrDestructor();
    } else if (text.take('L')) {
      Part name = identifier();
      discriminator();
      return name;
    } else if (text.take("Ul")) {
      return parsing.templates.lambda();
    } else if (text.take("Ut")) {
      return parsing.remember(new Part.Unnamed(text.compactNumber()));
    }
    throw new NotUnderstood();
  }

  private Part operatorFunction() {
    boolean wasExpression = parsing.inExpression;
    if (text.take("on")) {
      parsing.inExpression = false;
    }
    Part name = parsing.expressions.operator();
    parsing.inExpression = wasExpression;
    return name instanceof Part.OperatorName(Operator operator) && operator.is("li")
        ? new Part.Unary(name, identifier(), false)
        : name;
  }

  private Part constructorOrDestructor() {
    boolean constructs = text.next() == 'C';
    boolean inherits = constructs && text.take('I');
    if ((constructs ? "12345" : "01245").indexOf(text.next()) < 0) {
      throw new NotUnderstood();
    }
    if (inherits) {
      parsing.types.type();
    }
    Part name = parsing.lastName;
    if (name == null) {
      throw new NotUnderstood();
    }
    return constructs ? new Part.Constructor(name) : new Part.Destructor(name);
  }

  /// `B` and an identifier, any number of them.
  Part tagged(Part name) {
    Part last = parsing.lastName;
    Part tagged = name;
    while (text.take('B')) {
      tagged = new Part.Tagged(tagged, identifier());
    }
    parsing.lastName = last;
    return tagged;
  }

  /// ```
  /// identifier   length characters
  /// ```
  Part identifier() {
    int length = text.number();
    if (length <= 0) {
      throw new NotUnderstood();
    }
    String name = text.take(length);
    Part part = new Name(isAnonymous(name) ? "(anonymous namespace)" : name);
    parsing.lastName = part;
    return part;
  }

  private static boolean isAnonymous(String name) {
    return name.length() >= 10
        && name.startsWith("_GLOBAL_")
        && "._$".indexOf(name.charAt(8)) >= 0
        && name.charAt(9) == 'N';
  }

  /// ```
  /// local   Z encoding E (s | [d [number] _] name) [discriminator]
  /// ```
  private Part local() {
    text.expect('Z');
    Part function = encoding();
    text.expect('E');
    if (function instanceof Part.Typed(Part name, FunctionType type)) {
      function = new Part.Typed(name, withoutResult(type));
    }
    if (text.take('s')) {
      discriminator();
      return new Local(function, new Name("string literal"));
    }
    int argument = text.take('d') ? text.compactNumber() : -1;
    Part entity = name();
    if (!(entity instanceof Part.Lambda) && !(entity instanceof Part.Unnamed)) {
      discriminator();
    }
    return new Local(function, argument < 0 ? entity : new DefaultArgument(argument, entity));
  }

  /// Tells things of equal names apart and is not shown: `_` and a digit, or `__`, digits and `_`.
  private void discriminator() {
    if (!text.take('_')) {
      return;
    }
    boolean isLong = text.take('_');
    int number = text.number();
    if (number < 0) {
      throw new NotUnderstood();
    }
    if (isLong && number >= 10) {
      text.expect('_');
    }
  }
}
