package dev.rideau.cli;

import dev.rideau.cli.internal.CommandFailure;
import dev.rideau.cli.internal.Console;
import dev.rideau.cli.internal.ExitCode;
import dev.rideau.cli.internal.HelpOption;
import dev.rideau.cli.internal.ManPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `rideau generate`: what a package or a shell needs besides the program.
@Command(
    name = "generate",
    description = "Generate the shell completion script or the man pages.",
    footer = {
      "  rideau generate completion > ~/.local/share/bash-completion/completions/rideau",
      "  rideau generate man ~/.local/share/man/man1"
    })
final class GenerateCommand {
  private final Console console;

  @Mixin HelpOption help;

  GenerateCommand(Console console) {
    this.console = console;
  }

  @Command(
      name = "completion",
      description = "Print a completion script for bash (and zsh with bashcompinit).",
      footer = "  source <(rideau generate completion)")
  int completion(@Mixin HelpOption completionHelp) {
    console.out().print(AutoComplete.bash("rideau", Main.everything(console)));
    return ExitCode.OK;
  }

  @Command(
      name = "man",
      description = "Write one man page for each command.",
      footer = "  rideau generate man ~/.local/share/man/man1")
  int man(
      @Mixin HelpOption manHelp,
      @Parameters(paramLabel = "DIR", description = "The folder to write to.") Path folder)
      throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new CommandFailure(folder + ": no such folder", "create it first");
    }
    write(Main.everything(console), folder);
    return ExitCode.OK;
  }

  private void write(CommandLine line, Path folder) throws IOException {
    ManPage page = ManPage.of(line.getCommandSpec());
    Files.writeString(folder.resolve(page.fileName()), page.text());
    for (CommandLine below : line.getSubcommands().values()) {
      write(below, folder);
    }
  }
}
