package dev.rideau.ctf.internal.metadata.tsdl;

import dev.rideau.ctf.internal.metadata.tsdl.Draft.IntDraft;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.Constant;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.Enumerator;
import dev.rideau.trace.IntegerRange;
import dev.rideau.trace.Mapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Computes the values of enumerators: given ones, ranges, and those that continue after the one
/// before.
final class EnumeratorReader {
  private final Reporter reporter;

  EnumeratorReader(Reporter reporter) {
    this.reporter = reporter;
  }

  /// The mappings, in the order in which their labels first appear.
  List<Mapping> read(List<Enumerator> enumerators, IntDraft integer, TextPlace place) {
    Map<String, List<IntegerRange>> ranges = new LinkedHashMap<>();
    long next = 0;
    for (Enumerator enumerator : enumerators) {
      long lower = next;
      long upper = next;
      if (enumerator.lower() != null) {
        lower = value(enumerator.lower(), integer);
        upper = enumerator.upper() == null ? lower : value(enumerator.upper(), integer);
      }
      checkRange(enumerator, lower, upper, integer);
      ranges
          .computeIfAbsent(enumerator.label(), label -> new ArrayList<>(1))
          .add(new IntegerRange(lower, upper));
      next = upper + 1;
    }
    if (ranges.isEmpty()) {
      throw reporter.fault(
          place, Rule.ENUMERATION, "enumeration has no enumerator", "Give it at least one");
    }
    List<Mapping> mappings = new ArrayList<>(ranges.size());
    ranges.forEach((label, of) -> mappings.add(new Mapping(label, of)));
    return mappings;
  }

  private long value(Constant constant, IntDraft integer) {
    boolean fits =
        integer.signed()
            ? constant.isSignedLong()
            : !constant.negative() || constant.magnitude() == 0;
    if (!fits) {
      reporter.tolerate(
          constant.place(),
          Rule.ENUMERATION,
          constant + " is not the value of " + describe(integer),
          integer.signed() ? null : "Add `signed = true;` to the integer type");
    }
    return constant.bits();
  }

  private void checkRange(Enumerator enumerator, long lower, long upper, IntDraft integer) {
    TextPlace place = placeOf(enumerator.lower(), enumerator.place());
    int order = integer.signed() ? Long.compare(lower, upper) : Long.compareUnsigned(lower, upper);
    if (order > 0) {
      throw reporter.fault(
          place,
          Rule.ENUMERATION,
          "the range of enumerator `" + enumerator.label() + "` ends before it begins",
          "Write the smaller value first");
    }
    if (!isWithin(lower, integer) || !isWithin(upper, integer)) {
      reporter.tolerate(
          place,
          Rule.ENUMERATION,
          "enumerator `"
              + enumerator.label()
              + "` has values that "
              + describe(integer)
              + " cannot have",
          "Use a longer integer type, or other values");
    }
  }

  private static TextPlace placeOf(@Nullable Constant constant, TextPlace otherwise) {
    return constant == null ? otherwise : constant.place();
  }

  private static boolean isWithin(long value, IntDraft integer) {
    int spare = 64 - integer.layout().lengthBits();
    return integer.signed() ? value << spare >> spare == value : value << spare >>> spare == value;
  }

  private static String describe(IntDraft integer) {
    return (integer.signed() ? "a signed" : "an unsigned")
        + " integer of "
        + integer.layout().lengthBits()
        + (integer.layout().lengthBits() == 1 ? " bit" : " bits");
  }
}
