package dev.rideau.cli;

import dev.rideau.cli.internal.Command;
import dev.rideau.cli.internal.CommandFailure;
import dev.rideau.cli.internal.Console;
import dev.rideau.cli.internal.ExitCode;
import dev.rideau.cli.internal.ManPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;

/// `rideau generate`: what a package or a shell needs besides the program.
final class GenerateCommand extends Command {
  GenerateCommand(Console console) {
    super("generate");
    describe("Generate the shell completion script or the man pages.");
    examples(
        "  rideau generate completion > ~/.local/share/bash-completion/completions/rideau",
        "  rideau generate man ~/.local/share/man/man1");
    subcommand(new Completion(console));
    subcommand(new Man(console));
  }

  @Override
  public Integer call() {
    throw wrong("Missing required subcommand");
  }

  private static final class Completion extends Command {
    private final Console console;

    Completion(Console console) {
      super("completion");
      this.console = console;
      describe("Print a completion script for bash (and zsh with bashcompinit).");
      examples("  source <(rideau generate completion)");
    }

    @Override
    public Integer call() {
      console.out().print(AutoComplete.bash("rideau", Main.everything(console)));
      return ExitCode.OK;
    }
  }

  private static final class Man extends Command {
    private final Console console;
    private final Supplier<Path> folder = argument("DIR", Path.class, "The folder to write to.");

    Man(Console console) {
      super("man");
      this.console = console;
      describe("Write one man page for each command.");
      examples("  rideau generate man ~/.local/share/man/man1");
    }

    @Override
    public Integer call() throws IOException {
      if (!Files.isDirectory(folder.get())) {
        throw new CommandFailure(folder.get() + ": no such folder", "create it first");
      }
      write(Main.everything(console));
      return ExitCode.OK;
    }

    private void write(CommandLine line) throws IOException {
      ManPage page = ManPage.of(line.getCommandSpec());
      Files.writeString(folder.get().resolve(page.fileName()), page.text());
      for (CommandLine below : line.getSubcommands().values()) {
        write(below);
      }
    }
  }
}
