package dev.rideau.kernel.internal.track.net;

import dev.rideau.trace.Column;
import dev.rideau.trace.ListColumn;
import dev.rideau.trace.LongColumn;
import dev.rideau.trace.StructColumn;
import dev.rideau.trace.VariantColumn;
import org.jspecify.annotations.Nullable;

/// The header of one network protocol in the batches of one event class: IPv4 or IPv6 with what it
/// carries.
///
/// ```
/// { ... protocol | nexthdr, saddr[], daddr[], transport_header <{}, { source_port, dest_port }, ...> }
/// ```
final class PacketHeader {
  private static final int IPV4_ELEMENTS = 4;
  private static final int IPV6_ELEMENTS = 8;

  private final LongColumn protocol;
  private final ListColumn source;
  private final ListColumn destination;
  private final @Nullable VariantColumn transport;

  private PacketHeader(
      LongColumn protocol,
      ListColumn source,
      ListColumn destination,
      @Nullable VariantColumn transport) {
    this.protocol = protocol;
    this.source = source;
    this.destination = destination;
    this.transport = transport;
  }

  /// The header in a structure, or null when it is none.
  static @Nullable PacketHeader of(Column column) {
    if (!(column instanceof StructColumn header)) {
      return null;
    }
    Column protocol = header.member("protocol");
    if (protocol == null) {
      protocol = header.member("nexthdr");
    }
    return protocol instanceof LongColumn number
            && header.member("saddr") instanceof ListColumn source
            && header.member("daddr") instanceof ListColumn destination
        ? new PacketHeader(
            number,
            source,
            destination,
            header.member("transport_header") instanceof VariantColumn transport ? transport : null)
        : null;
  }

  /// IANA's number of the protocol above.
  int protocol(int row) {
    return (int) protocol.value(row) & 0xff;
  }

  /// Writes the source address.
  ///
  /// @return false when it is of an unknown kind
  boolean source(int row, AddressText text) {
    return address(source, row, text);
  }

  /// Writes the destination address.
  ///
  /// @return false when it is of an unknown kind
  boolean destination(int row, AddressText text) {
    return address(destination, row, text);
  }

  private static boolean address(ListColumn column, int row, AddressText text) {
    if (!(column.elements() instanceof LongColumn elements)) {
      return false;
    }
    int from = column.offsets()[row];
    switch (column.lengths()[row]) {
      case IPV4_ELEMENTS -> text.ipv4(elements.values(), from);
      case IPV6_ELEMENTS -> text.ipv6(elements.values(), from);
      default -> {
        return false;
      }
    }
    return true;
  }

  /// A port of what the packet carries, by the name of its field, or `absent`.
  long port(int row, String name, long absent) {
    VariantColumn headers = transport;
    if (headers == null) {
      return absent;
    }
    int selected = headers.selected()[row];
    return selected >= 0
            && headers.option(selected) instanceof StructColumn header
            && header.member(name) instanceof LongColumn port
        ? port.value(row) & 0xffff
        : absent;
  }
}
