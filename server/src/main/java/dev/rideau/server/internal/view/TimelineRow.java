package dev.rideau.server.internal.view;

/// A row of the timeline.
///
/// @param id position in [Timeline#rows()]
/// @param parent id of the row that it belongs to, -1 for none
/// @param name for people
/// @param detail more for people, maybe empty
/// @param hasStates whether something is drawn in it
/// @param tid the kernel's id of the thread; of a process its main thread; -1 for none
/// @param pid the kernel's id of the process, -1 for none
/// @param utid our id of the thread, -1 for none
/// @param upid our id of the process, -1 for none
/// @param cpu number of the CPU, -1 for none
/// @param host number of the machine
/// @param number of the device, interrupt or softirq, -1 for none
/// @param beginNs from when on there is something to see
/// @param endNs until when
/// @param busyNs how long it was doing something; of a process the CPU time of all its threads
public record TimelineRow(
    int id,
    int parent,
    RowKind kind,
    String name,
    String detail,
    boolean hasStates,
    long tid,
    long pid,
    long utid,
    long upid,
    int cpu,
    int host,
    long number,
    long beginNs,
    long endNs,
    long busyNs) {

  /// The same with another time of work.
  TimelineRow withBusyNs(long ns) {
    return new TimelineRow(
        id, parent, kind, name, detail, hasStates, tid, pid, utid, upid, cpu, host, number, beginNs,
        endNs, ns);
  }
}
