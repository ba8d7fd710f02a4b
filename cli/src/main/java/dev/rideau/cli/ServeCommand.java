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

/// `rideau serve`: shows traces in a web page and to clients of the Trace Server Protocol.
final class ServeCommand extends Command {
  private final Console console;
  private final Supplier<List<String>> words =
      words("TRACE", "Traces, or folders with traces: each is one to choose in the page.");
  private final ServerOptionSet server = new ServerOptionSet(this);
  private final Supplier<Boolean> open = flag("--open", "Open the page in the browser as well.");
  private final DatabaseSelection database = new DatabaseSelection(this);

  ServeCommand(Console console) {
    super("serve");
    this.console = console;
    describe(
        "Show traces in a web page, and to viewers that speak the Trace Server Protocol, until"
            + " Ctrl-C. Only programs of this machine can ask, unless --address says otherwise.");
    examples(
        "  rideau serve mytrace",
        "  rideau serve before after --port 8080 --open",
        "  rideau serve mytrace --address 0.0.0.0      (prints an address with a token)");
  }

  @Override
  public Integer call() throws Exception {
    List<Path> paths = words.get().stream().map(Path::of).toList();
    return new ServerRun(console, server, database, Readers.ALL)
        .run(paths, open.get() ? Browser.ofUser() : null);
  }
}
