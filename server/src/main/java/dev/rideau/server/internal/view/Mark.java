package dev.rideau.server.internal.view;

/// Something worth seeing at a time.
///
/// @param kind `finding`, `loss` or `diagnostic`
/// @param beginNs absolute
/// @param endNs absolute
/// @param row id of the row that it is about, -1 for all
/// @param severity 0 to 3
/// @param text for people
public record Mark(String kind, long beginNs, long endNs, int row, int severity, String text) {}
