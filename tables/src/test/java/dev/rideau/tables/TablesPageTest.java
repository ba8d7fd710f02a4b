package dev.rideau.tables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.kernel.FactColumn;
import dev.rideau.kernel.FactTable;
import dev.rideau.kernel.FactTables;
import dev.rideau.kernel.Unit;
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
import dev.rideau.tables.internal.catalog.SqlLibrary;
import dev.rideau.trace.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Keeps `docs/tables.md` what the declarations and the library say.
final class TablesPageTest {
  private static final Path PAGE = SharedData.checkout().resolve("docs/tables.md");

  @Test
  void thePageIsWhatTheDeclarationsSay() throws IOException {
    String expected = page();
    if (Boolean.getBoolean("rideau.regenerate")) {
      Files.writeString(PAGE, expected);
    }
    assertThat(Files.exists(PAGE) ? Files.readString(PAGE) : "")
        .as("docs/tables.md; write it anew with -Drideau.regenerate=true")
        .isEqualTo(expected);
  }

  @Test
  void everyTableIsInASection() {
    List<FactTable> all = new ArrayList<>();
    sections().values().forEach(all::addAll);
    assertThat(all).containsExactlyElementsOf(FactTables.ALL);
  }

  @Test
  void everyColumnIsASentence() {
    for (FactTable table : FactTables.ALL) {
      assertThat(table.sentence()).as(table.name()).endsWith(".");
      for (FactColumn column : table.columns()) {
        assertThat(column.sentence())
            .as(table.name() + "." + column.name())
            .endsWith(".")
            .doesNotContain("|", "\n");
      }
    }
  }

  private static Map<String, List<FactTable>> sections() {
    Map<String, List<FactTable>> sections = new LinkedHashMap<>();
    sections.put("Threads and processes", ThreadTables.ALL);
    sections.put("CPUs", CpuTables.ALL);
    sections.put("System calls and files", SyscallTables.ALL);
    sections.put("Block devices", BlockTables.ALL);
    sections.put("Network", NetworkTables.ALL);
    sections.put("Memory", MemoryTables.ALL);
    sections.put("Timers, signals, work queues", TimerTables.ALL);
    sections.put("Programs", SpanTables.ALL);
    sections.put("Samples", StackTables.ALL);
    sections.put("The recording", RecordingTables.ALL);
    sections.put("The machine", MachineTables.ALL);
    return sections;
  }

  private static String page() {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        # Tables

        <!-- Written by TablesPageTest from the declarations: -Drideau.regenerate=true -->

        What `rideau sql` and the reports see of a kernel trace; [sql.md](sql.md) tells how to ask. Every
        table has a column `host` (INTEGER) in front, the machine's number in table `host(host, name)`.
        Times are nanoseconds; intervals are `[ts, ts + dur)`. `utid` and `upid` are unique over all
        machines. Rows come in no particular order.
        """);
    sections().forEach((title, tables) -> addSection(text, title, tables));
    text.append("\n# Views and macros\n");
    String theme = "";
    for (SqlLibrary.Entry entry : SqlLibrary.bundled().entries().values()) {
      if (!entry.theme().equals(theme)) {
        theme = entry.theme();
        text.append("\n## ").append(theme).append("\n");
      }
      text.append("\n### `")
          .append(entry.name())
          .append(entry.parameters())
          .append("`\n\n")
          .append(entry.comment())
          .append('\n');
    }
    return text.toString();
  }

  private static void addSection(StringBuilder text, String title, List<FactTable> tables) {
    text.append("\n## ").append(title).append('\n');
    for (FactTable table : tables) {
      text.append("\n### ").append(table.name()).append("\n\n");
      text.append(table.sentence()).append("\n\n");
      text.append("| column | type | unit | meaning |\n|---|---|---|---|\n");
      for (FactColumn column : table.columns()) {
        text.append("| `")
            .append(column.name())
            .append("` | ")
            .append(Statements.typeOf(column))
            .append(column.isNullable() ? ", may be NULL" : "")
            .append(" | ")
            .append(column.unit() == Unit.NONE ? "" : column.unit().text())
            .append(" | ")
            .append(column.sentence())
            .append(" |\n");
      }
    }
  }
}
