package dev.rideau.cli.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
    try (InputStream resource = Version.class.getResourceAsStream("version.txt")) {
      if (resource == null) {
        throw new IllegalStateException("version.txt is missing: build with Maven");
      }
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
