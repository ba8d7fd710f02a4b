package dev.rideau.cli.internal.text;

/// How timestamps look.
public enum TimestampStyle {
  /// `13:05:02.123456789`.
  CLOCK,
  /// `2026-01-31 13:05:02.123456789`.
  DATE,
  /// `1769864702.123456789`.
  SECONDS,
  /// `00000001967640734196`, the value of the clock itself.
  CYCLES
}
