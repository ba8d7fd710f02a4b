package dev.rideau.tracer;

/// What happens to an event for which there is no room in the buffers.
public enum BufferMode {
  /// It is lost, and counted; what was recorded before it stays.
  DISCARD,
  /// The oldest events make room. Nothing is written to files but snapshots: a flight recorder.
  OVERWRITE,
  /// The thread waits for room, at most [ChannelOptions#blockingTimeout()]; then the event is lost.
  BLOCK
}
