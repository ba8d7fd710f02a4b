package dev.rideau.cli.internal;

/// What the program tells the shell. Part of the user interface: never change a number.
public final class ExitCode {
  /// Done. Losses in the trace are warnings and end here too.
  public static final int OK = 0;

  /// The input, the machine or the program failed; a message on standard error says how.
  public static final int ERROR = 1;

  /// The command line made no sense; nothing was read or written.
  public static final int USAGE = 2;

  private ExitCode() {}
}
