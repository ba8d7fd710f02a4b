package dev.rideau.cli;

import dev.rideau.cli.internal.Command;
import dev.rideau.cli.internal.Console;
import java.util.List;
import java.util.function.Function;

/// Every command of the program: the one place to add one.
///
/// Only the command that runs is created, so the others cost a start nothing.
final class Commands {
  /// @param name what the user types
  /// @param create makes it; called only when the command runs or the help lists it
  record Entry(String name, Function<Console, Command> create) {}

  /// In the order in which the help lists them.
  static final List<Entry> ALL =
      List.of(
          new Entry("record", RecordCommand::new),
          new Entry("snapshot", SnapshotCommand::new),
          new Entry("top", TopCommand::new),
          new Entry("open", OpenCommand::new),
          new Entry("serve", ServeCommand::new),
          new Entry("explain", ExplainCommand::new),
          new Entry("report", ReportCommand::new),
          new Entry("cat", CatCommand::new),
          new Entry("stat", StatCommand::new),
          new Entry("sql", SqlCommand::new),
          new Entry("export", ExportCommand::new),
          new Entry("flame", FlameCommand::new),
          new Entry("convert", ConvertCommand::new),
          new Entry("recover", RecoverCommand::new),
          new Entry("trace", TraceCommand::new),
          new Entry("generate", GenerateCommand::new));

  private Commands() {}
}
