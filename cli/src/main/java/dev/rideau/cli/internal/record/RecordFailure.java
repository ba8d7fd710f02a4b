package dev.rideau.cli.internal.record;

import dev.rideau.cli.internal.CommandFailure;
import dev.rideau.record.RecordException;

/// What to tell when recording is not possible.
public final class RecordFailure {
  private RecordFailure() {}

  /// The failure, with the advice for the command that somebody typed.
  ///
  /// @param command its name
  public static CommandFailure of(RecordException failure, String command) {
    return new CommandFailure(
        String.valueOf(failure.getMessage()),
        failure.advice().replace("sudo rideau record ...", "sudo rideau " + command + " ..."),
        failure.getCause());
  }
}
