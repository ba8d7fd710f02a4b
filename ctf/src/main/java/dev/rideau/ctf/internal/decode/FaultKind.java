package dev.rideau.ctf.internal.decode;

/// The rules that the bytes of a data stream can break.
public enum FaultKind {
  /// Not a fault of the stream: the bytes at hand end before the packet's content does.
  NEEDS_MORE_BYTES("needs-more-bytes", ""),
  BEYOND_CONTENT(
      "beyond-packet-content",
      "The packet is damaged or its metadata belongs to another trace; records before are good."),
  BEYOND_DATA(
      "beyond-end-of-data",
      "The file was cut off; copy it again from where it was recorded. Records before are good."),
  UNKNOWN_DATA_STREAM_CLASS(
      "unknown-data-stream-class",
      "The file does not belong to this metadata, or its packet header is damaged."),
  UNKNOWN_EVENT_CLASS(
      "unknown-event-class",
      "The metadata is older than the stream or the stream is damaged; records before are good."),
  INVALID_SELECTOR(
      "invalid-selector",
      "The tracer wrote a selector that its metadata does not know, or the stream is damaged."),
  BYTE_ORDER_CHANGE(
      "byte-order-change-inside-byte",
      "Metadata puts fields of different byte orders into one byte; the tracer must align them."),
  OVERSIZED_INTEGER(
      "oversized-variable-length-integer",
      "The stream is damaged here, or its integers exceed the 64 bits that can be read."),
  TOTAL_LENGTH_NOT_BYTES(
      "packet-length-not-multiple-of-8", "The packet context is damaged; packets before are good."),
  CONTENT_EXCEEDS_TOTAL(
      "packet-content-exceeds-total", "The packet context is damaged; packets before are good."),
  TOTAL_TOO_SMALL(
      "packet-total-length-too-small", "The packet context is damaged; packets before are good."),
  CONTENT_TOO_SMALL(
      "packet-content-length-too-small", "The packet context is damaged; packets before are good."),
  EMPTY_RECORD(
      "empty-event-record",
      "Metadata describes records of no bits, which could repeat for ever; the tracer must fix it."),
  DISAGREEMENT(
      "decoders-disagree", "Please report this with the trace: it is a fault of Rideau itself."),
  TOO_LONG(
      "field-too-long", "The length field is damaged, or the field is larger than can be read.");

  private final String rule;
  private final String advice;

  FaultKind(String rule, String advice) {
    this.rule = rule;
    this.advice = advice;
  }

  /// Stable name of the rule for diagnostics.
  public String rule() {
    return rule;
  }

  /// What the user can do.
  public String advice() {
    return advice;
  }
}
