package dev.rideau.perf.internal.demangle;

import dev.rideau.perf.internal.demangle.Part.HeadKind;
import dev.rideau.perf.internal.demangle.Part.HeadParameter;
import dev.rideau.perf.internal.demangle.Part.TemplateArguments;
import java.util.ArrayList;
import java.util.List;

/// Parameters and arguments of templates, and lambdas, which may be templates.
final class TemplateParser {
  private final Parsing parsing;
  private final MangledText text;

  TemplateParser(Parsing parsing) {
    this.parsing = parsing;
    text = parsing.text;
  }

  /// A name and the arguments behind it.
  Part template(Part name) {
    return new Part.Template(name, arguments());
  }

  /// ```
  /// arguments   I argument… E  |  J argument… E
  /// ```
  TemplateArguments arguments() {
    if (!text.take('I') && !text.take('J')) {
      throw new NotUnderstood();
    }
    return argumentsToEnd();
  }

  /// Arguments up to the `E` that ends them.
  TemplateArguments argumentsToEnd() {
    parsing.enter();
    Part last = parsing.lastName;
    List<Part> list = new ArrayList<>();
    while (!text.take('E')) {
      list.add(argument());
    }
    parsing.lastName = last;
    parsing.leave();
    return new TemplateArguments(list);
  }

  /// ```
  /// argument   type  |  X expression E  |  literal  |  arguments
  /// ```
  Part argument() {
    return switch (text.peek()) {
      case 'X' -> {
        text.next();
        Part expression = parsing.expressions.expression();
        text.expect('E');
        yield expression;
      }
      case 'L' -> parsing.expressions.literal();
      case 'I', 'J' -> arguments();
      default -> parsing.types.type();
    };
  }

  /// ```
  /// parameter   T [number] _
  /// ```
  Part parameter() {
    text.expect('T');
    return new Part.TemplateParameter(text.compactNumber());
  }

  /// ```
  /// lambda   [head] type… E [number] _
  /// ```
  Part lambda() {
    List<Part> head = head();
    Part.Arguments parameters = parsing.types.parameters();
    text.expect('E');
    return new Part.Lambda(head, parameters, text.compactNumber());
  }

  /// ```
  /// head   ([Tp] (Ty  |  Tn type  |  Tt head E))…
  /// ```
  private List<Part> head() {
    parsing.enter();
    List<Part> head = new ArrayList<>();
    while (true) {
      int ahead = text.peek() == 'T' && text.peek(1) == 'p' ? 2 : 0;
      char code = text.peek(ahead + 1);
      if (text.peek(ahead) != 'T' || code != 'y' && code != 'n' && code != 't') {
        break;
      }
      text.take(ahead + 2);
      head.add(
          switch (code) {
            case 'y' -> new HeadParameter(HeadKind.TYPE, ahead > 0, null);
            case 'n' -> new HeadParameter(HeadKind.VALUE, ahead > 0, parsing.types.type());
            default -> {
              Part.Arguments inner = new Part.Arguments(head());
              if (inner.list().isEmpty()) {
                throw new NotUnderstood();
              }
              text.expect('E');
              yield new HeadParameter(HeadKind.TEMPLATE, ahead > 0, inner);
            }
          });
    }
    parsing.leave();
    return head;
  }
}
