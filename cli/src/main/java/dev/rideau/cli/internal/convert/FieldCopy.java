package dev.rideau.cli.internal.convert;

import dev.rideau.kernel.RequestFlags;
import dev.rideau.trace.BytesColumn;
import dev.rideau.trace.Column;
import dev.rideau.trace.LongColumn;
import org.jspecify.annotations.Nullable;

/// Fills a column of a record in LTTng's layout from one of the kernel's. Made once for the columns
/// of a batch; nothing is allocated afterwards.
abstract sealed class FieldCopy {
  /// The lowest priority of real time is 0 for LTTng.
  private static final int PRIORITY_OFFSET = 100;

  /// @param timesNs time of each row
  abstract void copy(int rows, long[] timesNs);

  /// Null when a value of that form cannot be made of the column.
  static @Nullable FieldCopy of(FieldForm form, Column source, Column target, Processes processes) {
    return switch (form) {
      case S32, S64, U16, U32, U64, X64, PRIORITY ->
          source instanceof LongColumn from && target instanceof LongColumn to
              ? new Numbers(form, from, to)
              : null;
      case PROCESS ->
          source instanceof LongColumn from && target instanceof LongColumn to
              ? new ProcessIds(from, to, processes)
              : null;
      case REQUEST ->
          source instanceof BytesColumn from && target instanceof LongColumn to
              ? new Requests(from, to)
              : null;
      case COMM, STRING ->
          target instanceof BytesColumn to
              ? source instanceof BytesColumn from ? new Texts(form, from, to) : new NoTexts(to)
              : null;
    };
  }

  private static final class Numbers extends FieldCopy {
    private final FieldForm form;
    private final LongColumn from;
    private final LongColumn to;
    private final int offset;

    Numbers(FieldForm form, LongColumn from, LongColumn to) {
      this.form = form;
      this.from = from;
      this.to = to;
      offset = form == FieldForm.PRIORITY ? PRIORITY_OFFSET : 0;
    }

    @Override
    void copy(int rows, long[] timesNs) {
      long[] source = from.values();
      long[] target = to.values();
      boolean allValid = from.isAllValid();
      for (int i = 0; i < rows; i++) {
        target[i] = allValid || from.isValid(i) ? form.cut(source[i] - offset) : 0;
      }
    }
  }

  private static final class ProcessIds extends FieldCopy {
    private final LongColumn from;
    private final LongColumn to;
    private final Processes processes;

    ProcessIds(LongColumn from, LongColumn to, Processes processes) {
      this.from = from;
      this.to = to;
      this.processes = processes;
    }

    @Override
    void copy(int rows, long[] timesNs) {
      long[] source = from.values();
      long[] target = to.values();
      for (int i = 0; i < rows; i++) {
        target[i] = from.isValid(i) ? processes.of((int) source[i], timesNs[i]) : 0;
      }
    }
  }

  private static final class Requests extends FieldCopy {
    private final BytesColumn from;
    private final LongColumn to;

    Requests(BytesColumn from, LongColumn to) {
      this.from = from;
      this.to = to;
    }

    @Override
    void copy(int rows, long[] timesNs) {
      byte[] bytes = from.bytes();
      int[] offsets = from.offsetsBytes();
      int[] lengths = from.lengthsBytes();
      long[] target = to.values();
      for (int i = 0; i < rows; i++) {
        target[i] =
            from.isValid(i) ? RequestFlags.of(bytes, offsets[i], offsets[i] + lengths[i]) : 0;
      }
    }
  }

  private static final class Texts extends FieldCopy {
    private final BytesColumn from;
    private final BytesColumn to;
    private final int mostBytes;

    Texts(FieldForm form, BytesColumn from, BytesColumn to) {
      this.from = from;
      this.to = to;
      mostBytes = form == FieldForm.COMM ? FieldForm.COMM_BYTES - 1 : Integer.MAX_VALUE;
    }

    @Override
    void copy(int rows, long[] timesNs) {
      to.share(from.bytes());
      int[] offsets = to.offsetsBytes();
      int[] lengths = to.lengthsBytes();
      int[] sourceOffsets = from.offsetsBytes();
      int[] sourceLengths = from.lengthsBytes();
      for (int i = 0; i < rows; i++) {
        boolean valid = from.isValid(i);
        offsets[i] = valid ? sourceOffsets[i] : 0;
        lengths[i] = valid ? Math.min(sourceLengths[i], mostBytes) : 0;
      }
    }
  }

  private static final class NoTexts extends FieldCopy {
    private final BytesColumn to;

    NoTexts(BytesColumn to) {
      this.to = to;
    }

    @Override
    void copy(int rows, long[] timesNs) {
      for (int i = 0; i < rows; i++) {
        to.offsetsBytes()[i] = 0;
        to.lengthsBytes()[i] = 0;
      }
    }
  }
}
