package dev.rideau.kernel.internal.people;

/// What the state dump tells of a thread that ran before the recording.
///
/// @param pid the id of its process
/// @param kernel 1 for a kernel thread, 0 for another one, -1 when it does not tell
public record PersonHint(int pid, int kernel) {}
