package dev.rideau.kernel.internal.track;

/// What a word of an automaton's state is, so that the join can translate it.
public enum WordKind {
  PLAIN,
  /// A reference to a thread.
  THREAD,
  /// The id of the name of a system call, or a symbol.
  SYSCALL,
  /// A context, see [Contexts].
  CONTEXT,
  /// A handle in [Core#texts()]; negative for none.
  TEXT
}
