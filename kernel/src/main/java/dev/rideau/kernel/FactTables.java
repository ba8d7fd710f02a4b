package dev.rideau.kernel;

import dev.rideau.kernel.schema.BlockTables;
import dev.rideau.kernel.schema.CpuTables;
import dev.rideau.kernel.schema.MachineTables;
import dev.rideau.kernel.schema.MemoryTables;
import dev.rideau.kernel.schema.NetworkTables;
import dev.rideau.kernel.schema.RecordingTables;
import dev.rideau.kernel.schema.SpanTables;
import dev.rideau.kernel.schema.StackTables;
import dev.rideau.kernel.schema.SyscallTables;
import dev.rideau.kernel.schema.ThreadTables;
import dev.rideau.kernel.schema.TimerTables;
import java.util.List;
import java.util.stream.Stream;

/// All fact tables.
public final class FactTables {
  /// In the order of the reference page.
  public static final List<FactTable> ALL =
      Stream.of(
              ThreadTables.ALL,
              CpuTables.ALL,
              SyscallTables.ALL,
              BlockTables.ALL,
              NetworkTables.ALL,
              MemoryTables.ALL,
              TimerTables.ALL,
              SpanTables.ALL,
              StackTables.ALL,
              RecordingTables.ALL,
              MachineTables.ALL)
          .flatMap(List::stream)
          .toList();

  private FactTables() {}

  /// The table with that name.
  ///
  /// @throws IllegalArgumentException when there is none
  public static FactTable named(String name) {
    for (FactTable table : ALL) {
      if (table.name().equals(name)) {
        return table;
      }
    }
    throw new IllegalArgumentException("there is no table " + name);
  }
}
