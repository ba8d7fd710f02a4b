package dev.rideau.cli.internal.stat;

import dev.rideau.cli.internal.AlignedTable;
import dev.rideau.trace.ClockClass;
import dev.rideau.trace.ClockOrigin;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.Loss;
import dev.rideau.trace.PacketIndex;
import dev.rideau.trace.TraceClass;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The report for people.
public final class StatText {
  private static final String INDENT = "  ";
  private static final String ROW_INDENT = "    ";

  private final StringBuilder out = new StringBuilder(4096);
  private final TimeText times;
  private final int limit;
  private final boolean colours;

  /// @param limit most rows of one table
  /// @param colours whether titles may stand out
  public StatText(TimeText times, int limit, boolean colours) {
    this.times = times;
    this.limit = limit;
    this.colours = colours;
  }

  /// Appends the report on all traces.
  public StatText append(Statistics statistics) {
    boolean next = false;
    for (TraceStatistics trace : statistics.traces()) {
      if (next) {
        out.append('\n');
      }
      next = true;
      append(trace);
    }
    return this;
  }

  /// The report so far.
  @Override
  public String toString() {
    return out.toString();
  }

  private void append(TraceStatistics trace) {
    heading("", "trace " + trace.trace().path());
    summary(trace);
    environment(trace.trace().traceClass().environment().entries());
    clocks(trace.trace().traceClass().clockClasses());
    streams(trace);
    losses(trace);
    eventClasses(trace);
  }

  private void summary(TraceStatistics trace) {
    TraceClass traceClass = trace.trace().traceClass();
    AlignedTable table = new AlignedTable(INDENT).text("").text("");
    table.row("format", trace.trace().format());
    if (!trace.trace().name().isEmpty()) {
      table.row("name", trace.trace().name());
    }
    if (traceClass.uid() != null) {
      table.row("uid", traceClass.uid());
    }
    TimeSpan span = trace.span();
    long records = trace.records();
    if (span.isKnown()) {
      ClockClass clock = firstClock(trace);
      table.row("first record", times.text(span.firstNs(), clock));
      table.row("last record", times.text(span.lastNs(), clock));
      table.row("duration", Numbers.seconds(span.durationNs()) + " s");
      String rate = Numbers.rate(records, span.durationNs());
      table.row("event records", Numbers.grouped(records) + " (" + rate + " a second)");
    } else {
      table.row("event records", Numbers.grouped(records));
    }
    table.row("packets", Numbers.grouped(trace.packets()));
    String files = trace.files() == 1 ? " file" : " files";
    table.row(
        "size",
        Numbers.grouped(trace.bytes()) + " bytes in " + Numbers.grouped(trace.files()) + files);
    table.row("lost", lost(trace));
    table.appendTo(out, colours);
  }

  private static ClockClass firstClock(TraceStatistics trace) {
    for (StreamStatistics stream : trace.streams()) {
      ClockClass clock = stream.stream().dataStreamClass().defaultClock();
      if (clock != null && stream.span().isKnown()) {
        return clock;
      }
    }
    throw new IllegalArgumentException("no stream has a time");
  }

  /// How much of a trace is known to be missing: `728 events in 3 places, 1 packet in 1 place`.
  public static String lost(TraceStatistics trace) {
    if (trace.losses().isEmpty()) {
      return "nothing that the trace knows of";
    }
    String events = amount(trace, Loss.Kind.DISCARDED_EVENTS, "event");
    String packets = amount(trace, Loss.Kind.DISCARDED_PACKETS, "packet");
    return events.isEmpty() || packets.isEmpty() ? events + packets : events + ", " + packets;
  }

  private static String amount(TraceStatistics trace, Loss.Kind kind, String what) {
    int times = 0;
    boolean unknown = false;
    for (Loss loss : trace.losses()) {
      if (loss.kind() == kind) {
        times++;
        unknown |= loss.count() == Loss.UNKNOWN_COUNT;
      }
    }
    if (times == 0) {
      return "";
    }
    long count = trace.lost(kind);
    String number = Numbers.grouped(count);
    if (unknown) {
      number = count == 0 ? "an unknown number of" : "at least " + number;
    }
    return number + " " + what + (count == 1 ? "" : "s") + " in " + times + place(times);
  }

  private static String place(int times) {
    return times == 1 ? " place" : " places";
  }

  private void environment(Map<String, Object> entries) {
    AlignedTable table = new AlignedTable(ROW_INDENT).text("").text("");
    entries.forEach((name, value) -> table.row(name, value.toString()));
    section("environment", table, 0);
  }

  private void clocks(List<ClockClass> clocks) {
    AlignedTable table =
        new AlignedTable(ROW_INDENT)
            .text("CLOCK")
            .number("FREQUENCY HZ")
            .number("OFFSET S")
            .number("OFFSET CYCLES")
            .text("ORIGIN")
            .text("DESCRIPTION");
    for (ClockClass clock : clocks) {
      String description = clock.description();
      table.row(
          clock.name() == null ? clock.id() : clock.name(),
          Numbers.grouped(clock.frequencyHz()),
          Long.toString(clock.offsetSeconds()),
          Long.toString(clock.offsetCycles()),
          origin(clock.origin()),
          description == null ? "" : description);
    }
    section("clocks", table, 0);
  }

  private static String origin(ClockOrigin origin) {
    return switch (origin) {
      case ClockOrigin.UnixEpoch _ -> "Unix epoch";
      case ClockOrigin.Unknown _ -> "unknown";
      case ClockOrigin.Custom custom -> custom.name() + " " + custom.uid();
    };
  }

  private void streams(TraceStatistics trace) {
    AlignedTable table =
        new AlignedTable(ROW_INDENT)
            .number("CLASS")
            .number("ID")
            .text("STREAM")
            .number("FILES")
            .number("PACKETS")
            .number("BYTES")
            .number("RECORDS")
            .text("FIRST RECORD")
            .text("LAST RECORD");
    int rows = Math.min(limit, trace.streams().size());
    for (StreamStatistics row : trace.streams().subList(0, rows)) {
      DataStream stream = row.stream();
      ClockClass clock = stream.dataStreamClass().defaultClock();
      TimeSpan span = row.span();
      table.row(
          Long.toUnsignedString(stream.dataStreamClass().id()),
          Long.toUnsignedString(stream.number()),
          stream.name(),
          Numbers.grouped(stream.packets().files().size()),
          Numbers.grouped(stream.packets().size()),
          Numbers.grouped(stream.packets().totalBytes()),
          Numbers.grouped(row.records()),
          span.isKnown() ? time(span.firstNs(), clock) : Numbers.NONE,
          span.isKnown() ? time(span.lastNs(), clock) : Numbers.NONE);
    }
    section("data streams", table, trace.streams().size() - rows);
  }

  private void losses(TraceStatistics trace) {
    AlignedTable table =
        new AlignedTable(ROW_INDENT)
            .text("LOST")
            .number("COUNT")
            .text("STREAM")
            .number("PACKET")
            .text("FROM")
            .text("TO");
    int rows = Math.min(limit, trace.losses().size());
    for (Loss loss : trace.losses().subList(0, rows)) {
      ClockClass clock = loss.stream().dataStreamClass().defaultClock();
      table.row(
          loss.kind() == Loss.Kind.DISCARDED_EVENTS ? "events" : "packets",
          loss.count() == Loss.UNKNOWN_COUNT ? "unknown" : Numbers.grouped(loss.count()),
          loss.stream().name(),
          Integer.toString(loss.packet()),
          time(loss.beginNs(), clock),
          time(loss.endNs(), clock));
    }
    section("losses", table, trace.losses().size() - rows);
  }

  private String time(long ns, @Nullable ClockClass clock) {
    return ns == PacketIndex.UNKNOWN || clock == null ? Numbers.NONE : times.text(ns, clock);
  }

  private void eventClasses(TraceStatistics trace) {
    boolean ids = hasEqualNames(trace.eventClasses());
    AlignedTable table = new AlignedTable(ROW_INDENT);
    if (ids) {
      table.number("CLASS:ID");
    }
    table.text("EVENT").number("RECORDS").number("SHARE").number("A SECOND").number("BYTES");
    table.number("SHARE");
    long records = 0;
    long bits = 0;
    for (EventClassStatistics row : trace.eventClasses()) {
      records += row.records();
      bits += row.bits();
    }
    long durationNs = trace.span().durationNs();
    int rows = Math.min(limit, trace.eventClasses().size());
    for (EventClassStatistics row : trace.eventClasses().subList(0, rows)) {
      String[] cells = {
        row.eventClass().displayName(),
        Numbers.grouped(row.records()),
        Numbers.share(row.records(), records),
        Numbers.rate(row.records(), durationNs),
        Numbers.grouped(row.bytes()),
        Numbers.share(row.bits(), bits)
      };
      table.row(ids ? withId(row, cells) : cells);
    }
    String title =
        "event classes ("
            + Numbers.grouped(trace.eventClasses().size())
            + " with records of "
            + Numbers.grouped(trace.eventClassCount())
            + ")";
    section(title, table, trace.eventClasses().size() - rows);
  }

  private static boolean hasEqualNames(List<EventClassStatistics> rows) {
    Set<String> names = new HashSet<>();
    for (EventClassStatistics row : rows) {
      if (!names.add(row.eventClass().displayName())) {
        return true;
      }
    }
    return false;
  }

  private static String[] withId(EventClassStatistics row, String[] cells) {
    String[] all = new String[cells.length + 1];
    all[0] =
        Long.toUnsignedString(row.streamClass().id())
            + ":"
            + Long.toUnsignedString(row.eventClass().id());
    System.arraycopy(cells, 0, all, 1, cells.length);
    return all;
  }

  private void section(String title, AlignedTable table, int further) {
    if (table.isEmpty()) {
      return;
    }
    out.append('\n');
    heading(INDENT, title);
    table.appendTo(out, colours);
    if (further > 0) {
      out.append(ROW_INDENT).append("and ").append(Numbers.grouped(further)).append(" more\n");
    }
  }

  private void heading(String indent, String title) {
    out.append(indent).append(colours ? "\u001b[1;36m" : "").append(AlignedTable.printable(title));
    out.append(colours ? "\u001b[0m" : "").append('\n');
  }
}
