package dev.rideau.kernel.internal.track.net;

import dev.rideau.kernel.internal.track.Core;
import dev.rideau.kernel.internal.track.Sequence;
import dev.rideau.kernel.internal.track.Step;
import dev.rideau.kernel.internal.track.TableRows;
import dev.rideau.kernel.schema.NetworkTables;
import java.util.LinkedHashSet;
import java.util.Set;

/// The network interfaces that state dumps name: the name's id in `a`, the address's in `b`.
final class NetworkDevices extends Sequence {
  static final long NO_ADDRESS = -1;

  private record Device(long name, long address) {}

  private final TableRows rows;
  private final Set<Device> devices = new LinkedHashSet<>();

  NetworkDevices(Core core) {
    super(core);
    rows = core.rows(NetworkTables.NET_DEVICE);
  }

  @Override
  protected void step(Step step) {
    devices.add(new Device(step.a, step.b));
  }

  @Override
  protected void end(long key, long[] words, int at, long endNs) {
    for (Device device : devices) {
      rows.next().put(device.name).putOrNull(device.address, NO_ADDRESS).end();
    }
  }
}
