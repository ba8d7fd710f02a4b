package dev.rideau.cli;

import dev.rideau.cli.internal.Console;
import dev.rideau.cli.internal.ExitCode;
import dev.rideau.cli.internal.HelpOption;
import dev.rideau.cli.internal.Version;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `rideau` without a command: explains itself.
@Command(
    name = "rideau",
    versionProvider = Version.class,
    description = "Reads traces of what a Linux machine did, shows, measures and converts them.",
    footer = {"  rideau --version", "  rideau COMMAND --help"})
final class RideauCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec;
  @Mixin HelpOption help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version and exit.")
  boolean version;

  RideauCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(console.err());
    return ExitCode.USAGE;
  }
}
