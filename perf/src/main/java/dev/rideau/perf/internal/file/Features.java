package dev.rideau.perf.internal.file;

import java.util.HexFormat;
import java.util.List;

/// Reads feature sections: what a file says of the machine and of the recording.
final class Features {
  static final int COUNT = 256;

  private static final int TRACING_DATA = 1;
  private static final int BUILD_ID = 2;
  private static final int HOSTNAME = 3;
  private static final int OS_RELEASE = 4;
  private static final int VERSION = 5;
  private static final int ARCHITECTURE = 6;
  private static final int CPU_COUNTS = 7;
  private static final int CPU_DESCRIPTION = 8;
  private static final int CPU_ID = 9;
  private static final int TOTAL_MEMORY = 10;
  private static final int COMMAND_LINE = 11;
  private static final int EVENT_DESCRIPTION = 12;
  private static final int PMU_MAPPINGS = 16;
  private static final int SAMPLE_TIME = 21;
  private static final int CLOCK_ID = 23;
  private static final int COMPRESSED = 27;
  private static final int CLOCK_DATA = 29;

  private static final int BUILD_ID_BYTES = 20;
  private static final int BUILD_ID_SIZE_KNOWN = 1 << 15;

  /// Names for messages, by number.
  private static final List<String> NAMES =
      List.of(
          "reserved",
          "tracing data",
          "build ids",
          "host name",
          "kernel release",
          "perf version",
          "architecture",
          "number of CPUs",
          "CPU description",
          "CPU id",
          "total memory",
          "command line",
          "event descriptions",
          "CPU topology",
          "NUMA topology",
          "branch stack",
          "PMU mappings",
          "group descriptions",
          "AUX trace",
          "stat",
          "cache",
          "sample time",
          "memory topology",
          "clock id",
          "folder format",
          "BPF programs",
          "BPF type format",
          "compression",
          "CPU PMU capabilities",
          "clock data",
          "hybrid topology",
          "PMU capabilities");

  private Features() {}

  static String name(int feature) {
    return feature < NAMES.size() ? NAMES.get(feature) : "feature " + feature;
  }

  /// Takes over what the section of a feature says; unknown features are passed over.
  static void read(int feature, Section section, PerfMetadata.Builder into) {
    switch (feature) {
      case TRACING_DATA -> into.tracingData(TracingData.read(section));
      case BUILD_ID -> readBuildIds(section, into);
      case HOSTNAME -> into.environment("hostname", section.lengthAndText());
      case OS_RELEASE -> into.environment("kernel_release", section.lengthAndText());
      case VERSION -> into.environment("tracer_version", section.lengthAndText());
      case ARCHITECTURE -> into.environment("architecture", section.lengthAndText());
      case CPU_COUNTS -> {
        into.environment("cpus_online", section.i32() & 0xffff_ffffL);
        into.environment("cpus_available", section.i32() & 0xffff_ffffL);
      }
      case CPU_DESCRIPTION -> into.environment("cpu_description", section.lengthAndText());
      case CPU_ID -> into.environment("cpu_id", section.lengthAndText());
      case TOTAL_MEMORY -> into.environment("total_memory_kib", section.i64());
      case COMMAND_LINE -> into.environment("command_line", commandLine(section));
      case EVENT_DESCRIPTION -> readEventDescriptions(section, into);
      case PMU_MAPPINGS -> {}
      case SAMPLE_TIME -> {
        long first = section.i64();
        if (first != 0) {
          into.environment("first_sample_ns", first);
          into.environment("last_sample_ns", section.i64());
        }
      }
      case CLOCK_ID -> into.environment("clock_resolution_ns", section.i64());
      case COMPRESSED -> into.compressed();
      case CLOCK_DATA -> {
        section.i32(); // the version of the section
        int clockId = section.i32();
        into.clockData(new ClockData(clockId, section.i64(), section.i64()));
      }
      default -> {}
    }
  }

  private static String commandLine(Section section) {
    int count = section.count(section.i32(), 4);
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < count; i++) {
      line.append(i == 0 ? "" : " ").append(section.lengthAndText());
    }
    return line.toString();
  }

  private static void readEventDescriptions(Section section, PerfMetadata.Builder into) {
    int count = section.count(section.i32(), 4);
    int attrBytes = section.i32();
    for (int i = 0; i < count; i++) {
      section.skip(attrBytes);
      int ids = section.i32();
      String name = section.lengthAndText();
      ids = section.count(ids, 8);
      long[] all = new long[ids];
      for (int id = 0; id < ids; id++) {
        all[id] = section.i64();
        into.name(all[id], name);
      }
      if (count == into.attrs().size()) {
        into.nameOfAttr(i, name);
      }
    }
  }

  /// ```
  /// perf_event_header | pid | build id, 20 bytes | length, 3 bytes zero | file name
  /// ```
  static void readBuildIds(Section section, PerfMetadata.Builder into) {
    while (section.remaining() >= 8) {
      section.i32();
      int misc = section.u16();
      int size = section.u16();
      readBuildId(section, misc, size, into);
    }
  }

  static void readBuildId(Section section, int misc, int size, PerfMetadata.Builder into) {
    int fixed = 8 + 4 + BUILD_ID_BYTES + 4;
    if (size < fixed) {
      throw section.failure(
          "a build id of %d bytes, at least %d are needed".formatted(size, fixed));
    }
    int pid = section.i32();
    byte[] id = section.bytes(BUILD_ID_BYTES);
    int length = section.u8();
    section.skip(3);
    String fileName = section.text(size - fixed);
    int known =
        (misc & BUILD_ID_SIZE_KNOWN) != 0 && length <= BUILD_ID_BYTES ? length : BUILD_ID_BYTES;
    into.buildId(new BuildId(pid, HexFormat.of().formatHex(id, 0, known), fileName));
  }
}
