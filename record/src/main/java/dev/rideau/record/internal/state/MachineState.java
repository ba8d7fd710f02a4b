package dev.rideau.record.internal.state;

import dev.rideau.trace.InternetAddress;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What belongs to no process: devices, interrupts, interfaces, mounts, modules, processors.
final class MachineState {
  private final StateDump dump;

  MachineState(StateDump dump) {
    this.dump = dump;
  }

  void dump() {
    machine();
    processors();
    interrupts();
    blockDevices();
    interfaces();
    mounts();
    modules();
    swaps();
  }

  private void machine() {
    String distribution = "";
    for (String line : ProcFile.lines("/etc/os-release")) {
      if (line.startsWith("PRETTY_NAME=")) {
        distribution = line.substring(12).replace("\"", "");
      }
    }
    long memory = 0;
    for (String line : ProcFile.lines("/proc/meminfo")) {
      if (line.startsWith("MemTotal:")) {
        memory = ProcFile.number(line.replaceAll("[^0-9]", ""), 10);
      }
    }
    dump.put(
        StateEvent.MACHINE,
        ProcFile.line("/proc/sys/kernel/hostname"),
        ProcFile.line("/proc/version"),
        ProcFile.line("/proc/sys/kernel/random/boot_id"),
        distribution,
        memory,
        Runtime.getRuntime().availableProcessors());
  }

  private void processors() {
    Map<String, String> values = new HashMap<>();
    List<String> lines = new ArrayList<>(ProcFile.lines("/proc/cpuinfo"));
    lines.add("");
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        values.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
      } else if (line.isBlank() && values.containsKey("processor")) {
        processor(values);
        values.clear();
      }
    }
  }

  private void processor(Map<String, String> values) {
    int cpu = ProcFile.number(values.getOrDefault("processor", "0"));
    String folder = "/sys/devices/system/cpu/cpu" + cpu + "/cpufreq/";
    long khz = ProcFile.number(ProcFile.line(folder + "scaling_cur_freq"), 10);
    if (khz == 0) {
      String mhz = values.getOrDefault("cpu MHz", "0");
      khz = ProcFile.number(mhz.replaceAll("\\..*", ""), 10) * 1000;
    }
    dump.put(
        StateEvent.CPU_TOPOLOGY,
        System.getProperty("os.arch", ""),
        cpu,
        values.getOrDefault("vendor_id", ""),
        (int) ProcFile.number(values.getOrDefault("cpu family", "0"), 10),
        (int) ProcFile.number(values.getOrDefault("model", "0"), 10),
        values.getOrDefault("model name", ""),
        (int) ProcFile.number(values.getOrDefault("physical id", "0"), 10),
        (int) ProcFile.number(values.getOrDefault("core id", "0"), 10),
        (int) ProcFile.number(values.getOrDefault("cpu cores", "0"), 10),
        khz);
  }

  /// Lines ` 24: count count chip number-flow action, action`.
  private void interrupts() {
    for (int irq : ProcFile.numbers("/sys/kernel/irq")) {
      String folder = "/sys/kernel/irq/" + irq + "/";
      String actions = ProcFile.line(folder + "actions");
      if (!actions.isEmpty()) {
        dump.put(StateEvent.INTERRUPT, irq, ProcFile.line(folder + "chip_name"), actions);
      }
    }
  }

  /// Lines `major minor blocks name`.
  private void blockDevices() {
    Set<String> seen = new HashSet<>();
    for (String line : ProcFile.lines("/proc/partitions")) {
      String[] fields = ProcFile.fields(line, 4);
      if (fields.length == 4 && ProcFile.number(fields[0]) >= 0) {
        int dev = ProcFile.number(fields[0]) << 20 | ProcFile.number(fields[1]);
        dump.put(StateEvent.BLOCK_DEVICE, dev, fields[3], ProcFile.number(fields[2], 10) * 2);
        seen.add(fields[3]);
      }
    }
    // Those without a medium are not in the table.
    for (String name : ProcFile.names("/sys/class/block")) {
      String folder = "/sys/class/block/" + name;
      String number = ProcFile.line(folder + "/dev");
      int colon = number.indexOf(':');
      if (colon > 0 && seen.add(name)) {
        dump.put(
            StateEvent.BLOCK_DEVICE,
            ProcFile.number(number.substring(0, colon)) << 20
                | ProcFile.number(number.substring(colon + 1)),
            name,
            ProcFile.number(ProcFile.line(folder + "/size"), 10));
      }
    }
  }

  /// One record for each address, one without for interfaces that have none.
  private void interfaces() {
    Map<String, List<String>> version6 = version6Addresses();
    for (String name : ProcFile.names("/sys/class/net")) {
      int index = ProcFile.number(ProcFile.line("/sys/class/net/" + name + "/ifindex"));
      if (index < 0) {
        continue;
      }
      List<Integer> version4 = version4Addresses(name);
      List<String> longer = version6.getOrDefault(name, List.of());
      for (int i = 0; i < Math.max(1, Math.max(version4.size(), longer.size())); i++) {
        dump.put(
            StateEvent.NETWORK_INTERFACE,
            name,
            i < version4.size() ? version4.get(i) : 0,
            i < longer.size() ? longer.get(i) : "",
            index);
      }
    }
  }

  private static List<Integer> version4Addresses(String name) {
    List<Integer> addresses = new ArrayList<>();
    try {
      NetworkInterface found = NetworkInterface.getByName(name);
      for (InetAddress address :
          found == null ? List.<InetAddress>of() : found.inetAddresses().toList()) {
        if (address instanceof Inet4Address) {
          byte[] bytes = address.getAddress();
          addresses.add(
              bytes[0] << 24 | (bytes[1] & 0xFF) << 16 | (bytes[2] & 0xFF) << 8 | bytes[3] & 0xFF);
        }
      }
    } catch (SocketException _) {
      // Not ours to see.
    }
    return addresses;
  }

  /// By interface, of lines `address index length scope flags name`; those of the whole world
  /// first.
  private static Map<String, List<String>> version6Addresses() {
    Map<String, List<String>> addresses = new HashMap<>();
    for (String line : ProcFile.lines("/proc/net/if_inet6")) {
      String[] fields = ProcFile.fields(line, 6);
      if (fields.length == 6 && fields[0].length() == 32) {
        List<String> same = addresses.computeIfAbsent(fields[5], _ -> new ArrayList<>());
        boolean isGlobal = ProcFile.number(fields[3], 16) == 0;
        same.add(isGlobal ? 0 : same.size(), version6(fields[0]));
      }
    }
    return addresses;
  }

  private static String version6(String digits) {
    int[] groups = new int[InternetAddress.GROUPS];
    for (int i = 0; i < groups.length; i++) {
      groups[i] = (int) ProcFile.number(digits.substring(i * 4, i * 4 + 4), 16);
    }
    return InternetAddress.version6(groups);
  }

  /// Lines `id parent major:minor root path options ... - type device options`.
  private void mounts() {
    for (String line : ProcFile.lines("/proc/self/mountinfo")) {
      String[] fields = line.split(" ", -1);
      int dash = List.of(fields).indexOf("-");
      int colon = fields.length > 4 ? fields[2].indexOf(':') : -1;
      if (dash > 4 && dash + 2 < fields.length && colon > 0) {
        int dev =
            ProcFile.number(fields[2].substring(0, colon)) << 20
                | ProcFile.number(fields[2].substring(colon + 1));
        dump.put(StateEvent.MOUNT, dev, fields[dash + 2], fields[4], fields[dash + 1]);
      }
    }
  }

  private void modules() {
    for (String line : ProcFile.lines("/proc/modules")) {
      String[] fields = ProcFile.fields(line, 3);
      if (fields.length == 3) {
        dump.put(StateEvent.MODULE, fields[0], ProcFile.number(fields[1], 10));
      }
    }
  }

  private void swaps() {
    for (String line : ProcFile.lines("/proc/swaps")) {
      String[] fields = ProcFile.fields(line, 5);
      if (fields.length == 5 && fields[0].startsWith("/")) {
        dump.put(
            StateEvent.SWAP,
            fields[0],
            ProcFile.number(fields[2], 10),
            ProcFile.number(fields[3], 10));
      }
    }
  }
}
