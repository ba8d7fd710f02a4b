package dev.rideau.ctf.internal.write;

import dev.rideau.ctf.internal.decode.Clocks;
import dev.rideau.trace.BitLayout;
import dev.rideau.trace.IntegerRange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One way to write an event header: a choice of options for its variants, so that what remains is
/// a list of steps.
///
/// ```
/// compact    align 8, id 5 bits = event class id, timestamp 27 bits
/// extended   align 8, id 5 bits = 31, align 8, id 32 bits = event class id, timestamp 64 bits
/// ```
final class HeaderForm {
  /// What a step puts.
  enum Kind {
    ALIGNMENT,
    CONSTANT,
    EVENT_CLASS_ID,
    CLOCK_VALUE,
    ZEROS
  }

  /// A step.
  ///
  /// @param layout how; of alignments only the alignment counts
  /// @param variableLength whether it is a LEB128 integer
  /// @param constant the value of constants, the number of bits of zeros
  /// @param key where the value is kept, or [ScalarEncoders#NO_KEY]
  /// @param allowed values that choose the options of this form, null for any
  /// @param inside whether the value must be inside `allowed` or outside
  record Step(
      Kind kind,
      BitLayout layout,
      boolean variableLength,
      boolean signed,
      long constant,
      int key,
      @Nullable List<IntegerRange> allowed,
      boolean inside) {

    Step with(Kind newKind, long newConstant) {
      return new Step(newKind, layout, variableLength, signed, newConstant, key, allowed, inside);
    }

    Step constrained(List<IntegerRange> ranges, boolean isInside) {
      return new Step(kind, layout, variableLength, signed, constant, key, ranges, isInside);
    }

    boolean allows(long value) {
      List<IntegerRange> ranges = allowed;
      if (ranges == null) {
        return true;
      }
      for (IntegerRange range : ranges) {
        if (range.contains(value, signed)) {
          return inside;
        }
      }
      return !inside;
    }

    boolean holds(long value) {
      int lengthBits = layout.lengthBits();
      return variableLength
          || lengthBits >= 64
          || value >>> (signed ? lengthBits - 1 : lengthBits) == 0;
    }

    /// Any value that the constraint allows.
    long anyAllowed() {
      List<IntegerRange> ranges = allowed;
      if (ranges == null) {
        return 0;
      }
      if (inside) {
        return ranges.getFirst().lower();
      }
      long value = 0;
      while (!allows(value)) {
        value++;
      }
      return value;
    }
  }

  private final Step[] steps;

  /// Length in bits of each timestamp, in order; -1 for a variable length.
  private final int[] clockBits;

  private HeaderForm(List<Step> steps) {
    this.steps = steps.toArray(Step[]::new);
    clockBits =
        steps.stream()
            .filter(step -> step.kind == Kind.CLOCK_VALUE)
            .mapToInt(step -> step.variableLength ? -1 : step.layout.lengthBits())
            .toArray();
  }

  /// The form for a class of events, null when it cannot be told by it. The last id of the header
  /// is what readers go by; others only choose options.
  static @Nullable HeaderForm of(List<Step> steps, long eventClassId) {
    int last = -1;
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).kind == Kind.EVENT_CLASS_ID) {
        last = i;
      }
    }
    List<Step> ready = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      switch (step.kind) {
        case EVENT_CLASS_ID -> {
          boolean fits = step.allows(eventClassId) && step.holds(eventClassId);
          if (i == last && !fits) {
            return null;
          }
          ready.add(step.with(Kind.CONSTANT, fits ? eventClassId : step.anyAllowed()));
        }
        case CONSTANT -> ready.add(step.with(Kind.CONSTANT, step.anyAllowed()));
        case ALIGNMENT, CLOCK_VALUE, ZEROS -> ready.add(step);
      }
    }
    return new HeaderForm(ready);
  }

  /// Whether the form can tell any time.
  boolean tellsAnyTime() {
    return clockBits.length == 0
        || clockBits[clockBits.length - 1] == -1
        || clockBits[clockBits.length - 1] >= 64;
  }

  /// Whether a reader whose clock stands at `before` gets `clockValue` out of it.
  boolean tells(long before, long clockValue) {
    long known = before;
    for (int lengthBits : clockBits) {
      known = lengthBits < 0 ? clockValue : Clocks.updated(known, clockValue, lengthBits);
    }
    return clockBits.length == 0 || known == clockValue;
  }

  /// Puts the header; the caller has checked that the form tells the time.
  void encode(RecordOutput output, long clockValue) {
    BitWriter bits = output.bits;
    for (Step step : steps) {
      switch (step.kind) {
        case ALIGNMENT -> bits.align(step.layout.alignmentBits());
        case ZEROS -> bits.zero(step.constant);
        case CONSTANT, EVENT_CLASS_ID -> {
          if (step.variableLength) {
            ScalarEncoders.VariableLength.put(bits, step.constant, step.signed, 1);
          } else {
            bits.put(step.layout, step.constant);
          }
          if (step.key >= 0) {
            output.keys[step.key] = step.constant;
          }
        }
        case CLOCK_VALUE -> putClock(output, step, clockValue);
      }
    }
  }

  private static void putClock(RecordOutput output, Step step, long clockValue) {
    if (!step.variableLength) {
      output.bits.put(step.layout, clockValue);
      output.moveClock(clockValue, step.layout.lengthBits());
      return;
    }
    // Fewer bytes than the old value has would mean the same low bits later in time.
    int shortest = (70 - Long.numberOfLeadingZeros(clockValue | 1)) / 7;
    boolean tells =
        Clocks.updated(output.clockValue(), clockValue, Math.min(64, shortest * 7)) == clockValue;
    ScalarEncoders.VariableLength.put(output.bits, clockValue, false, tells ? 1 : 10);
    output.setClockValue(clockValue);
  }
}
