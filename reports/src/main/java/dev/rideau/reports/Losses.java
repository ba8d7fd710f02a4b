package dev.rideau.reports;

/// What the tracer lost in the time that a report looks at.
///
/// @param events number of lost event records as far as known
/// @param isLeast whether more may be lost than is known
/// @param packets number of lost packets as far as known
/// @param cpus number of CPUs of which begin or end is missing
/// @param beginNs from when at the earliest
/// @param endNs until when at the latest
public record Losses(
    long events, boolean isLeast, long packets, long cpus, long beginNs, long endNs) {

  /// What was lost, as part of a sentence.
  public String sentence() {
    if (cpus > 0) {
      String missing = "records of " + (cpus == 1 ? "a CPU" : cpus + " CPUs");
      missing += " are missing for a part of this time";
      return events == 0 && packets == 0 ? missing : missing + ", and " + lost();
    }
    return lost();
  }

  /// The same with when, and what it does to numbers.
  ///
  /// @param values how times are written
  public String sentence(ValueText values) {
    return sentence()
        + ", between "
        + values.of(ColumnUnit.TIME, beginNs)
        + " and "
        + values.of(ColumnUnit.TIME, endNs)
        + ": numbers of that time are too low or wrong";
  }

  private String lost() {
    if (events == 0 && packets == 0) {
      return "the tracer lost an unknown number of events in this time";
    }
    String lost = events == 0 ? "" : ValueText.grouped(events) + " events";
    if (packets > 0) {
      lost += (lost.isEmpty() ? "" : " and ") + ValueText.grouped(packets) + " packets";
    }
    return "the tracer lost " + (isLeast ? "at least " : "") + lost + " in or around this time";
  }
}
