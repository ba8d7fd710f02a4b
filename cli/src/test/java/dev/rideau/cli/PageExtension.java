package dev.rideau.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/// Shows a trace in a browser to the tests of a class, and holds each of them to a page that has
/// nothing to complain of. Classes that follow each other share server and browser.
final class PageExtension implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback {
  private static final Namespace PAGES = Namespace.create(PageExtension.class);

  private final Path trace;
  private @Nullable OpenPage open;

  PageExtension(Path trace) {
    this.trace = trace;
  }

  OpenPage open() {
    return Objects.requireNonNull(open, "only within tests");
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    ExtensionContext.Store pages = context.getRoot().getStore(PAGES);
    OpenPage known = pages.get(trace, OpenPage.class);
    if (known == null) {
      known = OpenPage.of(trace);
      // What can be closed is closed with the store.
      pages.put(trace, known);
    }
    open = known;
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    open().complaints().clear();
    // Keys mean the place of the pointer where it is over a canvas.
    open().page().mouse().move(1, 1);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (context.getExecutionException().isEmpty()) {
      assertThat(open().complaints()).isEmpty();
    }
  }
}
