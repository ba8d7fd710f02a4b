package dev.rideau.cli.internal.shell;

import dev.rideau.cli.internal.AlignedTable;
import dev.rideau.kernel.FactColumn;
import dev.rideau.kernel.FactTable;
import dev.rideau.tables.Statements;
import dev.rideau.tables.TraceDatabase;
import java.util.List;

/// The commands of the shell that are no SQL and only show something.
final class DotCommands {
  static final List<String> NAMES =
      List.of(".tables", ".schema", ".macros", ".format", ".help", ".quit");

  private DotCommands() {}

  static String help() {
    return """
    .tables          tables and what a row of each is
    .schema TABLE    columns of a table, with types, units and meaning
    .macros          views and macros of the library
    .format FORMAT   table, csv or json
    .quit            leave (or Ctrl-D)
    A statement ends with a semicolon and may span lines. Tab completes, Ctrl-R searches the history,
    Ctrl-C ends the statement that is running. events('NAME') are the records of an event class.
    """;
  }

  static String tables(boolean colours) {
    AlignedTable table = new AlignedTable("").text("table").text("a row is");
    for (FactTable each : TraceDatabase.tables()) {
      table.row(each.name(), each.sentence());
    }
    table.row("host", "A machine.");
    return text(table, colours);
  }

  static String macros(boolean colours) {
    AlignedTable table = new AlignedTable("").text("macro or view").text("what it is");
    for (String name : Statements.libraryNames()) {
      table.row(name, Statements.libraryComment(name));
    }
    return text(table, colours);
  }

  static String schema(String name, boolean colours) {
    for (FactTable each : TraceDatabase.tables()) {
      if (each.name().equals(name)) {
        AlignedTable table =
            new AlignedTable("").text("column").text("type").text("unit").text("meaning");
        table.row("host", "INTEGER", "", "The machine, see table host.");
        for (FactColumn column : each.columns()) {
          String type = Statements.typeOf(column);
          table.row(
              column.name(),
              column.isNullable() ? type + " or NULL" : type,
              column.unit().text(),
              column.sentence());
        }
        return each.sentence() + "\n" + text(table, colours);
      }
    }
    return "there is no table '" + name + "'; .tables lists them\n";
  }

  private static String text(AlignedTable table, boolean colours) {
    StringBuilder out = new StringBuilder();
    table.appendTo(out, colours);
    return out.toString();
  }
}
