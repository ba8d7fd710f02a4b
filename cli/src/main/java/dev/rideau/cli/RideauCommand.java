package dev.rideau.cli;

import dev.rideau.cli.internal.Command;
import dev.rideau.cli.internal.Console;
import dev.rideau.cli.internal.ExitCode;
import dev.rideau.cli.internal.Version;
import picocli.CommandLine.Model.OptionSpec;

/// `rideau` without a command: explains itself.
final class RideauCommand extends Command {
  private final Console console;

  RideauCommand(Console console) {
    super("rideau");
    this.console = console;
    describe("Reads traces of what a Linux machine did, shows, measures and converts them.");
    examples("  rideau --version", "  rideau COMMAND --help");
    spec()
        .addOption(
            OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .type(boolean.class)
                .description("Show the version and exit.")
                .build());
    spec().versionProvider(new Version());
  }

  @Override
  public Integer call() {
    spec().commandLine().usage(console.err());
    return ExitCode.USAGE;
  }
}
