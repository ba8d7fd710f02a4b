package dev.rideau.cli.internal;

import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.UsageMessageSpec;

/// How every help page looks, so that no command repeats it.
public final class HelpStyle {
  private static final int WIDTH_COLUMNS = 90;

  private HelpStyle() {}

  /// Applies the style to `line` and all commands below it.
  public static void apply(CommandLine line, boolean colours) {
    line.setColorScheme(Help.defaultColorScheme(colours ? Ansi.ON : Ansi.OFF));
    applyBelow(line);
  }

  private static void applyBelow(CommandLine line) {
    UsageMessageSpec usage = line.getCommandSpec().usageMessage();
    usage.width(WIDTH_COLUMNS);
    usage.sortOptions(false);
    usage.sortSynopsis(false);
    usage.synopsisHeading("Usage: ");
    usage.descriptionHeading("%n");
    usage.parameterListHeading("%nArguments:%n");
    usage.optionListHeading("%nOptions:%n");
    usage.commandListHeading("%nCommands:%n");
    usage.footerHeading("%nExamples:%n");
    line.getSubcommands().values().forEach(HelpStyle::applyBelow);
  }
}
