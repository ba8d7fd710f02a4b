package dev.rideau.cli;

import dev.rideau.cli.internal.Command;
import dev.rideau.cli.internal.Console;
import dev.rideau.cli.internal.DatabaseSelection;
import dev.rideau.cli.internal.serve.Browser;
import dev.rideau.cli.internal.serve.ServerOptionSet;
import dev.rideau.cli.internal.serve.ServerRun;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/// `rideau open`: shows a trace in the browser.
final class OpenCommand extends Command {
  private final Console console;
  private final Supplier<List<Path>> traces = traces();
  private final ServerOptionSet server = new ServerOptionSet(this);
  private final DatabaseSelection database = new DatabaseSelection(this);

  OpenCommand(Console console) {
    super("open");
    this.console = console;
    describe(
        "Show traces in the browser: what happened when, charts, reports, SQL. Runs until Ctrl-C;"
            + " $BROWSER says which browser.");
    examples("  rideau open mytrace", "  BROWSER=firefox rideau open mytrace");
  }

  @Override
  public Integer call() throws Exception {
    return new ServerRun(console, server, database, Readers.ALL)
        .run(traces.get(), Browser.ofUser());
  }
}
