package dev.rideau.record.internal.state;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/// An event of the state dump: declared once, from which follow its format file and its bytes (see
/// [StateLayout]).
///
/// Names of events and fields are those of LTTng's state dump where it has them, so that what reads
/// one reads the other.
enum StateEvent {
  START("lttng_statedump_start"),
  END("lttng_statedump_end"),
  PROCESS_STATE(
      "lttng_statedump_process_state",
      "int tid",
      "int pid",
      "int ppid",
      "text name",
      "int type",
      "int mode",
      "int submode",
      "int status",
      "unsigned int cpu",
      "u64 file_table_address"),
  PID_NS(
      "lttng_statedump_process_pid_ns",
      "int tid",
      "int vtid",
      "int vpid",
      "int vppid",
      "unsigned int ns_level",
      "unsigned int ns_inum"),
  MNT_NS("lttng_statedump_process_mnt_ns", "int tid", "unsigned int ns_inum"),
  NET_NS("lttng_statedump_process_net_ns", "int tid", "unsigned int ns_inum"),
  USER_NS(
      "lttng_statedump_process_user_ns",
      "int tid",
      "unsigned int vuid",
      "unsigned int vgid",
      "unsigned int ns_inum"),
  CGROUP_NS("lttng_statedump_process_cgroup_ns", "int tid", "unsigned int ns_inum"),
  IPC_NS("lttng_statedump_process_ipc_ns", "int tid", "unsigned int ns_inum"),
  TIME_NS("lttng_statedump_process_time_ns", "int tid", "unsigned int ns_inum"),
  UTS_NS("lttng_statedump_process_uts_ns", "int tid", "unsigned int ns_inum"),
  FILE_DESCRIPTOR(
      "lttng_statedump_file_descriptor",
      "int pid",
      "int fd",
      "unsigned int flags",
      "unsigned int fmode",
      "u64 file_table_address",
      "text filename"),
  SOCKET(
      "rideau_statedump_socket",
      "int pid",
      "int fd",
      "u64 inode",
      "text protocol",
      "text local",
      "text remote",
      "int state"),
  VM_MAP(
      "lttng_statedump_vm_map",
      "int pid",
      "u64 start",
      "u64 end",
      "u64 flags",
      "u64 inode",
      "u64 pgoff",
      "text filename"),
  NETWORK_INTERFACE(
      "lttng_statedump_network_interface",
      "text name",
      "unsigned int address_ipv4",
      "text address_ipv6",
      "int ifindex"),
  BLOCK_DEVICE("lttng_statedump_block_device", "unsigned int dev", "text diskname", "u64 sectors"),
  INTERRUPT("lttng_statedump_interrupt", "unsigned int irq", "text name", "text action"),
  CPU_TOPOLOGY(
      "lttng_statedump_cpu_topology",
      "text architecture",
      "unsigned int cpu_id",
      "text vendor",
      "unsigned int family",
      "unsigned int model",
      "text model_name",
      "unsigned int physical_id",
      "unsigned int core_id",
      "unsigned int cores",
      "u64 frequency_khz"),
  MODULE("rideau_statedump_module", "text name", "u64 size"),
  MOUNT("rideau_statedump_mount", "unsigned int dev", "text device", "text path", "text type"),
  SWAP("rideau_statedump_swap", "text filename", "u64 size_kb", "u64 used_kb"),
  MACHINE(
      "rideau_statedump_machine",
      "text hostname",
      "text kernel",
      "text boot_id",
      "text distribution",
      "u64 memory_kb",
      "unsigned int cpus");

  /// Above all ids that a kernel gives.
  private static final int FIRST_ID = 64_000;

  private static final List<StateLayout> LAYOUTS =
      Arrays.stream(values()).map(StateLayout::new).toList();

  private final String title;

  /// Between commas.
  private final String fields;

  StateEvent(String title, String... fields) {
    this.title = title;
    this.fields = String.join(",", fields);
  }

  int id() {
    return FIRST_ID + ordinal();
  }

  String title() {
    return title;
  }

  /// The declarations of the fields: type and name.
  List<String> fields() {
    return fields.isEmpty() ? List.of() : List.of(fields.split(",", -1));
  }

  /// The text of a format file.
  String format() {
    return LAYOUTS.get(ordinal()).format();
  }

  /// The bytes of a record.
  ///
  /// @param tid who made it
  /// @param values `Integer`, `Long` or `String`, one for each field
  ByteBuffer record(int tid, Object... values) {
    return LAYOUTS.get(ordinal()).record(tid, values);
  }
}
