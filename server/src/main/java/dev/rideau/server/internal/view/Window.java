package dev.rideau.server.internal.view;

import dev.rideau.server.internal.http.HttpFailure;

/// The time that is shown, and on how many pixels.
///
/// @param beginNs absolute
/// @param endNs absolute, behind the last moment shown
/// @param pixels at least 1
public record Window(long beginNs, long endNs, int pixels) {
  /// Wider than any screen.
  public static final int MOST_PIXELS = 8192;

  public Window {
    if (endNs <= beginNs) {
      throw HttpFailure.bad("'end' must be behind 'begin'");
    }
    if (pixels < 1 || pixels > MOST_PIXELS) {
      throw HttpFailure.bad("'pixels' must be 1 to " + MOST_PIXELS);
    }
  }

  /// Time that a pixel stands for.
  public double pixelNs() {
    return ((double) endNs - beginNs) / pixels;
  }

  /// The pixel border that is next to a time.
  public int pixelOf(long ns) {
    return Math.clamp(Math.round((ns - beginNs) / pixelNs()), 0, pixels);
  }
}
