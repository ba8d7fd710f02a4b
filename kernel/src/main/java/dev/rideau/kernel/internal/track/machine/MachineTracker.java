package dev.rideau.kernel.internal.track.machine;

import dev.rideau.kernel.FactBatch;
import dev.rideau.kernel.internal.layout.ModelEvent;
import dev.rideau.kernel.internal.layout.NumberField;
import dev.rideau.kernel.internal.layout.RecordFields;
import dev.rideau.kernel.internal.layout.TextField;
import dev.rideau.kernel.internal.track.Core;
import dev.rideau.kernel.internal.track.Handlers;
import dev.rideau.kernel.internal.track.RecordHandler;
import dev.rideau.kernel.internal.track.TableRows;
import dev.rideau.kernel.internal.track.Tracker;
import dev.rideau.kernel.schema.MachineTables;

/// Reads what the state dump tells of the machine: a row for each record.
public final class MachineTracker implements Tracker {
  private static final long NO_NUMBER = Long.MIN_VALUE;
  private static final int KIB_BITS = 10;
  private static final int PAGE_BITS = 12;
  private static final int MINOR_BITS = 20;

  private final Core core;

  public MachineTracker(Core core) {
    this.core = core;
  }

  @Override
  public void register(Handlers handlers) {
    handlers.on(
        ModelEvent.STATEDUMP_MACHINE,
        this::machine,
        "hostname",
        "kernel",
        "boot_id",
        "distribution",
        "memory_kb",
        "cpus");
    handlers.on(
        ModelEvent.STATEDUMP_CPU_TOPOLOGY,
        this::processor,
        "cpu_id",
        "architecture",
        "vendor",
        "model_name",
        "family",
        "model",
        "physical_id",
        "core_id",
        "cores",
        "frequency_khz");
    handlers.on(
        ModelEvent.STATEDUMP_SOCKET,
        this::socket,
        "pid",
        "fd",
        "inode",
        "protocol",
        "local",
        "remote",
        "state");
    handlers.on(
        ModelEvent.STATEDUMP_VM_MAP,
        this::mapping,
        "pid",
        "start",
        "end",
        "pgoff",
        "flags",
        "inode",
        "filename");
    handlers.on(ModelEvent.STATEDUMP_MOUNT, this::mount, "dev", "device", "path", "type");
    handlers.on(ModelEvent.STATEDUMP_MODULE, this::module, "name", "size");
    handlers.on(ModelEvent.STATEDUMP_SWAP, this::swap, "filename", "size_kb", "used_kb");
  }

  private RecordHandler machine(RecordFields fields) {
    TableRows rows = core.rows(MachineTables.MACHINE);
    TextField hostname = fields.text("hostname");
    TextField kernel = fields.text("kernel");
    TextField boot = fields.text("boot_id");
    TextField distribution = fields.text("distribution");
    NumberField memory = fields.number("memory_kb", 0);
    NumberField cpus = fields.number("cpus", 0);
    return (row, ts, _) -> {
      FactBatch next = rows.next().put(ts).put(name(hostname, row));
      put(put(next, kernel, row), boot, row).put(name(distribution, row));
      next.put(memory.at(row) << KIB_BITS).put(cpus.at(row)).end();
    };
  }

  private RecordHandler processor(RecordFields fields) {
    TableRows rows = core.rows(MachineTables.CPU_TOPOLOGY);
    NumberField cpu = fields.number("cpu_id", 0);
    TextField architecture = fields.text("architecture");
    TextField vendor = fields.text("vendor");
    TextField modelName = fields.text("model_name");
    NumberField[] numbers = {
      fields.number("family", NO_NUMBER),
      fields.number("model", NO_NUMBER),
      fields.number("physical_id", NO_NUMBER),
      fields.number("core_id", NO_NUMBER),
      fields.number("cores", NO_NUMBER),
      fields.number("frequency_khz", NO_NUMBER)
    };
    return (row, ts, _) -> {
      FactBatch next = rows.next().put(ts).put(cpu.at(row)).put(name(architecture, row));
      next.put(name(vendor, row)).put(name(modelName, row));
      for (NumberField each : numbers) {
        next.putOrNull(each.at(row), NO_NUMBER);
      }
      next.end();
    };
  }

  private RecordHandler socket(RecordFields fields) {
    TableRows rows = core.rows(MachineTables.SOCKET);
    NumberField pid = fields.number("pid", -1);
    NumberField fd = fields.number("fd", -1);
    NumberField inode = fields.number("inode", 0);
    TextField protocol = fields.text("protocol");
    TextField local = fields.text("local");
    TextField remote = fields.text("remote");
    NumberField state = fields.number("state", 0);
    return (row, ts, cpu) -> {
      int process = core.threads().of(pid.intAt(row), cpu, ts);
      FactBatch next = rows.next().put(ts).put(process).put(fd.at(row)).put(inode.at(row));
      put(put(next.put(name(protocol, row)), local, row), remote, row).put(state.at(row)).end();
    };
  }

  private RecordHandler mapping(RecordFields fields) {
    TableRows rows = core.rows(MachineTables.FILE_MAPPING);
    NumberField pid = fields.number("pid", -1);
    NumberField start = fields.number("start", 0);
    NumberField end = fields.number("end", 0);
    NumberField page = fields.number("pgoff", 0);
    NumberField flags = fields.number("flags", 0);
    NumberField inode = fields.number("inode", 0);
    TextField path = fields.text("filename");
    int[] access = new int[8];
    for (int i = 0; i < access.length; i++) {
      String letters =
          ((i & 1) != 0 ? "r" : "-") + ((i & 2) != 0 ? "w" : "-") + ((i & 4) != 0 ? "x" : "-");
      access[i] = core.names().id(letters);
    }
    return (row, ts, cpu) -> {
      int process = core.threads().of(pid.intAt(row), cpu, ts);
      long from = start.at(row);
      FactBatch next = rows.next().put(ts).put(process).put(from).put(end.at(row) - from);
      next.put(page.at(row) << PAGE_BITS).put(access[(int) flags.at(row) & 7]).put(inode.at(row));
      if (path.isRecorded()) {
        put(next, path, row).end();
      } else {
        next.putNull().end();
      }
    };
  }

  private RecordHandler mount(RecordFields fields) {
    TableRows rows = core.rows(MachineTables.MOUNT);
    NumberField number = fields.number("dev", 0);
    TextField device = fields.text("device");
    TextField path = fields.text("path");
    TextField type = fields.text("type");
    return (row, ts, _) -> {
      long dev = number.at(row);
      FactBatch next = rows.next().put(ts).put(dev >>> MINOR_BITS & 0xfff);
      next.put(dev & (1 << MINOR_BITS) - 1);
      put(put(next, device, row), path, row).put(name(type, row)).end();
    };
  }

  private RecordHandler module(RecordFields fields) {
    TableRows rows = core.rows(MachineTables.KERNEL_MODULE);
    TextField name = fields.text("name");
    NumberField size = fields.number("size", 0);
    return (row, ts, _) -> rows.next().put(ts).put(name(name, row)).put(size.at(row)).end();
  }

  private RecordHandler swap(RecordFields fields) {
    TableRows rows = core.rows(MachineTables.SWAP_SPACE);
    TextField path = fields.text("filename");
    NumberField size = fields.number("size_kb", 0);
    NumberField used = fields.number("used_kb", 0);
    return (row, ts, _) -> {
      FactBatch next = put(rows.next().put(ts), path, row);
      next.put(size.at(row) << KIB_BITS).put(used.at(row) << KIB_BITS).end();
    };
  }

  private int name(TextField field, int row) {
    return core.names().id(field.bytes(), field.from(row), field.to(row));
  }

  private static FactBatch put(FactBatch batch, TextField field, int row) {
    return batch.putText(field.bytes(), field.from(row), field.to(row));
  }
}
