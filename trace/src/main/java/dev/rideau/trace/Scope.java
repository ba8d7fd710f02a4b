package dev.rideau.trace;

/// The six root structures of a packet and of an event record, in the order in which they are
/// encoded.
public enum Scope {
  PACKET_HEADER("packet-header"),
  PACKET_CONTEXT("packet-context"),
  EVENT_HEADER("event-record-header"),
  COMMON_CONTEXT("event-record-common-context"),
  SPECIFIC_CONTEXT("event-record-specific-context"),
  PAYLOAD("event-record-payload");

  private final String label;

  Scope(String label) {
    this.label = label;
  }

  /// The name that CTF 2 gives the scope, as used in field locations and in messages.
  public String label() {
    return label;
  }

  /// Whether the scope belongs to a packet and not to a single event record.
  public boolean isOfPacket() {
    return this == PACKET_HEADER || this == PACKET_CONTEXT;
  }
}
