package dev.rideau.server.internal.view;

import org.jspecify.annotations.Nullable;

/// One state of a row.
///
/// @param beginNs absolute
/// @param endNs absolute
/// @param label more than the style tells, for people
public record StateAt(
    int row, long beginNs, long endNs, StateStyle style, @Nullable String label) {}
