package dev.rideau.kernel.internal.people;

/// What the state dump tells of a thread that ran before the recording.
///
/// @param pid the id of its process
/// @param isKernel whether it is a kernel thread
public record PersonHint(int pid, boolean isKernel) {}
