package dev.rideau.cli.internal;

import dev.rideau.tables.BundledFiles;
import picocli.CommandLine.IVersionProvider;

/// What `rideau --version` prints.
public final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {line()};
  }

  /// The version of the program and of the Java that runs it.
  public static String line() {
    return "rideau " + text() + " (Java " + System.getProperty("java.version") + ")";
  }

  /// The version of this build, as the parent pom names it.
  public static String text() {
    try (BundledFiles files = BundledFiles.of(Version.class)) {
      return files.text("dev/rideau/cli/internal/version.txt").strip();
    }
  }
}
