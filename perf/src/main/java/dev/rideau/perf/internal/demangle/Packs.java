package dev.rideau.perf.internal.demangle;

import dev.rideau.perf.internal.demangle.Part.TemplateArguments;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Finds the packs that a pattern is expanded with.
final class Packs {
  private final Printing printing;

  Packs(Printing printing) {
    this.printing = printing;
  }

  /// A pack that a part uses, or null. Which one does not matter: all have the same length.
  @Nullable TemplateArguments find(@Nullable Part part) {
    if (part == null) {
      return null;
    }
    if (part instanceof Part.TemplateParameter parameter) {
      return printing.argument(parameter) instanceof TemplateArguments pack ? pack : null;
    }
    printing.begin(part);
    TemplateArguments found = null;
    for (Part each : inner(part)) {
      found = find(each);
      if (found != null) {
        break;
      }
    }
    printing.end(part);
    return found;
  }

  /// How many arguments there are when all patterns are expanded.
  int expandedSize(TemplateArguments arguments) {
    int size = 0;
    for (Part each : arguments.list()) {
      size += each instanceof Part.PackExpansion(Part pattern) ? size(find(pattern)) : 1;
    }
    return size;
  }

  static int size(@Nullable TemplateArguments pack) {
    return pack == null ? 0 : pack.list().size();
  }

  /// Parts whose packs are those of a part.
  private static List<Part> inner(Part part) {
    return switch (part) {
      case Part.Name _,
          Part.Abbreviation _,
          Part.Tagged _,
          Part.Module _,
          Part.OfModule _,
          Part.Binding _,
          Part.DefaultArgument _,
          Part.PackExpansion _,
          Part.Lambda _,
          Part.HeadParameter _,
          Part.OperatorName _,
          Part.Builtin _,
          Part.FunctionParameter _,
          Part.Unnamed _,
          Part.Number _,
          Part.TemplateParameter _ ->
          List.of();
      case Part.Qualified(Part scope, Part name) -> List.of(scope, name);
      case Part.Local(Part function, Part entity) -> List.of(function, entity);
      case Part.Typed(Part name, Part type) -> List.of(name, type);
      case Part.Template(Part name, TemplateArguments arguments) -> List.of(name, arguments);
      case TemplateArguments(List<Part> list) -> list;
      case Part.Constructor(Part name) -> List.of(name);
      case Part.Destructor(Part name) -> List.of(name);
      case Part.Special(_, Part of) -> List.of(of);
      case Part.ConstructionTable(Part base, Part derived) -> List.of(base, derived);
      case Part.ReferenceTemporary(Part name, _) -> List.of(name);
      case Part.Modified(_, Part inner, Part detail) -> some(inner, detail);
      case Part.VendorType(Part name) -> List.of(name);
      case Part.FunctionType(Part result, Part parameters) -> some(result, parameters);
      case Part.ArrayType(Part dimension, Part element) -> some(dimension, element);
      case Part.MemberPointer(Part owner, Part member) -> List.of(owner, member);
      case Part.VectorType(Part dimension, Part element) -> List.of(dimension, element);
      case Part.Arguments(List<Part> list) -> list;
      case Part.VendorOperator(Part name, _) -> List.of(name);
      case Part.Conversion(Part type) -> List.of(type);
      case Part.Cast(Part type) -> List.of(type);
      case Part.Nullary(Part operator) -> List.of(operator);
      case Part.Unary(Part operator, Part operand, _) -> List.of(operator, operand);
      case Part.Binary(_, Part left, Part right) -> List.of(left, right);
      case Part.Ternary(_, Part first, Part second, Part third) -> some(first, second, third);
      case Part.Literal(Part type, _, _) -> List.of(type);
      case Part.Initializer(Part type, Part values) -> some(type, values);
      case Part.VendorExpression(Part name, Part arguments) -> List.of(name, arguments);
      case Part.Decltype(Part expression) -> List.of(expression);
    };
  }

  private static List<Part> some(@Nullable Part... parts) {
    return Arrays.stream(parts).filter(Objects::nonNull).map(Objects::requireNonNull).toList();
  }
}
