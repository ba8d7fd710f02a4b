package dev.rideau.ftrace;

import java.util.List;
import java.util.Map;

/// What a `trace.dat` says beside the records.
///
/// @param headerPage text of `events/header_page`
/// @param headerEvent text of `events/header_event`
/// @param ftraceFormats texts of the format files of the group `ftrace`
/// @param formats texts of the format files of the other groups, by group
/// @param symbols text of `/proc/kallsyms`, may be empty
/// @param printkFormats text of `printk_formats`
/// @param clocks text of `trace_clock`, the chosen one between brackets
/// @param clockOffsetNs what to add to timestamps so that they count from the Unix epoch
/// @param cycleMultiplier of a clock that counts cycles: nanoseconds are `cycles * multiplier >>
///   shift`; 0 for clocks that count nanoseconds
/// @param cycleShift see there
/// @param uname system, host, release, version, machine
/// @param recorder program and version
/// @param tids tasks that were recorded, with the children they get; empty for all
/// @param partialEvents events of which only some records are kept, by a filter
/// @param cpus number of CPUs
/// @param pageBytes bytes of a page of the ring buffer
public record RecordingMetadata(
    String headerPage,
    String headerEvent,
    List<String> ftraceFormats,
    Map<String, List<String>> formats,
    byte[] symbols,
    String printkFormats,
    String clocks,
    long clockOffsetNs,
    long cycleMultiplier,
    int cycleShift,
    String uname,
    String recorder,
    List<Long> tids,
    List<String> partialEvents,
    int cpus,
    int pageBytes) {
  public RecordingMetadata {
    tids = List.copyOf(tids);
    partialEvents = List.copyOf(partialEvents);
    ftraceFormats = List.copyOf(ftraceFormats);
  }
}
