package dev.rideau.kernel.schema;

import dev.rideau.kernel.FactTable;
import dev.rideau.kernel.FactType;
import dev.rideau.kernel.Unit;
import java.util.List;

/// What the state dump found on the machine; a row for each time that it found it. Processes, open
/// files, network interfaces, disks and interrupts have tables elsewhere.
public final class MachineTables {
  private static final String WHEN = "When the state dump found it.";
  private static final String PROCESS = "The process.";

  public static final FactTable MACHINE =
      FactTable.named("machine", "The machine, as `rideau record` found it.")
          .point(WHEN)
          .column("hostname", FactType.NAME, "Its name.")
          .column("kernel", FactType.TEXT, "The kernel, with release and compiler.")
          .column("boot_id", FactType.TEXT, "Another one after each start of the kernel.")
          .column("distribution", FactType.NAME, "What `/etc/os-release` calls the system.")
          .column("memory", FactType.LONG, Unit.BYTES, "Memory in all.")
          .column("cpus", FactType.INT, "CPUs that programs may use.")
          .build();

  public static final FactTable CPU_TOPOLOGY =
      FactTable.named("cpu_topology", "A CPU and where it sits.")
          .point(WHEN)
          .column("cpu", FactType.INT, "Its number.")
          .column("architecture", FactType.NAME, "`amd64`, `aarch64`, ...")
          .column("vendor", FactType.NAME, "Who made it.")
          .column("model_name", FactType.NAME, "What it is called.")
          .nullable("family", FactType.INT, "The vendor's number of the family.")
          .nullable("model", FactType.INT, "The vendor's number of the model.")
          .nullable("package", FactType.INT, "The chip that it is part of.")
          .nullable("core", FactType.INT, "The core of that chip that it is a thread of.")
          .nullable("cores", FactType.INT, "Number of cores of the chip.")
          .nullable("frequency", FactType.LONG, Unit.KILOHERTZ, "How fast it ran.")
          .build();

  public static final FactTable SOCKET =
      FactTable.named("socket", "A socket that a process had open when `rideau record` began.")
          .point(WHEN)
          .nullable("upid", FactType.UPID, PROCESS)
          .column("fd", FactType.INT, "The descriptor.")
          .column("inode", FactType.LONG, "Number of the socket; processes may share it.")
          .column("protocol", FactType.NAME, "`tcp`, `tcp6`, `udp`, `udp6` or `unix`.")
          .column("local", FactType.TEXT, "Address and port here; of `unix` the path.")
          .column("remote", FactType.TEXT, "Address and port of the peer.")
          .column(
              "state",
              FactType.INT,
              "The number that the kernel gives its state; 1 is connected, of TCP 10 listens.")
          .build();

  public static final FactTable FILE_MAPPING =
      FactTable.named("file_mapping", "A file that a process had mapped into its memory.")
          .point(WHEN)
          .nullable("upid", FactType.UPID, PROCESS)
          .column("address", FactType.LONG, "Begin of the mapping.")
          .column("bytes", FactType.LONG, Unit.BYTES, "Its length.")
          .column("offset", FactType.LONG, Unit.BYTES, "Where in the file it begins.")
          .column("access", FactType.NAME, "`rwx` with a dash for each that is not allowed.")
          .column("inode", FactType.LONG, "Number of the file.")
          .nullable("path", FactType.TEXT, "The file; LTTng does not tell it.")
          .build();

  public static final FactTable MOUNT =
      FactTable.named("mount", "A mounted file system.")
          .point(WHEN)
          .column("major", FactType.INT, "Major number of its device.")
          .column("minor", FactType.INT, "Minor number.")
          .column("device", FactType.TEXT, "What is mounted.")
          .column("path", FactType.TEXT, "Where.")
          .column("type", FactType.NAME, "Kind of the file system.")
          .build();

  public static final FactTable KERNEL_MODULE =
      FactTable.named("kernel_module", "A module of the kernel that was loaded.")
          .point(WHEN)
          .column("name", FactType.NAME, "Its name.")
          .column("bytes", FactType.LONG, Unit.BYTES, "Memory that it takes.")
          .build();

  public static final FactTable SWAP_SPACE =
      FactTable.named("swap_space", "A file or partition that memory is swapped to.")
          .point(WHEN)
          .column("path", FactType.TEXT, "The file or partition.")
          .column("bytes", FactType.LONG, Unit.BYTES, "Its size.")
          .column("used", FactType.LONG, Unit.BYTES, "How much of it was in use.")
          .build();

  /// All of the above.
  public static final List<FactTable> ALL =
      List.of(MACHINE, CPU_TOPOLOGY, SOCKET, FILE_MAPPING, MOUNT, KERNEL_MODULE, SWAP_SPACE);

  private MachineTables() {}
}
