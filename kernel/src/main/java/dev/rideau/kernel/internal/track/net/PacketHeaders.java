package dev.rideau.kernel.internal.track.net;

import dev.rideau.kernel.FactBatch;
import dev.rideau.kernel.internal.track.NameCache;
import dev.rideau.trace.Column;
import dev.rideau.trace.VariantColumn;
import org.jspecify.annotations.Nullable;

/// Writes protocol, addresses and ports of the packets of one event class, where it records
/// headers.
final class PacketHeaders {
  private static final long NO_PORT = -1;
  private static final int COLUMNS = 5;

  private final @Nullable VariantColumn variant;
  private final @Nullable PacketHeader[] headers;
  private final NameCache names;
  private final AddressText text = new AddressText();
  private final int[] protocols = new int[256];

  /// @param column the field with the headers, null when there is none
  PacketHeaders(@Nullable Column column, NameCache names) {
    this.names = names;
    variant = column instanceof VariantColumn options ? options : null;
    headers = new PacketHeader[variant == null ? 0 : variant.optionCount()];
    for (int i = 0; i < headers.length; i++) {
      headers[i] = variant == null ? null : PacketHeader.of(variant.option(i));
    }
    for (int i = 0; i < protocols.length; i++) {
      protocols[i] = -1;
    }
  }

  /// Writes the columns from `protocol` to `destination_port`.
  void put(FactBatch batch, int row) {
    VariantColumn options = variant;
    PacketHeader header = null;
    if (options != null) {
      int selected = options.selected()[row];
      header = selected >= 0 ? headers[selected] : null;
    }
    if (header == null) {
      for (int i = 0; i < COLUMNS; i++) {
        batch.putNull();
      }
      return;
    }
    batch.put(protocol(header.protocol(row)));
    putAddress(batch, header.source(row, text));
    batch.putOrNull(header.port(row, "source_port", NO_PORT), NO_PORT);
    putAddress(batch, header.destination(row, text));
    batch.putOrNull(header.port(row, "dest_port", NO_PORT), NO_PORT);
  }

  private void putAddress(FactBatch batch, boolean isKnown) {
    if (isKnown) {
      batch.put(names.id(text.bytes(), 0, text.length()));
    } else {
      batch.putNull();
    }
  }

  private int protocol(int number) {
    if (protocols[number] < 0) {
      protocols[number] = names.id(name(number));
    }
    return protocols[number];
  }

  private static String name(int number) {
    return switch (number) {
      case 1 -> "icmp";
      case 2 -> "igmp";
      case 6 -> "tcp";
      case 17 -> "udp";
      case 47 -> "gre";
      case 50 -> "esp";
      case 58 -> "icmpv6";
      case 132 -> "sctp";
      default -> "ip-" + number;
    };
  }
}
