package dev.rideau.ctf.internal.decode;

import dev.rideau.trace.Batch;
import dev.rideau.trace.Projection;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The event classes of a data stream that were met, each bound to its batch, and which of them
/// have records in the block that is being made. Owned by one cursor.
final class BoundClasses {
  static final int NOT_FIXED = -1;

  private final StreamProcedures procedures;
  private final DecodeState state;
  private final @Nullable BoundClass[] bound;

  /// By event class id as far as ids are small: one look instead of two.
  private final @Nullable BoundClass[] boundById;

  private final int[] fixedLengths;
  private final @Nullable Batch[] batches;
  private BoundClass[] touched = new BoundClass[16];
  private int touchedCount;

  BoundClasses(StreamProcedures procedures, DecodeState state) {
    this.procedures = procedures;
    this.state = state;
    int classes = procedures.streamClass().eventClasses().size();
    bound = new BoundClass[classes];
    boundById = new BoundClass[procedures.directIdCount()];
    fixedLengths = new int[boundById.length];
    Arrays.fill(fixedLengths, NOT_FIXED);
    batches = new Batch[classes];
  }

  /// The batches by ordinal of their class; filled as classes are met.
  @Nullable Batch[] batches() {
    return batches;
  }

  /// Length behind the event header by event class id, where all records of a class have the same:
  /// so the next record is found without waiting for the class. [#NOT_FIXED] for all other ids.
  int[] fixedLengths() {
    return fixedLengths;
  }

  /// The class with that id, or null when there is none.
  @Nullable BoundClass find(long id) {
    if (id >= 0 && id < boundById.length) {
      BoundClass known = boundById[(int) id];
      if (known != null) {
        return known;
      }
    }
    return findElsewhere(id);
  }

  private @Nullable BoundClass findElsewhere(long id) {
    int ordinal = procedures.ordinalOf(id);
    if (ordinal < 0) {
      return null;
    }
    BoundClass known = bound[ordinal];
    BoundClass found = known != null ? known : bind(ordinal);
    if (id >= 0 && id < boundById.length) {
      boundById[(int) id] = found;
    }
    return found;
  }

  private BoundClass bind(int ordinal) {
    EventProcedure procedure = procedures.procedure(ordinal);
    Batch batch =
        Batch.of(
            procedures.streamClass(),
            procedure.eventClass(),
            procedure.isIncluded() ? procedures.projection() : Projection.TIMESTAMPS);
    BoundClass made = new BoundClass(procedure, batch, procedures.registers().headerEnd());
    bound[ordinal] = made;
    if (procedure.isIncluded()) {
      batches[ordinal] = batch;
    }
    state.ensureRegisters(procedure.registerCount());
    int fixedBytes = procedure.fixedLengthBytes();
    long id = procedure.eventClass().id();
    if (fixedBytes >= 0 && id >= 0 && id < fixedLengths.length) {
      fixedLengths[(int) id] = fixedBytes;
    }
    return made;
  }

  /// The class gets the first of its records in the block.
  void touch(BoundClass eventClass) {
    if (touchedCount == touched.length) {
      touched = Arrays.copyOf(touched, touchedCount * 2);
    }
    touched[touchedCount++] = eventClass;
  }

  /// A new block begins.
  void forgetTouched() {
    touchedCount = 0;
  }

  /// The block has all its records: makes those of each class readable, or leaves them out.
  void finish(byte[] window, boolean leftOut) {
    for (int i = 0; i < touchedCount; i++) {
      if (leftOut) {
        touched[i].leaveOut();
      } else {
        touched[i].finish(window);
      }
      touched[i].forgetRows();
    }
  }
}
