package dev.rideau.perf.internal.symbol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SymbolTableTest {
  @Test
  void aSymbolReachesToTheNextOne() {
    SymbolTable table =
        KernelSymbols.of(
            """
            ffffffff81000000 T _text
            ffffffff81000100 t helper
            ffffffff81000100 T of_two_the_last_is_shown
            ffffffff81000200 r no_code
            ffffffff81000300 T last	[module]
            """);
    assertThat(table.size()).isEqualTo(3);
    assertThat(table.name(table.find(0xffffffff810000ffL))).isEqualTo("_text");
    assertThat(table.name(table.find(0xffffffff81000100L))).isEqualTo("of_two_the_last_is_shown");
    assertThat(table.name(table.find(0xffffffff810002ffL))).isEqualTo("of_two_the_last_is_shown");
    assertThat(table.name(table.find(0xffffffff81000301L))).isEqualTo("last\t[module]");
    assertThat(table.find(0xffffffff80ffffffL)).isEqualTo(-1);
    assertThat(table.find(0xffffffff81002000L)).isEqualTo(-1);
  }

  @Test
  void hiddenAddressesAreNoSymbols() {
    assertThat(KernelSymbols.of("0000000000000000 T _text\n").size()).isZero();
  }

  @Test
  void theYoungestMappingCountsAndChildrenInherit() {
    Mappings mappings = new Mappings();
    mappings.map(1, new Mappings.Mapping(10, 0x1000, 0x3000, 0, "old"));
    mappings.fork(20, 2, 1);
    mappings.map(1, new Mappings.Mapping(30, 0x2000, 0x3000, 0, "new"));
    mappings.freeze();
    assertThat(file(mappings, 1, 15, 0x2000)).isEqualTo("old");
    assertThat(file(mappings, 1, 30, 0x2000)).isEqualTo("new");
    assertThat(file(mappings, 1, 30, 0x1fff)).isEqualTo("old");
    assertThat(file(mappings, 2, 40, 0x2000)).isEqualTo("old");
    assertThat(mappings.find(1, 5, 0x1000)).isNull();
    assertThat(mappings.find(3, 50, 0x1000)).isNull();
  }

  private static String file(Mappings mappings, int pid, long time, long address) {
    Mappings.Mapping found = mappings.find(pid, time, address);
    return found == null ? "none" : found.file();
  }
}
