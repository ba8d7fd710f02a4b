package dev.rideau.cli.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// The man page of one command in roff, made from the same declarations as its help.
///
/// @param name the command with dashes, as in `rideau-cat`
/// @param text the page
public record ManPage(String name, String text) {
  /// The name of the file in a `man1` folder.
  public String fileName() {
    return name + ".1";
  }

  /// The page of `command`.
  public static ManPage of(CommandSpec command) {
    String name = command.qualifiedName("-");
    Writer page = new Writer();
    page.request(
        ".TH " + name.toUpperCase(Locale.ROOT) + " 1 \"\" \"rideau " + Version.text() + "\"");
    String[] description = command.usageMessage().description();
    page.section("NAME");
    page.line(name + " - " + (description.length == 0 ? "" : summary(description[0])));
    page.section("SYNOPSIS");
    page.line(synopsis(command));
    page.section("DESCRIPTION");
    for (String paragraph : description) {
      page.line(paragraph);
    }
    arguments(page, command);
    options(page, command);
    subcommands(page, command);
    examples(page, command);
    exitStatus(page);
    return new ManPage(name, page.text());
  }

  private static void arguments(Writer page, CommandSpec command) {
    if (command.positionalParameters().isEmpty()) {
      return;
    }
    page.section("ARGUMENTS");
    for (PositionalParamSpec parameter : command.positionalParameters()) {
      page.item(parameter.paramLabel(), parameter.description());
    }
  }

  private static void options(Writer page, CommandSpec command) {
    page.section("OPTIONS");
    for (OptionSpec option : command.options()) {
      if (!option.hidden()) {
        String value = option.arity().max() == 0 ? "" : "=" + option.paramLabel();
        page.item(String.join(", ", option.names()) + value, option.description());
      }
    }
  }

  private static void subcommands(Writer page, CommandSpec command) {
    if (command.subcommands().isEmpty()) {
      return;
    }
    page.section("COMMANDS");
    for (CommandLine below : command.subcommands().values()) {
      CommandSpec spec = below.getCommandSpec();
      page.item(spec.qualifiedName("-") + "(1)", spec.usageMessage().description());
    }
  }

  private static void examples(Writer page, CommandSpec command) {
    page.section("EXAMPLES");
    page.request(".nf");
    for (String line : command.usageMessage().footer()) {
      page.line(line);
    }
    page.request(".fi");
  }

  private static void exitStatus(Writer page) {
    page.section("EXIT STATUS");
    page.item("0", "Done; losses in the trace are warnings.");
    page.item("1", "The input, the machine or the program failed.");
    page.item("2", "The command line made no sense.");
  }

  private static String synopsis(CommandSpec command) {
    Help help = new Help(command, Help.defaultColorScheme(Ansi.OFF));
    return help.synopsis(0).replaceAll("\\s+", " ").strip();
  }

  private static String summary(String sentence) {
    return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
  }

  /// Collects roff: requests as they are, text with its special characters defused.
  private static final class Writer {
    private final List<String> lines = new ArrayList<>();

    void request(String request) {
      lines.add(request);
    }

    void section(String title) {
      request(".SH " + title);
    }

    void item(String term, String... description) {
      request(".TP");
      line(term);
      line(String.join(" ", description));
    }

    // picocli texts are format strings: %n breaks a line, %% is a percent sign.
    void line(String text) {
      for (String part : text.replace("%n", "\n").replace("%%", "%").split("\n", -1)) {
        String safe = part.replace("\\", "\\e").replace("-", "\\-");
        lines.add(safe.startsWith(".") || safe.startsWith("'") ? "\\&" + safe : safe);
      }
    }

    String text() {
      return String.join("\n", lines) + "\n";
    }
  }
}
