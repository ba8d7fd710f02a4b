package dev.rideau.perf.internal.file;

/// The build id of a file that was mapped, as hexadecimal digits.
///
/// @param pid -1 for the host's kernel
public record BuildId(int pid, String buildId, String fileName) {}
