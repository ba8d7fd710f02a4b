package dev.rideau.trace;

import org.jspecify.annotations.Nullable;

/// The instant to which cycle zero plus offset of a clock refers.
public sealed interface ClockOrigin {

  /// The Unix epoch: traces with this origin are on one timeline.
  record UnixEpoch() implements ClockOrigin {}

  /// Not said: comparable only with clocks of the same identity.
  record Unknown() implements ClockOrigin {}

  /// Some instant with a name: comparable with clocks of the same origin.
  record Custom(@Nullable String namespace, String name, String uid) implements ClockOrigin {}
}
