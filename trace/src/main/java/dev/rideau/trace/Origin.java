package dev.rideau.trace;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The place in the input that a diagnostic is about, as far as it is known.
///
/// @param file the file
/// @param stream name of the data stream
/// @param packet index of the packet in its stream, -1 when not in a packet
/// @param offsetBits bit in the file, -1 when unknown
/// @param line line of a text, from 1; 0 when not a text
/// @param column column in the line, from 1; 0 when not a text
public record Origin(
    @Nullable Path file,
    @Nullable String stream,
    int packet,
    long offsetBits,
    int line,
    int column) {

  /// Nowhere in particular.
  public static final Origin NONE = new Origin(null, null, -1, -1, 0, 0);

  /// A whole file.
  public static Origin ofFile(Path file) {
    return new Origin(file, null, -1, -1, 0, 0);
  }

  /// A place in a text.
  public static Origin ofText(@Nullable Path file, int line, int column) {
    return new Origin(file, null, -1, -1, line, column);
  }

  /// A bit of a data stream.
  public static Origin ofBit(Path file, String stream, int packet, long offsetBits) {
    return new Origin(file, stream, packet, offsetBits, 0, 0);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    if (file != null) {
      text.append(file);
    }
    if (line > 0) {
      text.append(':').append(line).append(':').append(column);
    }
    if (packet >= 0) {
      text.append(text.isEmpty() ? "" : ", ").append("packet ").append(packet);
    }
    if (offsetBits >= 0) {
      text.append(text.isEmpty() ? "" : ", ").append("bit ").append(offsetBits);
      text.append(" (byte ").append(offsetBits >> 3).append(')');
    }
    return text.toString();
  }
}
