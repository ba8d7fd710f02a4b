package dev.rideau.trace;

import org.jspecify.annotations.Nullable;

/// A call in a call chain, with what is known of it.
///
/// @param function its name, null when it is not known
/// @param offset bytes from the begin of the function to the address
/// @param module the file that the function is of, null when it is not known
/// @param address where the call is: in the file if there is one, else in memory
/// @param inKernel whether it is the kernel's
public record StackFrame(
    @Nullable String function,
    long offset,
    @Nullable String module,
    long address,
    boolean inKernel) {}
