package dev.rideau.trace.filter;

import dev.rideau.trace.Column;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.ListColumn;
import dev.rideau.trace.LongColumn;
import dev.rideau.trace.OptionalColumn;
import dev.rideau.trace.StructColumn;
import dev.rideau.trace.VariantColumn;
import dev.rideau.trace.filter.Condition.Comparison;
import dev.rideau.trace.filter.Condition.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Compiles the way from a root structure to a value, and what is asked of it.
final class FieldTests {
  private static final ColumnTest NEVER = (_, _) -> false;

  private final List<Step> steps;

  /// What to ask of the value; null asks for nothing but that it is there.
  private final @Nullable Comparison comparison;

  private boolean exists;

  private FieldTests(List<Step> steps, @Nullable Comparison comparison) {
    this.steps = steps;
    this.comparison = comparison;
  }

  /// Whether a field can be reached by these steps.
  static boolean exists(FieldClass.Structure structure, List<Step> steps) {
    FieldTests tests = new FieldTests(steps, null);
    tests.compile(structure, 0);
    return tests.exists;
  }

  /// The test of the field at the end of these steps.
  static ColumnTest compile(
      FieldClass.Structure structure, List<Step> steps, @Nullable Comparison comparison) {
    ColumnTest test = new FieldTests(steps, comparison).compile(structure, 0);
    return test == null ? NEVER : test;
  }

  private @Nullable ColumnTest compile(FieldClass fieldClass, int step) {
    return switch (fieldClass) {
      case FieldClass.Optional optional -> {
        ColumnTest content = compile(optional.content(), step);
        yield content == null
            ? null
            : (column, row) ->
                column.isValid(row) && content.test(((OptionalColumn) column).content(), row);
      }
      case FieldClass.Variant variant -> variant(variant, step);
      case FieldClass.Structure structure when step < steps.size() -> member(structure, step);
      case FieldClass.StaticLengthArray array when step < steps.size() ->
          element(array.element(), step);
      case FieldClass.DynamicLengthArray array when step < steps.size() ->
          element(array.element(), step);
      default -> step < steps.size() ? null : value(fieldClass);
    };
  }

  private @Nullable ColumnTest value(FieldClass fieldClass) {
    exists = true;
    if (comparison != null) {
      return ValueTests.compile(fieldClass, comparison);
    }
    if (fieldClass instanceof FieldClass.Bool) {
      return (column, row) -> ((LongColumn) column).values()[row] != 0;
    }
    return (_, _) -> true;
  }

  private @Nullable ColumnTest member(FieldClass.Structure structure, int step) {
    if (!(steps.get(step) instanceof Step.Member(String name))) {
      return null;
    }
    int index = structure.indexOf(name);
    if (index < 0) {
      return null;
    }
    ColumnTest test = compile(structure.members().get(index).fieldClass(), step + 1);
    return test == null
        ? null
        : (column, row) -> {
          Column member = ((StructColumn) column).member(index);
          return member != null && test.test(member, row);
        };
  }

  private @Nullable ColumnTest element(FieldClass elementClass, int step) {
    if (!(steps.get(step) instanceof Step.Index(int index))) {
      return null;
    }
    ColumnTest test = compile(elementClass, step + 1);
    return test == null
        ? null
        : (column, row) -> {
          ListColumn list = (ListColumn) column;
          return index < list.lengths()[row]
              && test.test(list.elements(), list.offsets()[row] + index);
        };
  }

  /// A step may name the option or go right through the variant to what is in the option.
  private @Nullable ColumnTest variant(FieldClass.Variant variant, int step) {
    List<ColumnTest> tests = new ArrayList<>();
    boolean any = false;
    for (FieldClass.Option option : variant.options()) {
      boolean named =
          step < steps.size()
              && steps.get(step) instanceof Step.Member(String name)
              && name.equals(option.name());
      ColumnTest test = compile(option.fieldClass(), named ? step + 1 : step);
      any |= test != null;
      tests.add(test == null ? NEVER : test);
    }
    ColumnTest[] options = tests.toArray(ColumnTest[]::new);
    return any
        ? (column, row) -> {
          VariantColumn chosen = (VariantColumn) column;
          int option = chosen.selected()[row];
          return options[option].test(chosen.option(option), row);
        }
        : null;
  }
}
