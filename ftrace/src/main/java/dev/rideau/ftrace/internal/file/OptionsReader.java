package dev.rideau.ftrace.internal.file;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Collects the options of a `trace.dat`. What it does not know or what is too short is passed
/// over.
final class OptionsReader {
  static final int DATE = 1;
  static final int CPUSTAT = 2;
  static final int BUFFER = 3;
  static final int TRACECLOCK = 4;
  static final int UNAME = 5;
  static final int OFFSET = 7;
  static final int CPUCOUNT = 8;
  static final int VERSION = 9;
  static final int TRACEID = 11;
  static final int TSC2NSEC = 14;
  static final int HEADER_INFO = 16;
  static final int FTRACE_EVENTS = 17;
  static final int EVENT_FORMATS = 18;
  static final int KALLSYMS = 19;
  static final int PRINTK = 20;
  static final int CMDLINES = 21;

  private static final int MOST_INSTANCES = 1000;

  /// A buffer, where its section is, and for version 7 what it holds.
  record Instance(
      long offsetBytes, String name, String clock, int pageBytes, List<CpuPlace> cpus) {}

  /// Where the pages of a CPU are.
  record CpuPlace(int cpu, long offsetBytes, long lengthBytes) {}

  /// Where a section is.
  record SectionPlace(int id, long offsetBytes) {}

  private String clock = "";
  private long offsetNs;
  private boolean isWallClock;
  private String uname = "";
  private String recorder = "";
  private final List<String> statistics = new ArrayList<>();
  private long traceId;
  private int cpuCount;
  private long tscMultiplier;
  private int tscShift;
  private final List<Instance> instances = new ArrayList<>();
  private final List<SectionPlace> sections = new ArrayList<>();

  void read(int id, byte[] data, ByteOrder order) {
    switch (id) {
      case DATE -> {
        // Microseconds, unlike OFFSET.
        offsetNs += parse(text(data)) * 1000;
        isWallClock = true;
      }
      case OFFSET -> offsetNs += parse(text(data));
      case CPUSTAT -> statistics.add(text(data));
      case BUFFER -> instance(data, order);
      case TRACECLOCK -> clock = chosen(text(data));
      case UNAME -> uname = text(data);
      case CPUCOUNT -> cpuCount = data.length < 4 ? 0 : (int) number(data, 0, 4, order);
      case VERSION -> recorder = text(data);
      case TRACEID -> traceId = data.length < 8 ? 0 : number(data, 0, 8, order);
      case TSC2NSEC -> {
        if (data.length >= 16) {
          tscMultiplier = number(data, 0, 4, order);
          tscShift = (int) number(data, 4, 4, order) & 63;
        }
      }
      case HEADER_INFO, FTRACE_EVENTS, EVENT_FORMATS, KALLSYMS, PRINTK, CMDLINES -> {
        if (data.length >= 8) {
          // In the order of their ids, in which they depend on each other.
          SectionPlace place = new SectionPlace(id, number(data, 0, 8, order));
          sections.removeIf(other -> other.id == id);
          int at = 0;
          while (at < sections.size() && sections.get(at).id < id) {
            at++;
          }
          sections.add(at, place);
        }
      }
      default -> {}
    }
  }

  private void instance(byte[] data, ByteOrder order) {
    if (data.length < 9 || instances.size() >= MOST_INSTANCES) {
      return;
    }
    long offset = number(data, 0, 8, order);
    int at = 8;
    int end = zero(data, at);
    String name = new String(data, at, end - at, StandardCharsets.UTF_8);
    at = Math.min(data.length, end + 1);
    end = zero(data, at);
    String clock = new String(data, at, end - at, StandardCharsets.UTF_8);
    at = end + 1;
    int pageBytes = 0;
    List<CpuPlace> cpus = new ArrayList<>();
    if (data.length - at >= 8) {
      pageBytes = (int) number(data, at, 4, order);
      long count = number(data, at + 4, 4, order);
      at += 8;
      for (long i = 0; i < count && data.length - at >= 20; i++, at += 20) {
        cpus.add(
            new CpuPlace(
                (int) number(data, at, 4, order),
                number(data, at + 4, 8, order),
                number(data, at + 12, 8, order)));
      }
    }
    instances.add(new Instance(offset, name, clock, pageBytes, cpus));
  }

  private static int zero(byte[] data, int from) {
    int at = from;
    while (at < data.length && data[at] != 0) {
      at++;
    }
    return at;
  }

  static long number(byte[] data, int at, int size, ByteOrder order) {
    long value = 0;
    for (int i = 0; i < size; i++) {
      int byteIndex = order == ByteOrder.BIG_ENDIAN ? i : size - 1 - i;
      value = value << 8 | data[at + byteIndex] & 0xFF;
    }
    return value;
  }

  private static String text(byte[] data) {
    return new String(data, 0, zero(data, 0), StandardCharsets.UTF_8).strip();
  }

  /// The clock between brackets: `local [mono] boot`.
  static String chosen(String clocks) {
    int open = clocks.indexOf('[');
    int close = clocks.indexOf(']', open + 1);
    return open >= 0 && close > open ? clocks.substring(open + 1, close) : clocks.strip();
  }

  private static long parse(String text) {
    boolean negative = text.startsWith("-");
    String digits = negative || text.startsWith("+") ? text.substring(1) : text;
    try {
      long value =
          digits.startsWith("0x") || digits.startsWith("0X")
              ? Long.parseUnsignedLong(digits.substring(2), 16)
              : Long.parseLong(digits);
      return negative ? -value : value;
    } catch (NumberFormatException _) {
      return 0;
    }
  }

  String clock() {
    return clock;
  }

  int cpuCount() {
    return cpuCount;
  }

  List<Instance> instances() {
    return instances;
  }

  List<SectionPlace> sections() {
    return sections;
  }

  TraceDat.Options done() {
    String known = clock;
    for (Instance instance : instances) {
      if (known.isEmpty() || instance.name.isEmpty() && !instance.clock.isEmpty()) {
        known = chosen(instance.clock);
      }
    }
    return new TraceDat.Options(
        known,
        offsetNs,
        isWallClock,
        uname,
        recorder,
        statistics,
        traceId,
        tscMultiplier,
        tscShift);
  }
}
