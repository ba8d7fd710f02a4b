package dev.rideau.ctf.internal.write;

import dev.rideau.trace.FieldClass;
import dev.rideau.trace.Mapping;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How TSDL refers from a field to another.
final class TsdlReferences {
  private TsdlReferences() {}

  /// The integer at the end of a path of members that crosses nothing but structures and arrays;
  /// null when there is none.
  static FieldClass.@Nullable Integral follow(FieldClass start, List<String> path) {
    FieldClass at = start;
    for (String name : path) {
      while (at instanceof FieldClass.StaticLengthArray
          || at instanceof FieldClass.DynamicLengthArray) {
        at =
            at instanceof FieldClass.StaticLengthArray array
                ? array.element()
                : ((FieldClass.DynamicLengthArray) at).element();
      }
      if (!(at instanceof FieldClass.Structure structure)) {
        return null;
      }
      int index = structure.indexOf(name);
      if (index < 0) {
        return null;
      }
      at = structure.members().get(index).fieldClass();
    }
    return at instanceof FieldClass.Integral integral ? integral : null;
  }

  /// The label of the selector that stands for just the values that choose the option, spelt as the
  /// option; null when there is none.
  static @Nullable String label(FieldClass.Integral selector, FieldClass.Option option) {
    String name = option.name();
    if (name == null) {
      return null;
    }
    for (Mapping mapping : selector.mappings()) {
      String label = mapping.label();
      if (TsdlNames.isIdentifier(label)
          && TsdlNames.unescaped(label).equals(name)
          && mapping.ranges().equals(option.selectorRanges())) {
        return label;
      }
    }
    return null;
  }
}
