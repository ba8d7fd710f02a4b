package dev.rideau.ctf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.ctf.CtfFeature.Reading;
import dev.rideau.trace.BitOrder;
import dev.rideau.trace.ClockOrigin;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.Role;
import dev.rideau.trace.Scope;
import dev.rideau.trace.TextEncoding;
import dev.rideau.trace.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Keeps the list of features, its page and the tests that it names in step.
final class CtfFeatureTest {
  private static final Path PAGE = SharedData.checkout().resolve("docs/ctf-coverage.md");
  private static final Path RESOURCES =
      SharedData.checkout().resolve("ctf/src/test/resources/dev/rideau/ctf/internal");

  @Test
  void idsAreUniqueInAFormat() {
    Set<String> ids = new HashSet<>();
    for (CtfFeature feature : CtfFeature.all()) {
      assertThat(ids.add(feature.format() + "/" + feature.id())).as(feature.id()).isTrue();
    }
  }

  @Test
  void everyPartOfTheModelIsSomeFeature() {
    Set<Object> parts = new HashSet<>();
    CtfFeature.all().forEach(feature -> parts.addAll(feature.parts()));
    List<Object> model = new ArrayList<>(leaves(FieldClass.class));
    model.addAll(leaves(ClockOrigin.class));
    model.addAll(List.of(Role.values()));
    model.addAll(List.of(Scope.values()));
    model.addAll(List.of(TextEncoding.values()));
    model.addAll(List.of(BitOrder.values()));
    assertThat(parts).containsExactlyInAnyOrderElementsOf(new HashSet<>(model));
  }

  private static List<Class<?>> leaves(Class<?> type) {
    if (!type.isSealed()) {
      return List.of(type);
    }
    List<Class<?>> all = new ArrayList<>();
    for (Class<?> below : type.getPermittedSubclasses()) {
      all.addAll(leaves(below));
    }
    return all;
  }

  @Test
  void everyFeatureHasProofsThatExist() throws IOException {
    List<String> tests = testClasses();
    List<String> missing = new ArrayList<>();
    for (CtfFeature feature : CtfFeature.all()) {
      assertThat(feature.proofs()).as(feature.id()).isNotEmpty();
      for (String proof : feature.proofs()) {
        if (!exists(proof, tests)) {
          missing.add(feature.id() + ": " + proof);
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  private static List<String> testClasses() throws IOException {
    try (Stream<Path> files =
        Files.walk(SharedData.checkout().resolve("ctf/src/test/java/dev/rideau"))) {
      return files.map(Path::toString).filter(file -> file.endsWith("Test.java")).toList();
    }
  }

  private static boolean exists(String proof, List<String> tests) throws IOException {
    if (proof.startsWith("tsdl/") || proof.startsWith("json/")) {
      return Files.exists(RESOURCES.resolve("metadata/" + proof + ".txt"));
    }
    if (proof.startsWith("open/")) {
      return Files.exists(RESOURCES.resolve(proof + ".txt"));
    }
    if (proof.startsWith("suite/")) {
      Optional<Path> suite = SharedData.root().map(root -> root.resolve("data/ctf-suite"));
      return suite.isEmpty() || Files.exists(suite.get().resolve(proof.substring(6)));
    }
    String[] parts = proof.split("#", 2);
    for (String test : tests) {
      if (test.endsWith("/" + parts[0] + ".java")) {
        return parts.length == 1 || Files.readString(Path.of(test)).contains(" " + parts[1] + "(");
      }
    }
    return false;
  }

  @Test
  void refusedFeaturesHaveACaseThatIsRefused() {
    for (CtfFeature feature : CtfFeature.all()) {
      if (feature.reading() == Reading.REFUSED) {
        assertThat(feature.proofs()).as(feature.id()).anyMatch(CtfFeatureTest::isRefusal);
      }
    }
  }

  private static boolean isRefusal(String proof) {
    String name = proof.substring(proof.lastIndexOf('/') + 1);
    return name.startsWith("fail-") || name.startsWith("refuse-") || name.startsWith("error-");
  }

  /// Run with `-Drideau.regenerate=true` to write the page.
  @Test
  void thePageIsUpToDate() throws IOException {
    String page = page();
    if (Boolean.getBoolean("rideau.regenerate")) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(page);
  }

  private static String page() {
    StringBuilder page = new StringBuilder(HEAD);
    String format = "";
    String area = "";
    for (CtfFeature feature : CtfFeature.all()) {
      String nextFormat = feature.format() == CtfFormat.CTF_1_8 ? "CTF 1.8" : "CTF 2";
      if (!nextFormat.equals(format)) {
        format = nextFormat;
        page.append("\n## ").append(format).append('\n');
      }
      if (!feature.area().equals(area)) {
        area = feature.area();
        page.append("\n### ").append(area).append("\n\n");
        page.append("| feature | | read | written | proved by |\n|---|---|---|---|---|\n");
      }
      page.append("| ").append(feature.id());
      page.append(" | ").append(feature.what());
      page.append(" | ").append(feature.reading().label());
      page.append(" | ").append(feature.writing().label());
      page.append(" | `").append(String.join("` `", feature.proofs())).append("` |\n");
    }
    return page.toString();
  }

  private static final String HEAD =
      """
      # Coverage of the Common Trace Format

      What CTF 1.8 and CTF 2 have, and what Rideau does with it. Written by `CtfFeatureTest` from
      `dev.rideau.ctf.CtfFeature`, which a test holds equal; do not edit.

      *read*: `yes`, accepted without effect, or refused with a message that says where and why.
      *written*: what `rideau convert` and `dev.rideau.ctf.CtfWriter` do; empty where there is nothing to
      write.
      *proved by*: `tsdl/…`, `json/…` and `open/…` are named cases below `ctf/src/test/resources`;
      `suite/…` are cases of the public conformance suite, of which each test runs all it finds;
      `…Test` are test classes. All that is written is proved by `ConversionPropertyTest`,
      `EncoderPropertyTest` and `MetadataWriterPropertyTest` over random traces.
      [What CTF 1.8 gets instead of what it lacks](decisions/writing.md).
      """;
}
