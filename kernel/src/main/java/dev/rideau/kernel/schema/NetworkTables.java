package dev.rideau.kernel.schema;

import dev.rideau.kernel.FactTable;
import dev.rideau.kernel.FactType;
import dev.rideau.kernel.Unit;
import java.util.List;

/// Packets and network devices.
public final class NetworkTables {
  public static final FactTable NET_DEVICE =
      FactTable.named("net_device", "A network interface.")
          .column("name", FactType.NAME, "Its name.")
          .nullable("address", FactType.NAME, "An address that it has, one row for each.")
          .build();

  public static final FactTable NET_PACKET =
      FactTable.named("net_packet", "A packet at a network device.")
          .point("When it happened.")
          .column("device", FactType.NAME, "Name of the interface.")
          .column(
              "operation",
              FactType.NAME,
              "`queue` (handed to the device's queue), `xmit` (handed to the driver) or "
                  + "`receive`.")
          .column("bytes", FactType.LONG, Unit.BYTES, "Length.")
          .nullable(
              "protocol",
              FactType.NAME,
              "`tcp`, `udp`, `icmp`, ..., or the ether type where that is all there is.")
          .nullable("source", FactType.NAME, "Source address.")
          .nullable("source_port", FactType.INT, "Source port.")
          .nullable("destination", FactType.NAME, "Destination address.")
          .nullable("destination_port", FactType.INT, "Destination port.")
          .column("cpu", FactType.INT, "The CPU.")
          .nullable(
              "utid",
              FactType.UTID,
              "The thread that ran there; for what is received, the one that was interrupted.")
          .column(
              "in_softirq",
              FactType.BOOLEAN,
              "Whether it happened in a softirq and not in the thread itself.")
          .nullable(
              "result",
              FactType.INT,
              "What the driver returned for a packet that was sent: 0 sent, else refused.")
          .column(
              "packet",
              FactType.LONG,
              "Address of the kernel's buffer, to follow a packet from queue to xmit.")
          .build();

  /// All of the above.
  public static final List<FactTable> ALL = List.of(NET_DEVICE, NET_PACKET);

  private NetworkTables() {}
}
