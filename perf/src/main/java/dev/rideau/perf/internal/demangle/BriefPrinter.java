package dev.rideau.perf.internal.demangle;

import dev.rideau.perf.internal.demangle.Part.Modified;

/// Prints names as flame graphs want them: parameters are left out, arguments of templates become
/// `<..>`.
final class BriefPrinter {
  private static final int MOST_CHARACTERS = 1 << 14;
  private static final int MOST_DEPTH = 512;

  private final StringBuilder out = new StringBuilder();
  private int depth;

  private BriefPrinter() {}

  /// The short name.
  static String print(Part part) {
    BriefPrinter printer = new BriefPrinter();
    printer.part(part);
    return printer.out.toString();
  }

  private void text(String text) {
    if (out.length() + text.length() > MOST_CHARACTERS) {
      throw new NotUnderstood();
    }
    out.append(text);
  }

  private void part(Part part) {
    if (++depth > MOST_DEPTH) {
      throw new NotUnderstood();
    }
    switch (part) {
      case Part.Name(String name) -> text(name);
      case Part.Abbreviation a -> text(a.brief());
      case Part.Tagged(Part name, _) -> part(name);
      case Part.OfModule(Part name, _) -> part(name);
      case Part.Qualified(Part scope, Part name) -> joined(scope, "::", name);
      case Part.Local(Part function, Part entity) -> joined(function, "::", entity);
      case Part.DefaultArgument(_, Part entity) -> part(entity);
      case Part.Typed(Part name, _) -> part(name);
      case Modified(Modifier modifier, Part inner, _) when modifier.ofFunction() -> part(inner);
      case Part.Template(Part name, _) -> {
        part(name);
        text("<..>");
      }
      case Part.Constructor(Part name) -> part(name);
      case Part.Destructor(Part name) -> {
        text("~");
        part(name);
      }
      case Part.Special(SpecialName kind, Part of) -> {
        text(kind.brief());
        part(of);
      }
      case Part.Lambda lambda -> text("{lambda#" + (lambda.number() + 1) + "}");
      case Part.Unnamed(int number) -> text("{unnamed#" + (number + 1) + "}");
      case Part.OperatorName(Operator operator) -> text(operator.functionName());
      case Part.Conversion(Part type) -> {
        text("operator ");
        type(type);
      }
      default -> text(WholePrinter.print(part));
    }
    depth--;
  }

  private void joined(Part left, String between, Part right) {
    part(left);
    text(between);
    part(right);
  }

  /// What an operator converts to; a parameter of its template is no name.
  private void type(Part type) {
    switch (type) {
      case Modified(Modifier modifier, Part inner, _) when !modifier.ofFunction() -> {
        type(inner);
        text(modifier.text.stripTrailing());
      }
      case Part.Builtin _,
          Part.Name _,
          Part.Abbreviation _,
          Part.Qualified _,
          Part.Local _,
          Part.Template _ ->
          part(type);
      default -> text("cast");
    }
  }
}
