package dev.rideau.tables.internal.cache;

import dev.rideau.kernel.FactTable;
import dev.rideau.tables.internal.store.FactIndex;
import java.nio.file.Path;
import java.util.Set;

/// A complete folder with the facts of some tables.
public record KeptFacts(Path folder, FactIndex index) {

  /// The tables that it holds.
  public Set<FactTable> tables() {
    return index.tables();
  }
}
