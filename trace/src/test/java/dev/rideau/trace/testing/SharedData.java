package dev.rideau.trace.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/// Real traces and conformance suites that the project may use but not ship.
///
/// They live in the folder named by the environment variable `RIDEAU_SHARED`, else in a folder
/// `shared` beside the checkout. A test that needs them starts with [#require] and is skipped, with
/// a message, where they are absent.
public final class SharedData {
  private SharedData() {}

  /// The root folder of this checkout.
  public static Path checkout() {
    String named = System.getProperty("rideau.root");
    if (named != null) {
      return Path.of(named);
    }
    // An IDE does not set the property: walk up to the folder that holds the wrapper's settings.
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve(".mvn"))) {
        return folder;
      }
    }
    throw new IllegalStateException(
        "no checkout above " + Path.of("").toAbsolutePath() + ": run tests inside the project");
  }

  /// The shared folder, or empty where there is none.
  public static Optional<Path> root() {
    String named = System.getenv("RIDEAU_SHARED");
    Path root =
        named != null && !named.isEmpty() ? Path.of(named) : checkout().resolveSibling("shared");
    return Files.isDirectory(root) ? Optional.of(root) : Optional.empty();
  }

  /// The path of `relative` below the shared folder; skips the calling test where it is absent.
  public static Path require(String relative) {
    Optional<Path> path = root().map(root -> root.resolve(relative)).filter(Files::exists);
    Assumptions.assumeTrue(
        path.isPresent(),
        () ->
            "skipped: shared data '"
                + relative
                + "' not found; set RIDEAU_SHARED to the folder that holds it");
    return path.orElseThrow();
  }
}
