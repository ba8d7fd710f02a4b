package dev.rideau.perf.internal.symbol;

import dev.rideau.perf.internal.decode.RecordKind;
import dev.rideau.perf.internal.open.PerfTrace;
import dev.rideau.trace.Batch;
import dev.rideau.trace.BlockCursor;
import dev.rideau.trace.BytesColumn;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.LongColumn;
import dev.rideau.trace.MemberSelection;
import dev.rideau.trace.Projection;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.Scope;
import dev.rideau.trace.StructColumn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/// Collects what records of a trace say of mappings.
public final class MappingReader {
  private record Change(
      long time, int pid, int parent, long start, long length, long offset, String file) {}

  private static final List<String> MEMORY =
      List.of("//anon", "/dev/zero", "/anon_hugepage", "/SYSV", "[stack", "[heap]");

  private static final int PROTECTION_EXECUTE = 4;

  private final PerfTrace trace;
  private final List<Change> changes = new ArrayList<>();

  private MappingReader(PerfTrace trace) {
    this.trace = trace;
  }

  /// A symbolizer for the addresses of a trace.
  public static Symbolizer symbolizer(PerfTrace trace) {
    MappingReader reader = new MappingReader(trace);
    for (DataStream stream : trace.dataStreams()) {
      reader.read(stream);
    }
    return new Symbolizer(trace.metadata(), reader.mappings());
  }

  private Mappings mappings() {
    changes.sort(Comparator.comparingLong(Change::time));
    Mappings mappings = new Mappings();
    for (Change change : changes) {
      if (change.file.isEmpty()) {
        mappings.fork(change.time, change.pid, change.parent);
      } else {
        if (change.pid == Mappings.KERNEL && change.file.startsWith(Symbolizer.KERNEL_FILE)) {
          mappings.kernelText(change.offset);
        }
        mappings.map(
            change.pid,
            new Mappings.Mapping(
                change.time,
                change.start,
                change.start + change.length,
                change.offset,
                change.file));
      }
    }
    mappings.freeze();
    return mappings;
  }

  private boolean isWanted(EventClass eventClass) {
    if (trace.schema().isSample(eventClass)) {
      return false;
    }
    RecordKind kind = trace.schema().kindOf(eventClass);
    return kind == RecordKind.MMAP || kind == RecordKind.MMAP2 || kind == RecordKind.FORK;
  }

  private void read(DataStream stream) {
    Projection projection =
        new Projection() {
          @Override
          public boolean includes(EventClass eventClass) {
            return isWanted(eventClass);
          }

          @Override
          public MemberSelection members(EventClass eventClass, Scope scope) {
            return scope == Scope.PAYLOAD ? MemberSelection.ALL : MemberSelection.NONE;
          }
        };
    // Faults are told when the records themselves are read.
    try (BlockCursor cursor = stream.cursor(0, stream.packets().size(), projection, _ -> {})) {
      for (RecordBlock block = cursor.next(); block != null; block = cursor.next()) {
        for (int record = 0; record < block.size(); record++) {
          Batch batch = Objects.requireNonNull(block.batch(block.eventClasses()[record]));
          StructColumn payload = Objects.requireNonNull(batch.payload());
          add(block.clockValues()[record], payload, block.rows()[record]);
        }
      }
    }
  }

  private void add(long time, StructColumn payload, int row) {
    int pid = (int) number(payload, "pid", row);
    if (payload.member("filename") instanceof BytesColumn name) {
      String file = name.text(row);
      long start = number(payload, "addr", row);
      long offset = number(payload, "pgoff", row);
      if (isMemory(file)) {
        // There is no file, so addresses stay as they are. Code in it is a compiler's.
        offset = start;
        file = isExecutable(payload, row) ? JitSymbols.file(pid) : file;
      }
      changes.add(new Change(time, pid, 0, start, number(payload, "len", row), offset, file));
    } else {
      changes.add(new Change(time, pid, (int) number(payload, "ppid", row), 0, 0, 0, ""));
    }
  }

  /// Whether nothing that has a name on a disk is mapped.
  private static boolean isMemory(String file) {
    return MEMORY.stream().anyMatch(file::startsWith);
  }

  /// The older kind of records is about code only.
  private static boolean isExecutable(StructColumn payload, int row) {
    return payload.member("prot") == null
        || (number(payload, "prot", row) & PROTECTION_EXECUTE) != 0;
  }

  private static long number(StructColumn payload, String name, int row) {
    return ((LongColumn) Objects.requireNonNull(payload.member(name))).value(row);
  }
}
