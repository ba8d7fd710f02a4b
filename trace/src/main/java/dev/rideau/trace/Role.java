package dev.rideau.trace;

/// What a field means to the decoder, whatever its name.
public enum Role {
  PACKET_MAGIC_NUMBER("packet-magic-number"),
  METADATA_STREAM_UUID("metadata-stream-uuid"),
  DATA_STREAM_CLASS_ID("data-stream-class-id"),
  DATA_STREAM_ID("data-stream-id"),
  PACKET_TOTAL_LENGTH("packet-total-length"),
  PACKET_CONTENT_LENGTH("packet-content-length"),
  DEFAULT_CLOCK_TIMESTAMP("default-clock-timestamp"),
  PACKET_END_DEFAULT_CLOCK_TIMESTAMP("packet-end-default-clock-timestamp"),
  DISCARDED_EVENT_COUNTER_SNAPSHOT("discarded-event-record-counter-snapshot"),
  PACKET_SEQUENCE_NUMBER("packet-sequence-number"),
  EVENT_CLASS_ID("event-record-class-id");

  private final String label;

  Role(String label) {
    this.label = label;
  }

  /// The name that CTF 2 gives the role.
  public String label() {
    return label;
  }
}
