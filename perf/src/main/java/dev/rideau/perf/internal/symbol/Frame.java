package dev.rideau.perf.internal.symbol;

import org.jspecify.annotations.Nullable;

/// What an address means.
///
/// @param address the address as perf shows it: in a file its offset there, else as it is
/// @param symbol the name as it stands in the file, null when there is none
/// @param offset from the first byte of the symbol
/// @param file what is mapped there, null when it is not known; the kernel is `[kernel.kallsyms]`
public record Frame(
    long address, @Nullable String symbol, long offset, @Nullable String file, boolean kernel) {}
