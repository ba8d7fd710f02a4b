package dev.rideau.kernel.internal.track.net;

import dev.rideau.kernel.FactBatch;
import dev.rideau.kernel.internal.layout.ModelEvent;
import dev.rideau.kernel.internal.layout.NumberField;
import dev.rideau.kernel.internal.layout.RecordFields;
import dev.rideau.kernel.internal.layout.TextField;
import dev.rideau.kernel.internal.track.Core;
import dev.rideau.kernel.internal.track.Handlers;
import dev.rideau.kernel.internal.track.RecordHandler;
import dev.rideau.kernel.internal.track.Step;
import dev.rideau.kernel.internal.track.TableRows;
import dev.rideau.kernel.internal.track.Tracker;
import dev.rideau.kernel.schema.NetworkTables;
import dev.rideau.trace.Column;
import dev.rideau.trace.ListColumn;
import dev.rideau.trace.LongColumn;

/// Packets at network devices and the devices themselves: the tables `net_packet` and `net_device`.
/// Packets are points.
public final class NetworkTracker implements Tracker {
  private static final long NOT_RECORDED = Long.MIN_VALUE;
  private static final int IPV4_BYTES = 4;
  private static final String[] PACKET_FIELDS = {"skbaddr", "len", "name", "network_header", "rc"};

  private final Core core;
  private final TableRows packets;
  private final NetworkDevices devices;
  private final AddressText text = new AddressText();

  public NetworkTracker(Core core) {
    this.core = core;
    packets = core.rows(NetworkTables.NET_PACKET);
    devices = new NetworkDevices(core);
  }

  @Override
  public void register(Handlers handlers) {
    handlers.on(ModelEvent.NET_DEV_QUEUE, fields -> packet(fields, "queue"), PACKET_FIELDS);
    handlers.on(ModelEvent.NET_DEV_XMIT, fields -> packet(fields, "xmit"), PACKET_FIELDS);
    handlers.on(ModelEvent.NET_IF_RECEIVE_SKB, fields -> packet(fields, "receive"), PACKET_FIELDS);
    handlers.on(
        ModelEvent.STATEDUMP_NETWORK_INTERFACE,
        this::device,
        "name",
        "address_ipv4",
        "address_ipv6");
  }

  private RecordHandler packet(RecordFields fields, String what) {
    TextField device = fields.text("name");
    NumberField bytes = fields.number("len", 0);
    NumberField result = fields.number("rc", NOT_RECORDED);
    NumberField address = fields.number("skbaddr", 0);
    PacketHeaders headers = new PacketHeaders(fields.column("network_header"), core.names());
    int operation = core.names().id(what);
    return (row, ts, cpu) -> {
      FactBatch next = packets.next();
      next.put(ts).put(core.names().id(device.bytes(), device.from(row), device.to(row)));
      next.put(operation).put(bytes.at(row));
      headers.put(next, row);
      // The context becomes a truth value when the rows are finished.
      next.put(cpu).put(core.cpus().thread(cpu)).put(core.cpus().context(cpu));
      next.putOrNull(result.at(row), NOT_RECORDED).put(address.at(row)).end();
    };
  }

  private RecordHandler device(RecordFields fields) {
    TextField name = fields.text("name");
    Column address = fields.column("address_ipv4");
    TextField longer = fields.text("address_ipv6");
    return (row, ts, cpu) -> {
      text.clear();
      // Zero stands for an interface without address.
      if (address instanceof LongColumn number && number.value(row) != 0) {
        text.ipv4(number.value(row));
      } else if (address instanceof ListColumn list
          && list.lengths()[row] == IPV4_BYTES
          && list.elements() instanceof LongColumn elements) {
        text.ipv4(elements.values(), list.offsets()[row]);
      }
      boolean hasShorter = text.length() > 0;
      // Of dumps of ours, which have it as text.
      boolean hasLonger = longer.isRecorded() && longer.to(row) > longer.from(row);
      if (hasShorter || !hasLonger) {
        feed(name, row, ts, cpu);
      }
      if (hasLonger) {
        Step step = step(name, row, ts, cpu);
        step.b = core.names().id(longer.bytes(), longer.from(row), longer.to(row));
        devices.feed(step);
      }
    };
  }

  private Step step(TextField name, int row, long ts, int cpu) {
    Step step = core.step(0, ts, cpu);
    step.a = core.names().id(name.bytes(), name.from(row), name.to(row));
    return step;
  }

  private void feed(TextField name, int row, long ts, int cpu) {
    Step step = step(name, row, ts, cpu);
    step.b =
        text.length() == 0
            ? NetworkDevices.NO_ADDRESS
            : core.names().id(text.bytes(), 0, text.length());
    devices.feed(step);
  }
}
