package dev.rideau.perf.internal.demangle;

import dev.rideau.perf.internal.demangle.Part.Modified;
import dev.rideau.perf.internal.demangle.Part.Template;
import dev.rideau.perf.internal.demangle.Part.TemplateArguments;
import dev.rideau.perf.internal.demangle.Part.TemplateParameter;
import dev.rideau.perf.internal.demangle.Printing.Scope;
import dev.rideau.perf.internal.demangle.Printing.Waiting;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Prints names as `perf script` does: with all template arguments, character for character as the
/// demangler of GNU's binutils, of which perf is made.
final class WholePrinter {
  final Printing printing = new Printing();
  private final TypePrinter types = new TypePrinter(this);
  private final ExpressionPrinter expressions = new ExpressionPrinter(this);
  private final Packs packs = new Packs(printing);

  /// The template parameters of the lambda whose parameters are printed; null outside of lambdas.
  private @Nullable List<Part> lambdaHead;

  /// The whole name.
  static String print(Part part) {
    WholePrinter printer = new WholePrinter();
    printer.part(part);
    return printer.printing.out.toString();
  }

  Packs packs() {
    return packs;
  }

  void text(String text) {
    printing.print(text);
  }

  void part(Part part) {
    printing.begin(part);
    switch (part) {
      case Part.Name(String text) -> text(text);
      case Part.Abbreviation a -> text(a.shown());
      case Part.Tagged(Part name, Part tag) -> {
        part(name);
        between("[abi:", tag, "]");
      }
      case Part.Qualified(Part scope, Part name) -> {
        part(scope);
        between("::", name, "");
      }
      case Part.Local(Part function, Part entity) -> {
        part(function);
        between("::", entity, "");
      }
      case Part.DefaultArgument(int number, Part entity) ->
          between("{default arg#" + (number + 1) + "}::", entity, "");
      case Part.Module(Part outer, Part name, boolean partition) -> {
        if (outer != null) {
          part(outer);
        }
        between(partition ? ":" : outer != null ? "." : "", name, "");
      }
      case Part.OfModule(Part name, Part module) -> {
        part(name);
        between("@", module, "");
      }
      case Part.Binding(List<Part> names) -> {
        text("[");
        list(names);
        text("]");
      }
      case Part.Typed typed -> types.typed(typed);
      case Template template -> template(template);
      case TemplateArguments(List<Part> list) -> list(list);
      case TemplateParameter parameter -> parameter(parameter);
      case Part.Constructor(Part name) -> part(name);
      case Part.Destructor(Part name) -> between("~", name, "");
      case Part.Special(SpecialName kind, Part of) -> between(kind.text, of, "");
      case Part.ConstructionTable(Part base, Part derived) -> {
        between("construction vtable for ", base, "-in-");
        part(derived);
      }
      case Part.ReferenceTemporary(Part name, int number) ->
          between("reference temporary #" + number + " for ", name, "");
      case Modified modified -> modified(modified);
      case Part.Builtin(BuiltinType type) -> text(type.name());
      case Part.VendorType(Part name) -> part(name);
      case Part.FunctionType type -> types.function(type);
      case Part.ArrayType type -> types.array(type);
      case Part.MemberPointer(_, Part member) -> types.waiting(part, member);
      case Part.VectorType(_, Part element) -> types.waiting(part, element);
      case Part.Arguments(List<Part> list) -> list(list);
      case Part.Lambda lambda -> lambda(lambda);
      case Part.HeadParameter parameter -> headParameter(parameter);
      case Part.Unnamed(int number) -> text("{unnamed type#" + (number + 1) + "}");
      case Part.Conversion conversion -> conversion(conversion);
      case Part.PackExpansion(Part pattern) -> expansion(pattern);
      case Part.OperatorName _,
          Part.VendorOperator _,
          Part.Cast _,
          Part.Nullary _,
          Part.Unary _,
          Part.Binary _,
          Part.Ternary _,
          Part.Literal _,
          Part.Initializer _,
          Part.VendorExpression _,
          Part.Decltype _,
          Part.FunctionParameter _,
          Part.Number _ ->
          expressions.print(part);
    }
    printing.end(part);
  }

  void between(String before, Part part, String after) {
    text(before);
    part(part);
    text(after);
  }

  void inParentheses(Part part) {
    expressions.inParentheses(part);
  }

  /// Parts with commas between. Where nothing follows any more, as with empty packs, the comma is
  /// taken back; not so in the middle.
  private void list(List<Part> list) {
    int[] ends = new int[list.size()];
    for (int i = 0; i < list.size(); i++) {
      if (i > 0) {
        text(", ");
        ends[i] = printing.out.length();
      }
      part(list.get(i));
    }
    for (int i = list.size() - 1; i > 0 && printing.out.length() == ends[i]; i--) {
      printing.out.setLength(ends[i] - 2);
    }
  }

  /// What modifies the template as a type does not modify its arguments.
  private void template(Template template) {
    Template held = printing.current;
    Waiting waiting = printing.waiting;
    printing.current = template;
    printing.waiting = null;
    part(template.name());
    arguments(template.arguments());
    printing.waiting = waiting;
    printing.current = held;
  }

  private void arguments(TemplateArguments arguments) {
    text(printing.last == '<' ? " <" : "<");
    part(arguments);
    text(printing.last == '>' ? " >" : ">");
  }

  /// What a parameter stands for may itself use parameters, of the template further out.
  private void parameter(TemplateParameter parameter) {
    List<Part> head = lambdaHead;
    if (head != null) {
      text(lambdaParameter(head, parameter.index()));
      return;
    }
    Part argument = printing.argumentNow(parameter);
    Scope held = printing.scope;
    printing.scope = held == null ? null : held.outer();
    part(argument);
    printing.scope = held;
  }

  /// Parameters of type `auto` follow those that the lambda declares.
  private static String lambdaParameter(List<Part> head, int index) {
    return index < head.size() && head.get(index) instanceof Part.HeadParameter declared
        ? declared.kind().prefix + index
        : "auto:" + (index + 1);
  }

  private void lambda(Part.Lambda lambda) {
    List<Part> held = lambdaHead;
    List<Part> head = lambda.head();
    text("{lambda");
    int declared = 0;
    boolean complete = false;
    while (declared < head.size() && !complete) {
      Part parameter = head.get(declared);
      lambdaHead = head.subList(0, declared);
      between(declared == 0 ? "<" : ", ", parameter, " ");
      text(lambdaParameter(head, declared++));
      complete = parameter instanceof Part.HeadParameter(_, boolean pack, _) && pack;
    }
    lambdaHead = head.subList(0, declared);
    text(declared == 0 ? "(" : ">(");
    part(lambda.parameters());
    text(")#" + (lambda.number() + 1) + "}");
    lambdaHead = held;
  }

  private void headParameter(Part.HeadParameter parameter) {
    Part detail = parameter.detail();
    if (detail == null) {
      text("typename");
    } else if (parameter.kind() == Part.HeadKind.TEMPLATE) {
      between("template<", detail, "> class");
    } else {
      part(detail);
    }
    if (parameter.pack()) {
      text("...");
    }
  }

  /// The type may use parameters of the template that the operator belongs to, its own arguments
  /// may not.
  private void conversion(Part.Conversion conversion) {
    text("operator ");
    Scope held = printing.scope;
    Template current = printing.current;
    if (current != null) {
      printing.scope = new Scope(current, held);
    }
    if (conversion.type() instanceof Template(Part name, TemplateArguments arguments)) {
      part(name);
      printing.scope = held;
      arguments(arguments);
    } else {
      part(conversion.type());
      printing.scope = held;
    }
  }

  private void expansion(Part pattern) {
    TemplateArguments pack = lambdaHead == null ? packs.find(pattern) : null;
    if (pack == null) {
      // Parameters of functions are packs as well, of which the name does not tell the length.
      inParentheses(pattern);
      text("...");
      return;
    }
    for (int i = 0; i < Packs.size(pack); i++) {
      printing.packIndex = i;
      between(i == 0 ? "" : ", ", pattern, "");
    }
  }

  private void modified(Modified modified) {
    if (modified.modifier().ofValue() && isRepeated(modified.modifier())) {
      part(modified.inner());
      return;
    }
    Scope held = printing.scope;
    Modified outer = modified;
    Part inner = modified.inner();
    if (modified.modifier().isReference() && referred(modified) instanceof Modified referred) {
      // A reference to a reference is one of the two, `&` rather than `&&`.
      if (referred.modifier() == Modifier.REFERENCE || referred.modifier() == modified.modifier()) {
        outer = referred;
        inner = referred.inner();
      } else if (referred.modifier() == Modifier.RVALUE_REFERENCE) {
        inner = referred.inner();
      }
    }
    types.waiting(outer, inner);
    printing.scope = held;
  }

  /// Whether the same qualifier waits already, as it does with arrays.
  private boolean isRepeated(Modifier modifier) {
    for (Waiting each = printing.waiting; each != null; each = each.outer) {
      if (!each.printed) {
        if (!each.isOfValue()) {
          return false;
        } else if (each.is(modifier)) {
          return true;
        }
      }
    }
    return false;
  }

  private final java.util.Map<Part, java.util.Optional<Scope>> scopes =
      new java.util.IdentityHashMap<>();

  /// What a reference refers to. Where a parameter is met again by a substitution, it stands for
  /// what it stood for the first time: its scope becomes the current one.
  private Part referred(Modified reference) {
    if (lambdaHead != null || !(reference.inner() instanceof TemplateParameter parameter)) {
      return reference.inner();
    }
    java.util.Optional<Scope> first = scopes.get(parameter);
    if (first == null) {
      scopes.put(parameter, java.util.Optional.ofNullable(printing.scope));
    } else if (printing.begun(parameter) == 0 && printing.begun(reference) < 2) {
      printing.scope = first.orElse(null);
    }
    return printing.argumentNow(parameter);
  }
}
