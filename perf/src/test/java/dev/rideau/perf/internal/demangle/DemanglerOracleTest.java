package dev.rideau.perf.internal.demangle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `c++filt` as the oracle, which shares its demangler with perf, over all names of the C++ library
/// of this machine.
@Tag("oracle")
final class DemanglerOracleTest {
  private static final List<Path> LIBRARIES =
      List.of(
          Path.of("/usr/lib/x86_64-linux-gnu/libstdc++.so.6"),
          Path.of("/usr/lib/aarch64-linux-gnu/libstdc++.so.6"),
          Path.of("/usr/lib64/libstdc++.so.6"),
          Path.of("/usr/lib/libstdc++.so.6"));

  @TempDir private Path folder;

  @Test
  void namesOfTheLibraryAreThoseOfTheOracle() throws Exception {
    Path library = LIBRARIES.stream().filter(Files::isReadable).findFirst().orElse(null);
    Assumptions.assumeTrue(library != null, "skipped: no libstdc++.so.6 is installed");
    String symbols = run(List.of("nm", "-D", "--format=just-symbols", String.valueOf(library)), "");
    List<String> names =
        symbols
            .lines()
            .map(name -> name.replaceAll("@.*", ""))
            .filter(name -> name.startsWith("_Z"))
            .distinct()
            .toList();
    List<String> expected =
        run(List.of("c++filt", "--no-params", "--no-verbose"), String.join("\n", names) + "\n")
            .lines()
            .toList();
    assertThat(names).hasSizeGreaterThan(1000);
    assertThat(names.stream().map(Demangler::whole).toList()).isEqualTo(expected);
  }

  private String run(List<String> command, String input) throws Exception {
    Path in = Files.writeString(folder.resolve("in"), input);
    Path out = folder.resolve("out");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectInput(in.toFile())
              .redirectOutput(out.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      boolean ended = process.waitFor(60, TimeUnit.SECONDS);
      process.destroyForcibly();
      Assumptions.assumeTrue(
          ended && process.exitValue() == 0, () -> "skipped: " + command.getFirst() + " fails");
      return Files.readString(out, StandardCharsets.ISO_8859_1);
    } catch (IOException absent) {
      return Assumptions.abort("skipped: binutils are not installed (apt install binutils)");
    }
  }
}
