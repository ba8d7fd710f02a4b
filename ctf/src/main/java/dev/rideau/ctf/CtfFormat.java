package dev.rideau.ctf;

/// The versions of the Common Trace Format that [CtfWriter] writes.
public enum CtfFormat {
  /// Metadata in TSDL: what most programs read.
  CTF_1_8,
  /// Metadata in JSON.
  CTF_2
}
