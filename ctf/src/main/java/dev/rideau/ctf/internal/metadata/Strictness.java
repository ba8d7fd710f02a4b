package dev.rideau.ctf.internal.metadata;

/// What happens when metadata breaks a rule that does not prevent decoding.
public enum Strictness {
  /// The violation is an error, as in a conformance check.
  STRICT,
  /// The violation is reported as a warning and reading goes on, as far as other readers of the
  /// format are known to go: attributes that nobody knows, enumerators that no value can reach.
  LENIENT
}
