package dev.rideau.record.internal.state;

import dev.rideau.trace.InternetAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The tables of sockets in `/proc/PID/net`, one set for each network namespace.
final class Sockets {
  /// A socket.
  ///
  /// @param local address and port, or path
  /// @param state the kernel's number: 1 established, 10 listening
  record Socket(String protocol, String local, String remote, int state) {}

  private final Map<String, Map<Long, Socket>> tables = new HashMap<>();

  @Nullable Socket find(int pid, long inode) {
    String namespace = ProcFile.link("/proc/" + pid + "/ns/net");
    return tables.computeIfAbsent(namespace, _ -> read(pid)).get(inode);
  }

  private static Map<Long, Socket> read(int pid) {
    Map<Long, Socket> sockets = new HashMap<>();
    for (String protocol : new String[] {"tcp", "tcp6", "udp", "udp6"}) {
      for (String line : ProcFile.lines("/proc/" + pid + "/net/" + protocol)) {
        // sl local remote st tx:rx tr:when retransmits uid timeout inode
        String[] fields = ProcFile.fields(line, 11);
        if (fields.length > 9 && fields[0].endsWith(":")) {
          Socket socket =
              new Socket(
                  protocol,
                  address(fields[1]),
                  address(fields[2]),
                  (int) ProcFile.number(fields[3], 16));
          sockets.put(ProcFile.number(fields[9], 10), socket);
        }
      }
    }
    for (String line : ProcFile.lines("/proc/" + pid + "/net/unix")) {
      // Num RefCount Protocol Flags Type St Inode Path
      String[] fields = ProcFile.fields(line, 8);
      if (fields.length >= 7 && fields[0].endsWith(":")) {
        String path = fields.length == 8 ? fields[7] : "";
        int state = (int) ProcFile.number(fields[5], 16);
        sockets.put(ProcFile.number(fields[6], 10), new Socket("unix", path, "", state));
      }
    }
    return sockets;
  }

  /// `0100007F:1F90` is 127.0.0.1:8080: words in the machine's order, the port as a number.
  private static String address(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      return text;
    }
    String digits = text.substring(0, colon);
    long port = ProcFile.number(text.substring(colon + 1), 16);
    StringBuilder address = new StringBuilder();
    if (digits.length() == 8) {
      long word = ProcFile.number(digits, 16);
      for (int i = 0; i < 4; i++) {
        address.append(i == 0 ? "" : ".").append(word >>> i * 8 & 0xFF);
      }
    } else {
      int[] groups = new int[InternetAddress.GROUPS];
      for (int i = 0; i + 8 <= digits.length() && i < 32; i += 8) {
        int word = Integer.reverseBytes((int) ProcFile.number(digits.substring(i, i + 8), 16));
        groups[i / 4] = word >>> 16;
        groups[i / 4 + 1] = word & 0xFFFF;
      }
      address.append('[').append(InternetAddress.version6(groups));
      address.append(']');
    }
    return address.append(':').append(port).toString();
  }
}
