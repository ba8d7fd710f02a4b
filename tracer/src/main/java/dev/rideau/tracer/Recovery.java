package dev.rideau.tracer;

import dev.rideau.tracer.internal.output.RecordingSalvage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Turns what a killed program left behind into a trace.
public final class Recovery {
  private Recovery() {}

  /// What was recovered.
  ///
  /// @param folder the trace, whole now
  /// @param packets how many were added
  /// @param lostEvents that the program itself had counted as lost
  /// @param notes what was unusual
  public record Result(Path folder, int packets, long lostEvents, List<String> notes) {}

  /// Whether a folder holds a recording that was not closed.
  public static boolean isUnfinished(Path folder) {
    return RecordingSalvage.isUnfinished(folder);
  }

  /// Finishes the trace in a folder: adds what the buffers still hold and removes the buffers.
  ///
  /// @throws IOException when there is nothing to recover, the program still runs, or a file cannot
  ///   be read or written; nothing is removed then
  public static Result recover(Path folder) throws IOException {
    return new RecordingSalvage(folder).recover();
  }

  /// The same into a new folder; the old one stays as it is.
  public static Result recover(Path folder, Path target) throws IOException {
    return new RecordingSalvage(folder).recoverTo(target);
  }
}
