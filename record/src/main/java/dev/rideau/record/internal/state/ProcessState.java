package dev.rideau.record.internal.state;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Processes, their threads, namespaces, open files, sockets and memory maps.
final class ProcessState {
  private static final int MOST_MAPS = 2000;

  /// Namespaces can be 32 levels deep.
  private static final int MOST_LEVELS = 33;

  private static final List<String> NAMESPACES =
      List.of("pid", "mnt", "net", "user", "cgroup", "ipc", "time", "uts");

  private static final int FMODE_READ = 1;
  private static final int FMODE_WRITE = 2;

  private final StateDump dump;
  private final Sockets sockets = new Sockets();

  /// Processes there have no other ids than those that `/proc` shows; 0 when there is no such.
  private final int ownPidNamespace = ownPidNamespace();

  ProcessState(StateDump dump) {
    this.dump = dump;
  }

  void dump() {
    for (int pid : ProcFile.numbers("/proc")) {
      process(pid);
    }
  }

  private void process(int pid) {
    String folder = "/proc/" + pid;
    List<Integer> tids = ProcFile.numbers(folder + "/task");
    Map<String, Integer> namespaces = namespaces(folder);
    Owner owner = owner(folder);
    boolean kernel = false;
    for (int tid : tids) {
      String stat = ProcFile.line(folder + "/task/" + tid + "/stat");
      int open = stat.indexOf('(');
      int close = stat.lastIndexOf(')');
      if (open < 0 || close < open) {
        continue;
      }
      String name = stat.substring(open + 1, close);
      String[] fields = ProcFile.fields(stat.substring(close + 1), 40);
      if (fields.length < 38) {
        continue;
      }
      int ppid = Math.max(0, ProcFile.number(fields[1]));
      // PF_KTHREAD
      kernel = (ProcFile.number(fields[6], 10) & 0x0020_0000) != 0;
      dump.comm(tid, name);
      dump.put(
          StateEvent.PROCESS_STATE,
          tid,
          pid,
          ppid,
          name,
          kernel ? 1 : 0,
          kernel ? 2 : 1,
          0,
          status(fields[0]),
          Math.max(0, ProcFile.number(fields[36])),
          (long) pid);
      namespaceIds(folder, pid, tid, owner, namespaces);
    }
    if (!kernel && !tids.isEmpty()) {
      files(pid, folder);
      maps(pid, folder);
    }
  }

  /// LTTng's numbers: 2 waits for the processor, 3 runs, 5 is blocked, 7 is dead, 6 is stopped.
  private static int status(String letter) {
    return switch (letter) {
      case "R" -> 2;
      case "Z" -> 6;
      case "X" -> 7;
      default -> 5;
    };
  }

  /// `pid:[4026531836]`, by name.
  private static Map<String, Integer> namespaces(String folder) {
    Map<String, Integer> found = new HashMap<>();
    for (String name : NAMESPACES) {
      String link = ProcFile.link(folder + "/ns/" + name);
      int id = namespaceId(link);
      if (id != 0) {
        found.put(name, id);
      }
    }
    return found;
  }

  private static int namespaceId(String link) {
    int open = link.indexOf('[');
    return open >= 0 && link.endsWith("]")
        ? (int) ProcFile.number(link.substring(open + 1, link.length() - 1), 10)
        : 0;
  }

  private static int ownPidNamespace() {
    String levels = ProcFile.value(ProcFile.text("/proc/self/status"), "NSpid:");
    return ProcFile.fields(levels, 2).length == 1
        ? namespaceId(ProcFile.link("/proc/self/ns/pid"))
        : 0;
  }

  /// Whose a process is: the ids that it acts as.
  private record Owner(int user, int group) {}

  /// Lines `Uid: real effective saved files`.
  private static Owner owner(String folder) {
    String status = ProcFile.text(folder + "/status");
    return new Owner(effective(status, "Uid:"), effective(status, "Gid:"));
  }

  private static int effective(String status, String key) {
    String[] ids = ProcFile.fields(ProcFile.value(status, key), 4);
    return ids.length < 2 ? 0 : (int) ProcFile.number(ids[1], 10);
  }

  private void namespaceIds(
      String folder, int pid, int tid, Owner owner, Map<String, Integer> namespaces) {
    Integer pidNamespace = namespaces.get("pid");
    if (pidNamespace != null) {
      pidNamespace(folder, pid, tid, pidNamespace);
    }
    put(StateEvent.MNT_NS, tid, namespaces.get("mnt"));
    put(StateEvent.NET_NS, tid, namespaces.get("net"));
    Integer userNamespace = namespaces.get("user");
    if (userNamespace != null) {
      dump.put(StateEvent.USER_NS, tid, owner.user(), owner.group(), userNamespace);
    }
    put(StateEvent.CGROUP_NS, tid, namespaces.get("cgroup"));
    put(StateEvent.IPC_NS, tid, namespaces.get("ipc"));
    put(StateEvent.TIME_NS, tid, namespaces.get("time"));
    put(StateEvent.UTS_NS, tid, namespaces.get("uts"));
  }

  private void put(StateEvent event, int tid, @org.jspecify.annotations.Nullable Integer id) {
    if (id != null) {
      dump.put(event, tid, id);
    }
  }

  /// The ids in every namespace from the machine's to the process's own.
  private void pidNamespace(String folder, int pid, int tid, int id) {
    if (id == ownPidNamespace) {
      dump.put(StateEvent.PID_NS, tid, tid, pid, 0, 0, id);
      return;
    }
    String status = ProcFile.text(folder + "/task/" + tid + "/status");
    String[] tids = ProcFile.fields(ProcFile.value(status, "NSpid:"), MOST_LEVELS);
    String[] tgids = ProcFile.fields(ProcFile.value(status, "NStgid:"), MOST_LEVELS);
    for (int level = 0; level < tids.length && level < tgids.length; level++) {
      dump.put(
          StateEvent.PID_NS,
          tid,
          ProcFile.number(tids[level]),
          ProcFile.number(tgids[level]),
          0,
          level,
          level == tids.length - 1 ? id : 0);
    }
  }

  private void files(int pid, String folder) {
    for (int fd : ProcFile.numbers(folder + "/fd")) {
      String name = ProcFile.link(folder + "/fd/" + fd);
      if (name.isEmpty()) {
        continue;
      }
      String info = ProcFile.text(folder + "/fdinfo/" + fd);
      int flags = (int) ProcFile.number(ProcFile.value(info, "flags:"), 8);
      // O_RDONLY, O_WRONLY, O_RDWR are 0, 1, 2.
      int mode = (flags & 3) + 1 & (FMODE_READ | FMODE_WRITE);
      dump.put(StateEvent.FILE_DESCRIPTOR, pid, fd, flags, mode, (long) pid, name);
      if (name.startsWith("socket:[")) {
        long inode = ProcFile.number(name.substring(8, name.length() - 1), 10);
        Sockets.Socket socket = sockets.find(pid, inode);
        if (socket != null) {
          dump.put(
              StateEvent.SOCKET,
              pid,
              fd,
              inode,
              socket.protocol(),
              socket.local(),
              socket.remote(),
              socket.state());
        }
      }
    }
  }

  /// Lines `start-end rwxp offset major:minor inode path`; those of files only.
  private void maps(int pid, String folder) {
    int count = 0;
    for (String line : ProcFile.lines(folder + "/maps")) {
      int path = line.indexOf('/');
      if (path < 0) {
        continue;
      }
      String[] fields = ProcFile.fields(line, 6);
      int dash = fields[0].indexOf('-');
      if (fields.length < 6 || dash < 0) {
        continue;
      }
      if (++count > MOST_MAPS) {
        return;
      }
      long flags = 0;
      for (int i = 0; i < 3; i++) {
        // VM_READ, VM_WRITE, VM_EXEC
        flags |= fields[1].charAt(i) == '-' ? 0 : 1L << i;
      }
      dump.put(
          StateEvent.VM_MAP,
          pid,
          ProcFile.number(fields[0].substring(0, dash), 16),
          ProcFile.number(fields[0].substring(dash + 1), 16),
          flags,
          ProcFile.number(fields[4], 10),
          ProcFile.number(fields[2], 16) >>> 12,
          line.substring(path));
    }
  }
}
