package dev.rideau.ctf.internal.metadata.tsdl;

import dev.rideau.ctf.internal.metadata.tsdl.Draft.StructDraft;
import org.jspecify.annotations.Nullable;

/// What a `stream` block says.
record StreamDraft(
    long id,
    @Nullable StructDraft packetContext,
    @Nullable StructDraft eventHeader,
    @Nullable StructDraft eventContext,
    TextPlace place) {

  /// The stream that a trace without `stream` block has.
  static StreamDraft implicit(TextPlace place) {
    return new StreamDraft(0, null, null, null, place);
  }
}
