package dev.rideau.ctf.internal.metadata.tsdl;

import dev.rideau.ctf.internal.metadata.tsdl.Draft.StructDraft;
import org.jspecify.annotations.Nullable;

/// What an `event` block says.
///
/// @param streamId null when the block does not say
record EventDraft(
    long id,
    @Nullable Long streamId,
    @Nullable String name,
    @Nullable Long logLevel,
    @Nullable String emfUri,
    @Nullable StructDraft context,
    @Nullable StructDraft fields,
    TextPlace place) {}
