package dev.rideau.perf.internal.demangle;

import dev.rideau.perf.internal.demangle.Part.ArrayType;
import dev.rideau.perf.internal.demangle.Part.FunctionType;
import dev.rideau.perf.internal.demangle.Part.Local;
import dev.rideau.perf.internal.demangle.Part.MemberPointer;
import dev.rideau.perf.internal.demangle.Part.Modified;
import dev.rideau.perf.internal.demangle.Part.Template;
import dev.rideau.perf.internal.demangle.Part.Typed;
import dev.rideau.perf.internal.demangle.Part.VectorType;
import dev.rideau.perf.internal.demangle.Printing.Scope;
import dev.rideau.perf.internal.demangle.Printing.Waiting;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Prints types, where what modifies a type may belong into its middle: `int (*)[3]`. So modifiers
/// wait while the type is printed, which takes those that it has a place for.
final class TypePrinter {
  /// More qualifiers than that no function has.
  private static final int MOST_WAITING = 4;

  private final WholePrinter printer;
  private final Printing printing;

  TypePrinter(WholePrinter printer) {
    this.printer = printer;
    printing = printer.printing;
  }

  /// A part that modifies another one.
  void waiting(Part modifier, Part inner) {
    Waiting pushed = printing.push(modifier);
    printer.part(inner);
    if (!pushed.printed) {
      modifier(modifier);
    }
    printing.waiting = pushed.outer;
  }

  /// A function with its type: the name and what belongs to `this` wait for their places in the
  /// type.
  void typed(Typed typed) {
    Waiting held = printing.waiting;
    printing.waiting = null;
    List<Waiting> pushed = new ArrayList<>();
    Part name = typed.name();
    pushed.add(printing.push(name));
    while (name instanceof Modified m && m.modifier().ofFunction()) {
      name = m.inner();
      pushed.add(printing.push(name));
    }
    if (name instanceof Local local) {
      name = qualifiersOfLocal(local, pushed);
    }
    if (pushed.size() > MOST_WAITING) {
      throw new NotUnderstood();
    }
    Scope scope = printing.scope;
    if (name instanceof Template template) {
      printing.scope = new Scope(template, scope);
    }
    printer.part(typed.type());
    printing.scope = scope;
    for (Waiting each : pushed.reversed()) {
      if (!each.printed) {
        printer.text(" ");
        modifier(each.part);
      }
    }
    printing.waiting = held;
  }

  /// What qualifies something inside of a function stands inside of its name, and waits below it.
  private Part qualifiersOfLocal(Local local, List<Waiting> pushed) {
    Waiting top = pushed.getLast();
    Part name = local.entity() instanceof Part.DefaultArgument d ? d.entity() : local.entity();
    while (name instanceof Modified m && m.modifier().ofFunction()) {
      Waiting below = new Waiting(name, printing.scope, top.outer);
      top.outer = below;
      pushed.add(pushed.size() - 1, below);
      name = m.inner();
    }
    return name;
  }

  void function(FunctionType type) {
    Part result = type.result();
    if (result != null) {
      Waiting pushed = printing.push(type);
      printer.part(result);
      printing.waiting = pushed.outer;
      if (pushed.printed) {
        return;
      }
      printer.text(" ");
    }
    functionWithoutResult(type, printing.waiting);
  }

  private void functionWithoutResult(FunctionType type, @Nullable Waiting modifiers) {
    boolean parentheses = false;
    boolean space = false;
    for (Waiting each = modifiers; each != null && !each.printed; each = each.outer) {
      if (each.is(Modifier.POINTER)
          || each.is(Modifier.REFERENCE)
          || each.is(Modifier.RVALUE_REFERENCE)) {
        parentheses = true;
        break;
      } else if (each.part instanceof MemberPointer
          || each.part instanceof Modified m && !m.modifier().ofFunction()) {
        parentheses = true;
        space = true;
        break;
      }
    }
    if (parentheses) {
      space |= printing.last != '(' && printing.last != '*';
      printer.text(space && printing.last != ' ' ? " (" : "(");
    }
    Waiting held = printing.waiting;
    printing.waiting = null;
    modifiers(modifiers, false);
    printer.text(parentheses ? ")(" : "(");
    printer.part(type.parameters());
    printer.text(")");
    modifiers(modifiers, true);
    printing.waiting = held;
  }

  /// What qualifies an array qualifies its elements.
  void array(ArrayType type) {
    Waiting held = printing.waiting;
    Waiting own = printing.push(type);
    List<Waiting> moved = new ArrayList<>();
    for (Waiting each = held; each != null && each.isOfValue(); each = each.outer) {
      if (!each.printed) {
        Waiting copy = new Waiting(each.part, each.scope, printing.waiting);
        printing.waiting = copy;
        moved.add(copy);
        each.printed = true;
      }
    }
    if (moved.size() >= MOST_WAITING) {
      throw new NotUnderstood();
    }
    printer.part(type.element());
    printing.waiting = held;
    if (own.printed) {
      return;
    }
    for (Waiting each : moved.reversed()) {
      modifier(each.part);
    }
    arrayWithoutElement(type, held);
  }

  private void arrayWithoutElement(ArrayType type, @Nullable Waiting modifiers) {
    boolean parentheses = false;
    boolean space = true;
    for (Waiting each = modifiers; each != null; each = each.outer) {
      if (!each.printed) {
        parentheses = !(each.part instanceof ArrayType);
        space = parentheses;
        break;
      }
    }
    printer.text(parentheses ? " (" : "");
    modifiers(modifiers, false);
    printer.text(parentheses ? ")" : "");
    printer.text(space ? " [" : "[");
    Part dimension = type.dimension();
    if (dimension != null) {
      printer.part(dimension);
    }
    printer.text("]");
  }

  /// Modifiers that wait, innermost first.
  ///
  /// @param behind whether it is the place behind the parameters of a function
  private void modifiers(@Nullable Waiting first, boolean behind) {
    Scope held = printing.scope;
    for (Waiting each = first; each != null; each = each.outer) {
      if (each.printed || !behind && each.part instanceof Modified m && m.modifier().ofFunction()) {
        continue;
      }
      each.printed = true;
      printing.scope = each.scope;
      if (each.part instanceof FunctionType type) {
        // These take the modifiers further out with them.
        functionWithoutResult(type, each.outer);
        break;
      } else if (each.part instanceof ArrayType type) {
        arrayWithoutElement(type, each.outer);
        break;
      } else if (each.part instanceof Local local) {
        local(local);
        break;
      }
      modifier(each.part);
    }
    printing.scope = held;
  }

  /// The name of a function inside of another one, whose qualifiers wait by themselves.
  private void local(Local local) {
    Waiting held = printing.waiting;
    printing.waiting = null;
    printer.part(local.function());
    printing.waiting = held;
    printer.text("::");
    Part entity = local.entity();
    if (entity instanceof Part.DefaultArgument(int number, Part inner)) {
      printer.text("{default arg#" + (number + 1) + "}::");
      entity = inner;
    }
    while (entity instanceof Modified m && m.modifier().ofFunction()) {
      entity = m.inner();
    }
    printer.part(entity);
  }

  private void modifier(Part part) {
    switch (part) {
      case Modified(Modifier modifier, _, Part detail) -> {
        printer.text(modifier.text);
        if (detail != null) {
          boolean inParentheses = modifier != Modifier.VENDOR;
          printer.between(inParentheses ? "(" : "", detail, inParentheses ? ")" : "");
        }
      }
      case MemberPointer(Part owner, _) ->
          printer.between(printing.last == '(' ? "" : " ", owner, "::*");
      case VectorType(Part dimension, _) -> printer.between(" __vector(", dimension, ")");
      case Typed(Part name, _) -> printer.part(name);
      default -> printer.part(part);
    }
  }
}
