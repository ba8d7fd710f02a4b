package dev.rideau.perf.internal.symbol;

import org.jspecify.annotations.Nullable;

/// What an address means.
///
/// @param address the address as perf shows it: in a file its offset there, else as it is
/// @param symbol the name as it stands in the file, null when there is none
/// @param offset from the first byte of the symbol
/// @param mangled whether a compiler made the name of one that people wrote; names of the kernel
///   and of just-in-time compilers stand for themselves
/// @param file what is mapped there, null when it is not known; the kernel is `[kernel.kallsyms]`
public record Frame(
    long address,
    @Nullable String symbol,
    boolean mangled,
    long offset,
    @Nullable String file,
    boolean kernel) {}
