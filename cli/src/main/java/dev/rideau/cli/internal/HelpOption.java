package dev.rideau.cli.internal;

import picocli.CommandLine.Option;

/// The option that every command has: `@Mixin HelpOption help`.
public final class HelpOption {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean requested;

  /// Whether the user asked for help; picocli acts on it before the command runs.
  public boolean requested() {
    return requested;
  }
}
