/// From addresses to names: ELF symbol tables, kallsyms, and what was mapped where when.
@NullMarked
package dev.rideau.perf.internal.symbol;

import org.jspecify.annotations.NullMarked;
