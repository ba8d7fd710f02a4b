package dev.rideau.ctf.internal.open;

import dev.rideau.trace.Environment;
import org.jspecify.annotations.Nullable;

/// Which tracer wrote a trace, by the environment in its metadata.
record TracerVersion(String name, long major, long minor, long patch) {

  /// The version, or null when the environment does not tell at least name and major version.
  static @Nullable TracerVersion of(Environment environment) {
    String name = environment.text("tracer_name");
    Long major = environment.integer("tracer_major");
    if (name == null || major == null) {
      return null;
    }
    Long minor = environment.integer("tracer_minor");
    if (minor == null) {
      return new TracerVersion(name, major, 0, 0);
    }
    String patchName =
        environment.entries().containsKey("tracer_patch") ? "tracer_patch" : "tracer_patchlevel";
    Long patch = environment.integer(patchName);
    return new TracerVersion(name, major, minor, patch == null ? 0 : patch);
  }

  /// Records may have timestamps after the end timestamp of their packet.
  boolean writesRecordsAfterPackets() {
    return switch (name) {
      case "lttng-ust" -> isBefore(2, 11, 0);
      case "lttng-modules" -> isBefore(2, 9, 13) || (!isBefore(2, 10, 0) && isBefore(2, 10, 10));
      default -> false;
    };
  }

  /// Records may have timestamps before the begin timestamp of their packet.
  boolean writesRecordsBeforePackets() {
    return name.equals("barectf") && isBefore(2, 3, 1);
  }

  /// When it crashed, the end timestamps of its last packets are zero.
  boolean leavesPacketsOpen() {
    return name.equals("lttng-ust") || name.equals("lttng-modules");
  }

  private boolean isBefore(long otherMajor, long otherMinor, long otherPatch) {
    if (major != otherMajor) {
      return major < otherMajor;
    }
    return minor != otherMinor ? minor < otherMinor : patch < otherPatch;
  }
}
