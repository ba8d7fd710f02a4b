package dev.rideau.ctf.internal.decode;

/// The bytes break a rule. Thrown by [PlainDecoder] only; the fast path has fault codes.
public final class DecodeFault extends Exception {
  private static final long serialVersionUID = 1L;

  private final FaultKind kind;
  private final long offsetBits;

  /// A fault at a bit counted from the start of the packet.
  public DecodeFault(FaultKind kind, String message, long offsetBits) {
    super(message, null, false, false);
    this.kind = kind;
    this.offsetBits = offsetBits;
  }

  /// The rule that is broken.
  public FaultKind kind() {
    return kind;
  }

  /// Where, in bits from the start of the packet.
  public long offsetBits() {
    return offsetBits;
  }

  /// A sentence without full stop.
  public String message() {
    return String.valueOf(getMessage());
  }
}
