package dev.rideau.cli.internal.text;

import dev.rideau.trace.Batch;
import dev.rideau.trace.Column;
import dev.rideau.trace.Scope;
import dev.rideau.trace.StructColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What lines of one event class are made of: values, and before each the text that all records
/// have there. Structures are dissolved. Immutable and shared.
///
/// ```
/// head and packet context, | `{ a = ` value | `, s = { b = ` value | ` } }\n`
/// ```
final class LineSteps {
  private final Literal head;
  private final List<Step> steps;
  private final Literal tail;
  private final int stringClass;
  private final int leafCount;

  private LineSteps(Builder builder, Literal tail, int stringClass, int leafCount) {
    head = builder.head;
    steps = List.copyOf(builder.steps);
    this.tail = tail;
    this.stringClass = stringClass;
    this.leafCount = leafCount;
  }

  /// A value.
  ///
  /// @param lead what stands before it
  /// @param path indexes of members, from the scope down to the value
  private record Step(Literal lead, FieldText text, Scope scope, int[] path) {
    @Nullable Column column(Batch batch) {
      Column column = batch.columns(scope);
      for (int index : path) {
        column = column instanceof StructColumn struct ? struct.member(index) : null;
      }
      return column;
    }
  }

  /// What stands before the packet context.
  Literal head() {
    return head;
  }

  /// How many values there are.
  int size() {
    return steps.size();
  }

  /// What stands before a value; before the first one behind the packet context.
  Literal lead(int step) {
    return steps.get(step).lead;
  }

  /// The text of a value.
  FieldText text(int step) {
    return steps.get(step).text;
  }

  /// The column of a value, or null where nobody asked for it.
  @Nullable Column column(int step, Batch batch) {
    return steps.get(step).column(batch);
  }

  /// What stands behind the last value, line feed included.
  Literal tail() {
    return tail;
  }

  /// Number of the class, unique in the output, if it has strings; else [LineTexts#NO_CLASS].
  int stringClass() {
    return stringClass;
  }

  /// How many string fields the class has, elements of arrays not counted.
  int leafCount() {
    return leafCount;
  }

  /// Collects steps.
  static final class Builder {
    private final Literal head;
    private final List<Step> steps = new ArrayList<>();
    private Literal constant = Literal.EMPTY;

    Builder(Literal head) {
      this.head = head;
    }

    /// Adds a scope.
    void add(Scope scope, Literal lead, FieldText text) {
      constant = constant.then(lead);
      add(scope, new int[0], text);
    }

    private void add(Scope scope, int[] path, FieldText text) {
      if (!(text instanceof ClassicFields.Members members)) {
        steps.add(new Step(constant, text, scope, path));
        constant = Literal.EMPTY;
      } else if (members.texts().length == 0) {
        constant = constant.then(ClassicFields.Members.NONE);
      } else {
        for (int i = 0; i < members.texts().length; i++) {
          constant = constant.then(members.leads()[i]);
          int[] inner = Arrays.copyOf(path, path.length + 1);
          inner[path.length] = members.indexes()[i];
          add(scope, inner, members.texts()[i]);
        }
        constant = constant.then(ClassicFields.Members.END);
      }
    }

    LineSteps build(int stringClass, int leafCount) {
      return new LineSteps(this, constant.then(new Literal("\n")), stringClass, leafCount);
    }
  }
}
