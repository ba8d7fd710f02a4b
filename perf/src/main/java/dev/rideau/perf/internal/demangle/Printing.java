package dev.rideau.perf.internal.demangle;

import dev.rideau.perf.internal.demangle.Part.Template;
import dev.rideau.perf.internal.demangle.Part.TemplateArguments;
import dev.rideau.perf.internal.demangle.Part.TemplateParameter;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where the printers of one name are: what was printed, which templates are around, and which
/// modifiers wait for the place where they belong.
final class Printing {
  /// Names can repeat what was before them, and grow with the power of their length.
  private static final int MOST_CHARACTERS = 1 << 16;

  private static final int MOST_STEPS = 1 << 18;
  private static final int MOST_DEPTH = 512;

  /// A template and those around it.
  record Scope(Template template, @Nullable Scope outer) {}

  /// A modifier that waits for being printed.
  static final class Waiting {
    final Part part;
    final @Nullable Scope scope;
    @Nullable Waiting outer;
    boolean printed;

    Waiting(Part part, @Nullable Scope scope, @Nullable Waiting outer) {
      this.part = part;
      this.scope = scope;
      this.outer = outer;
    }

    boolean is(Modifier modifier) {
      return part instanceof Part.Modified m && m.modifier() == modifier;
    }

    boolean isOfValue() {
      return part instanceof Part.Modified m && m.modifier().ofValue();
    }
  }

  final StringBuilder out = new StringBuilder();

  /// The last character that was printed, also when it was taken back.
  char last;

  @Nullable Scope scope;
  @Nullable Waiting waiting;

  /// The template that is being printed.
  @Nullable Template current;

  /// Which element of packs is printed, -1 for all.
  int packIndex;

  private final Map<Part, Integer> begun = new IdentityHashMap<>();
  private int depth;
  private int steps;

  void print(String text) {
    if (out.length() + text.length() > MOST_CHARACTERS) {
      throw new NotUnderstood();
    }
    if (!text.isEmpty()) {
      out.append(text);
      last = text.charAt(text.length() - 1);
    }
  }

  /// Begins to print a part. A part inside of itself is printed once more, not for ever.
  void begin(Part part) {
    step();
    if (begun.merge(part, 1, Integer::sum) > 2 || ++depth > MOST_DEPTH) {
      throw new NotUnderstood();
    }
  }

  /// Ends a part that was begun.
  void end(Part part) {
    begun.merge(part, -1, Integer::sum);
    depth--;
  }

  /// How often a part was begun and not ended.
  int begun(Part part) {
    return begun.getOrDefault(part, 0);
  }

  /// Counts work that may print nothing.
  void step() {
    if (++steps > MOST_STEPS) {
      throw new NotUnderstood();
    }
  }

  Waiting push(Part part) {
    Waiting pushed = new Waiting(part, scope, waiting);
    waiting = pushed;
    return pushed;
  }

  /// The argument that a parameter stands for, of a pack all; null when there are fewer arguments.
  @Nullable Part argument(TemplateParameter parameter) {
    Scope inner = scope;
    if (inner == null) {
      throw new NotUnderstood();
    }
    return element(inner.template.arguments(), parameter.index());
  }

  /// The argument that a parameter stands for, of a pack the element that is printed now.
  Part argumentNow(TemplateParameter parameter) {
    Part argument = argument(parameter);
    if (argument instanceof TemplateArguments pack && packIndex >= 0) {
      argument = element(pack, packIndex);
    }
    if (argument == null) {
      throw new NotUnderstood();
    }
    return argument;
  }

  private static @Nullable Part element(TemplateArguments arguments, int index) {
    return index < arguments.list().size() ? arguments.list().get(index) : null;
  }
}
