package dev.rideau.trace;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/// How the characters of a string field are encoded.
public enum TextEncoding {
  UTF_8("utf-8", StandardCharsets.UTF_8, 1),
  UTF_16BE("utf-16be", StandardCharsets.UTF_16BE, 2),
  UTF_16LE("utf-16le", StandardCharsets.UTF_16LE, 2),
  UTF_32BE("utf-32be", StandardCharsets.UTF_32BE, 4),
  UTF_32LE("utf-32le", StandardCharsets.UTF_32LE, 4);

  private final String label;
  private final Charset charset;
  private final int unitBytes;

  TextEncoding(String label, Charset charset, int unitBytes) {
    this.label = label;
    this.charset = charset;
    this.unitBytes = unitBytes;
  }

  /// The name that CTF 2 gives the encoding.
  public String label() {
    return label;
  }

  /// The decoder of the standard library for it.
  public Charset charset() {
    return charset;
  }

  /// Length of a code unit, and so of the terminator, in bytes.
  public int unitBytes() {
    return unitBytes;
  }
}
