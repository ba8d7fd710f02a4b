package dev.rideau.ctf.internal.write;

import dev.rideau.trace.BitLayout;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.FieldLocation;
import dev.rideau.trace.IntegerRange;
import dev.rideau.trace.Origin;
import dev.rideau.trace.Role;
import dev.rideau.trace.Scope;
import dev.rideau.trace.TraceException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes event headers of any layout: for each class of events the forms that can name it, of
/// which the first that can tell the time is taken. Immutable, shared by threads.
///
/// Fields of the header without a role are written as zero: nobody who reads records gets them.
final class HeaderProcedure {
  private static final HeaderForm EMPTY = empty();

  /// By ordinal of the event class.
  private final HeaderForm[][] forms;

  private HeaderProcedure(HeaderForm[][] forms) {
    this.forms = forms;
  }

  private static HeaderForm empty() {
    HeaderForm form = HeaderForm.of(List.of(), 0);
    if (form == null) {
      throw new AssertionError();
    }
    return form;
  }

  /// @param header the header as it is written
  /// @param keys where values are kept that later fields refer to
  static HeaderProcedure of(
      FieldClass.@Nullable Structure header,
      List<EventClass> eventClasses,
      Map<FieldLocation, Integer> keys) {
    HeaderForm[][] forms = new HeaderForm[eventClasses.size()][];
    if (header == null) {
      Arrays.fill(forms, new HeaderForm[] {EMPTY});
      return new HeaderProcedure(forms);
    }
    List<Draft> drafts = new Unfolding(keys).visit(List.of(new Draft()), header);
    for (EventClass eventClass : eventClasses) {
      List<HeaderForm> fitting = new ArrayList<>();
      for (Draft draft : drafts) {
        HeaderForm form = HeaderForm.of(draft.steps, eventClass.id());
        if (form != null) {
          fitting.add(form);
        }
      }
      if (fitting.isEmpty()) {
        throw new TraceException(
            Diagnostic.error(
                "event-class-id-too-large",
                "the event header cannot hold the id %s of event class '%s'"
                    .formatted(Long.toUnsignedString(eventClass.id()), eventClass.displayName()),
                Origin.NONE,
                null));
      }
      forms[eventClass.ordinal()] = fitting.toArray(HeaderForm[]::new);
    }
    return new HeaderProcedure(forms);
  }

  /// Whether some field is neither id nor timestamp and chooses no option.
  static boolean hasFieldsWithoutRole(@Nullable FieldClass fieldClass) {
    return switch (fieldClass) {
      case null -> false;
      case FieldClass.Integral integral ->
          integral.roles().isEmpty() && integral.mappings().isEmpty();
      case FieldClass.Structure structure ->
          structure.members().stream()
              .anyMatch(member -> hasFieldsWithoutRole(member.fieldClass()));
      case FieldClass.Variant variant ->
          variant.options().stream().anyMatch(option -> hasFieldsWithoutRole(option.fieldClass()));
      case FieldClass.Optional optional -> hasFieldsWithoutRole(optional.content());
      case FieldClass.Bool _ -> false;
      case FieldClass.FixedLength _,
          FieldClass.Text _,
          FieldClass.StaticLengthBlob _,
          FieldClass.DynamicLengthBlob _,
          FieldClass.StaticLengthArray _,
          FieldClass.DynamicLengthArray _ ->
          true;
    };
  }

  /// Whether every time can be told, whatever the record before.
  boolean tellsAnyTime() {
    for (HeaderForm[] ofClass : forms) {
      boolean any = false;
      for (HeaderForm form : ofClass) {
        any |= form.tellsAnyTime();
      }
      if (!any) {
        return false;
      }
    }
    return true;
  }

  /// Puts a header.
  ///
  /// @return false, and nothing put, when no form can tell the time from here
  boolean encode(RecordOutput output, int eventClassOrdinal, long clockValue) {
    long before = output.clockValue();
    for (HeaderForm form : forms[eventClassOrdinal]) {
      if (form.tells(before, clockValue)) {
        form.encode(output, clockValue);
        return true;
      }
    }
    return false;
  }

  /// Steps so far, and which of them put the integers that choose options.
  private static final class Draft {
    final List<HeaderForm.Step> steps = new ArrayList<>();
    final Map<List<String>, Integer> integers = new HashMap<>();

    Draft copy() {
      Draft copy = new Draft();
      copy.steps.addAll(steps);
      copy.integers.putAll(integers);
      return copy;
    }
  }

  /// Unfolds a header into the drafts of its forms.
  private static final class Unfolding {
    private final Map<FieldLocation, Integer> keys;
    private final List<String> path = new ArrayList<>();

    Unfolding(Map<FieldLocation, Integer> keys) {
      this.keys = keys;
    }

    List<Draft> visit(List<Draft> drafts, FieldClass fieldClass) {
      return switch (fieldClass) {
        case FieldClass.Integral integral -> integral(drafts, integral);
        case FieldClass.Floating floating ->
            zeros(drafts, floating.alignmentBits(), floating.layout().lengthBits());
        case FieldClass.FixedLength fixed ->
            step(drafts, HeaderForm.Kind.CONSTANT, fixed.layout(), false, false);
        case FieldClass.NullTerminatedString string ->
            zeros(drafts, string.alignmentBits(), 8L * string.encoding().unitBytes());
        case FieldClass.StaticLengthString string ->
            zeros(drafts, string.alignmentBits(), string.lengthBytes() * 8);
        case FieldClass.StaticLengthBlob blob -> zeros(drafts, 8, blob.lengthBytes() * 8);
        case FieldClass.DynamicLengthString string -> align(drafts, string.alignmentBits());
        case FieldClass.DynamicLengthBlob _ -> align(drafts, 8);
        case FieldClass.DynamicLengthArray array -> align(drafts, array.alignmentBits());
        case FieldClass.StaticLengthArray array -> {
          List<Draft> all = align(drafts, array.alignmentBits());
          for (long i = 0; i < array.length(); i++) {
            all = visit(all, array.element());
          }
          yield all;
        }
        case FieldClass.Structure structure -> {
          List<Draft> all = align(drafts, structure.alignmentBits());
          for (FieldClass.Member member : structure.members()) {
            path.add(member.name());
            all = visit(all, member.fieldClass());
            path.removeLast();
          }
          yield all;
        }
        case FieldClass.Optional optional -> {
          List<IntegerRange> ranges = optional.selectorRanges();
          List<IntegerRange> chosen = ranges == null ? List.of(new IntegerRange(1, 1)) : ranges;
          List<Draft> all = constrained(drafts, optional.selector(), chosen, true);
          List<Draft> present = visit(align(all, optional.alignmentBits()), optional.content());
          List<Draft> absent = constrained(drafts, optional.selector(), chosen, false);
          present.addAll(align(absent, optional.alignmentBits()));
          yield present;
        }
        case FieldClass.Variant variant -> {
          List<Draft> all = new ArrayList<>();
          for (FieldClass.Option option : variant.options()) {
            List<Draft> chosen =
                constrained(drafts, variant.selector(), option.selectorRanges(), true);
            all.addAll(visit(align(chosen, variant.alignmentBits()), option.fieldClass()));
          }
          yield all;
        }
      };
    }

    private List<Draft> integral(List<Draft> drafts, FieldClass.Integral integral) {
      Set<Role> roles = integral.roles();
      HeaderForm.Kind kind =
          roles.contains(Role.EVENT_CLASS_ID)
              ? HeaderForm.Kind.EVENT_CLASS_ID
              : roles.contains(Role.DEFAULT_CLOCK_TIMESTAMP)
                  ? HeaderForm.Kind.CLOCK_VALUE
                  : HeaderForm.Kind.CONSTANT;
      return integral instanceof FieldClass.Int fixed
          ? step(drafts, kind, fixed.layout(), false, integral.signed())
          : step(
              drafts, kind, BitLayout.of(64, 8, ByteOrder.LITTLE_ENDIAN), true, integral.signed());
    }

    private List<Draft> step(
        List<Draft> drafts,
        HeaderForm.Kind kind,
        BitLayout layout,
        boolean variableLength,
        boolean signed) {
      int key =
          keys.getOrDefault(new FieldLocation(Scope.EVENT_HEADER, path), ScalarEncoders.NO_KEY);
      HeaderForm.Step step =
          new HeaderForm.Step(kind, layout, variableLength, signed, 0, key, null, true);
      List<Draft> all = new ArrayList<>();
      for (Draft draft : drafts) {
        Draft copy = draft.copy();
        copy.integers.put(List.copyOf(path), copy.steps.size());
        copy.steps.add(step);
        all.add(copy);
      }
      return all;
    }

    private List<Draft> align(List<Draft> drafts, int alignmentBits) {
      return alignmentBits == 1
          ? new ArrayList<>(drafts)
          : plain(drafts, HeaderForm.Kind.ALIGNMENT, alignmentBits, 0);
    }

    private List<Draft> zeros(List<Draft> drafts, int alignmentBits, long bits) {
      return plain(align(drafts, alignmentBits), HeaderForm.Kind.ZEROS, 1, bits);
    }

    private static List<Draft> plain(
        List<Draft> drafts, HeaderForm.Kind kind, int alignmentBits, long constant) {
      BitLayout layout = BitLayout.of(64, alignmentBits, ByteOrder.LITTLE_ENDIAN);
      List<Draft> all = new ArrayList<>();
      for (Draft draft : drafts) {
        Draft copy = draft.copy();
        copy.steps.add(
            new HeaderForm.Step(
                kind, layout, false, false, constant, ScalarEncoders.NO_KEY, null, true));
        all.add(copy);
      }
      return all;
    }

    private static List<Draft> constrained(
        List<Draft> drafts, FieldLocation selector, List<IntegerRange> ranges, boolean inside) {
      List<Draft> all = new ArrayList<>();
      for (Draft draft : drafts) {
        Integer index =
            selector.origin() == Scope.EVENT_HEADER ? draft.integers.get(selector.path()) : null;
        if (index == null) {
          throw new TraceException(
              Diagnostic.error(
                  "event-header-not-writable",
                  "the event header depends on the field at %s".formatted(selector),
                  Origin.NONE,
                  "Event headers can be written only if their selectors stand in them."));
        }
        HeaderForm.Step step = draft.steps.get(index);
        List<IntegerRange> before = step.allowed();
        if (before != null && !(before.equals(ranges) && step.inside() == inside)) {
          continue; // the selector serves two variants and cannot have both values
        }
        Draft copy = draft.copy();
        copy.steps.set(index, step.constrained(ranges, inside));
        all.add(copy);
      }
      return all;
    }
  }
}
