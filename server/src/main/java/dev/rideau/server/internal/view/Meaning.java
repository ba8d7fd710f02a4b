package dev.rideau.server.internal.view;

import org.jspecify.annotations.Nullable;

/// What the values of a row's states mean: the lowest bits are the code of a [StateStyle], the rest
/// is the number of a label, 0 for none.
final class Meaning {
  static final int CODE_BITS = 6;
  static final int CODE_MASK = (1 << CODE_BITS) - 1;

  private static final boolean[] BACKGROUND = new boolean[1 << CODE_BITS];

  static {
    if (StateStyle.values().length > BACKGROUND.length) {
      throw new IllegalStateException("too many styles for " + CODE_BITS + " bits");
    }
    for (StateStyle style : StateStyle.values()) {
      BACKGROUND[style.code()] = style.isBackground();
    }
  }

  private final int mask;
  private final Labels labels;

  /// Texts by number, from 1.
  @FunctionalInterface
  interface Labels {
    @Nullable String of(int number);
  }

  /// @param labelsMatter whether states with other labels are other states where many lie on one
  ///   pixel
  Meaning(boolean labelsMatter, Labels labels) {
    mask = labelsMatter ? -1 : CODE_MASK;
    this.labels = labels;
  }

  static int value(StateStyle style, int label) {
    return style.code() | label << CODE_BITS;
  }

  static int code(int value) {
    return value & CODE_MASK;
  }

  static boolean isBackground(int value) {
    return BACKGROUND[value & CODE_MASK];
  }

  /// Whether it is a record, which takes no time.
  static boolean isRecord(int value) {
    return code(value) == StateStyle.EVENT.code();
  }

  /// What is the same for all states that count as one.
  int common(int value) {
    return value & mask;
  }

  @Nullable String label(int value) {
    int number = value >>> CODE_BITS;
    return number == 0 ? null : labels.of(number);
  }
}
