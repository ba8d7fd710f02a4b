package dev.rideau.server.internal.view;

import java.util.List;

/// Arrows of a window.
///
/// @param total how many there are
/// @param arrows those that are shown: all, or those that last longest, spread over the window
public record Arrows(long total, List<Arrow> arrows) {}
