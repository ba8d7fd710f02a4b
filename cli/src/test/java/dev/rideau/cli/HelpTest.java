package dev.rideau.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.cli.internal.Console;
import dev.rideau.cli.internal.ManPage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/// What must be true of the help of every command, also of those to come.
final class HelpTest {
  @Test
  void everyCommandHasADescriptionAnExampleAndHelp() {
    for (CommandLine command : allCommands()) {
      String name = command.getCommandSpec().qualifiedName();
      UsageMessageSpec usage = command.getCommandSpec().usageMessage();
      assertThat(usage.description()).as(name + ": description").isNotEmpty();
      assertThat(usage.footer())
          .as(name + ": examples stand in the footer, indented by two blanks")
          .isNotEmpty()
          .allMatch(line -> line.startsWith("  "))
          .anyMatch(line -> line.contains("rideau"));
      assertThat(command.getCommandSpec().findOption("--help")).as(name + ": --help").isNotNull();
    }
  }

  @Test
  void everyOptionAndArgumentIsDescribed() {
    for (CommandLine command : allCommands()) {
      String name = command.getCommandSpec().qualifiedName();
      for (OptionSpec option : command.getCommandSpec().options()) {
        assertThat(option.description()).as(name + " " + option.longestName()).isNotEmpty();
      }
      for (PositionalParamSpec argument : command.getCommandSpec().positionalParameters()) {
        assertThat(argument.description()).as(name + " " + argument.paramLabel()).isNotEmpty();
      }
    }
  }

  @Test
  void registryAndCommandsAgreeOnNames() {
    for (Commands.Entry entry : Commands.ALL) {
      assertThat(entry.create().apply(nowhere()).spec().name()).isEqualTo(entry.name());
    }
  }

  @Test
  void completionScriptKnowsEveryCommand() {
    String script = Run.of("generate", "completion").stdout();
    for (Commands.Entry entry : Commands.ALL) {
      assertThat(script).contains("_picocli_rideau_" + entry.name());
    }
  }

  @Test
  void writesAManPageForEveryCommand(@TempDir Path folder) throws IOException {
    assertThat(Run.of("generate", "man", folder.toString()).exitCode()).isZero();
    for (CommandLine command : allCommands()) {
      Path page = folder.resolve(command.getCommandSpec().qualifiedName("-") + ".1");
      assertThat(Files.readString(page))
          .startsWith(".TH RIDEAU")
          .contains(".SH NAME\n", ".SH SYNOPSIS\n", ".SH EXAMPLES\n", ".SH EXIT STATUS\n");
    }
  }

  @Test
  void manPageTextIsNotTakenForRoff() {
    CommandSpec dots = CommandSpec.create().name("dots");
    dots.usageMessage().description(".starts with a dot", "back\\slash, 100%% and%nbreak");

    String page = ManPage.of(dots).text();
    assertThat(page).contains("\n\\&.starts with a dot\n", "\nback\\eslash, 100% and\nbreak\n");
  }

  @Test
  void manNeedsAFolder(@TempDir Path folder) {
    Run run = Run.of("generate", "man", folder.resolve("absent").toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.stderr()).contains("no such folder");
  }

  static List<CommandLine> allCommands() {
    List<CommandLine> all = new ArrayList<>();
    collect(Main.everything(nowhere()), all);
    return all;
  }

  private static void collect(CommandLine command, List<CommandLine> into) {
    into.add(command);
    command.getSubcommands().values().forEach(below -> collect(below, into));
  }

  private static Console nowhere() {
    return Console.of(OutputStream.nullOutputStream(), OutputStream.nullOutputStream());
  }
}
