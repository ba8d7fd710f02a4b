package dev.rideau.tables;

/// Is told how far the database is with reading traces. Any thread may call; calls are frequent, so
/// implementations are cheap.
@FunctionalInterface
public interface Progress {
  /// Nobody watches.
  Progress NONE = (_, _) -> {};

  /// So many bytes of so many were read.
  void update(long doneBytes, long totalBytes);
}
