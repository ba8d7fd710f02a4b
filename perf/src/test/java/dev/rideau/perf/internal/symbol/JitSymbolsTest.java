package dev.rideau.perf.internal.symbol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Maps of just-in-time compilers.
final class JitSymbolsTest {
  @TempDir private Path folder;

  @Test
  void linesNameRangesOfAddresses() throws IOException {
    Path map =
        Files.writeString(
            folder.resolve("perf-1.map"),
            """
            7f497c408000 1a0 Interpreter
            7f497c409000 20 int java.lang.String.hashCode()
            no line
            7f497c40a000 20
            """);
    SymbolTable table = JitSymbols.read(map);
    assertThat(table.size()).isEqualTo(2);
    assertThat(table.name(table.find(0x7f497c40819fL))).isEqualTo("Interpreter");
    assertThat(table.find(0x7f497c4081a0L)).isEqualTo(-1);
    assertThat(table.name(table.find(0x7f497c409000L)))
        .isEqualTo("int java.lang.String.hashCode()");
  }

  @Test
  void aMapThatIsNotThereNamesNothing() {
    assertThat(JitSymbols.read(folder.resolve("perf-2.map")).size()).isZero();
  }

  @Test
  void mapsAreKnownByTheirNames() {
    assertThat(JitSymbols.isMap(JitSymbols.file(4711))).isTrue();
    assertThat(JitSymbols.isMap("/tmp/perf-../x.map")).isFalse();
    assertThat(JitSymbols.isMap("//anon")).isFalse();
  }
}
