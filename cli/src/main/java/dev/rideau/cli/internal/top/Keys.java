package dev.rideau.cli.internal.top;

/// Single keys, as somebody presses them.
interface Keys extends AutoCloseable {
  char NONE = 0;
  char UP = 1;
  char DOWN = 2;
  char ESCAPE = 27;

  /// The key pressed: a character, or one of those above; [#NONE] when none is.
  char poll();

  /// Lines of the screen, or 0 when that is not known.
  int screenLines();

  /// Columns of the screen, or 0 when that is not known.
  int screenColumns();

  @Override
  void close();
}
