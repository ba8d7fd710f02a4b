package dev.rideau.tracer;

/// How important an event is, with LTTng's numbers: the smaller, the more severe.
public enum LogLevel {
  /// System is unusable.
  EMERG,
  /// Action must be taken at once.
  ALERT,
  /// Critical conditions.
  CRIT,
  /// Errors.
  ERR,
  /// Warnings.
  WARNING,
  /// Normal, but worth knowing.
  NOTICE,
  /// What the program does.
  INFO,
  /// Debugging of the whole system.
  DEBUG_SYSTEM,
  /// Debugging of a program.
  DEBUG_PROGRAM,
  /// Debugging of a process.
  DEBUG_PROCESS,
  /// Debugging of a module.
  DEBUG_MODULE,
  /// Debugging of a unit of a module.
  DEBUG_UNIT,
  /// Debugging of a function.
  DEBUG_FUNCTION,
  /// Debugging of a line of code; what an event has that says nothing.
  DEBUG_LINE,
  /// Everything else.
  DEBUG;

  /// LTTng's number of the level.
  public int number() {
    return ordinal();
  }
}
