package dev.rideau.cli.internal.stat;

import dev.rideau.cli.internal.JsonDocument;
import dev.rideau.trace.ClockClass;
import dev.rideau.trace.ClockOrigin;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.Loss;
import dev.rideau.trace.PacketIndex;
import dev.rideau.trace.TraceClass;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The report for programs; `docs/json.md` describes its shape. Members are only ever added.
public final class StatJson {
  private static final long VERSION = 1;

  private final JsonDocument json = new JsonDocument();
  private final int limit;

  /// @param limit most event classes of one trace
  public StatJson(int limit) {
    this.limit = limit;
  }

  /// The report as one object.
  public String text(Statistics statistics) {
    json.object().member("rideau_stat", VERSION).array("traces");
    for (TraceStatistics trace : statistics.traces()) {
      append(trace);
    }
    return json.endArray().endObject() + "\n";
  }

  private void append(TraceStatistics trace) {
    TraceClass traceClass = trace.trace().traceClass();
    json.object()
        .member("path", trace.trace().path().toString())
        .member("format", trace.trace().format())
        .member("name", trace.trace().name())
        .member("uid", traceClass.uid());
    span(trace.span());
    json.member("records", trace.records())
        .member("packets", trace.packets())
        .member("bytes", trace.bytes())
        .unsigned("discarded_events", trace.lost(Loss.Kind.DISCARDED_EVENTS))
        .unsigned("discarded_packets", trace.lost(Loss.Kind.DISCARDED_PACKETS));
    environment(traceClass.environment().entries());
    json.array("clocks");
    for (ClockClass clock : traceClass.clockClasses()) {
      append(clock);
    }
    json.endArray().array("streams");
    for (StreamStatistics stream : trace.streams()) {
      append(stream);
    }
    json.endArray().array("losses");
    for (Loss loss : trace.losses()) {
      append(loss);
    }
    json.endArray().member("described_event_classes", trace.eventClassCount());
    json.array("event_classes");
    int rows = Math.min(limit, trace.eventClasses().size());
    for (EventClassStatistics row : trace.eventClasses().subList(0, rows)) {
      append(row, trace.span());
    }
    json.endArray().endObject();
  }

  private void span(TimeSpan span) {
    boolean known = span.isKnown();
    json.member("first_ns", known ? (Long) span.firstNs() : null)
        .member("last_ns", known ? (Long) span.lastNs() : null);
    if (known) {
      json.unsigned("duration_ns", span.durationNs());
    } else {
      json.member("duration_ns", (Long) null);
    }
  }

  private void environment(Map<String, Object> entries) {
    json.object("environment");
    entries.forEach((name, value) -> {
      if (value instanceof Long number) {
        json.member(name, number);
      } else {
        json.member(name, value.toString());
      }
    });
    json.endObject();
  }

  private void append(ClockClass clock) {
    json.object()
        .member("id", clock.id())
        .member("namespace", clock.namespace())
        .member("name", clock.name())
        .member("uid", clock.uid())
        .member("description", clock.description())
        .member("frequency_hz", clock.frequencyHz())
        .member("offset_seconds", clock.offsetSeconds())
        .member("offset_cycles", clock.offsetCycles())
        .member("precision_cycles", clock.precisionCycles())
        .member("accuracy_cycles", clock.accuracyCycles())
        .object("origin");
    switch (clock.origin()) {
      case ClockOrigin.UnixEpoch _ -> json.member("kind", "unix-epoch");
      case ClockOrigin.Unknown _ -> json.member("kind", "unknown");
      case ClockOrigin.Custom custom ->
          json.member("kind", "custom")
              .member("namespace", custom.namespace())
              .member("name", custom.name())
              .member("uid", custom.uid());
    }
    json.endObject().endObject();
  }

  private void append(StreamStatistics row) {
    DataStream stream = row.stream();
    json.object()
        .unsigned("stream_class_id", stream.dataStreamClass().id())
        .unsigned("number", stream.number())
        .member("name", stream.name())
        .array("files");
    for (Path file : stream.packets().files()) {
      json.element(file.toString());
    }
    json.endArray()
        .member("packets", stream.packets().size())
        .member("bytes", stream.packets().totalBytes())
        .member("records", row.records());
    span(row.span());
    json.endObject();
  }

  private void append(Loss loss) {
    json.object()
        .member(
            "kind",
            switch (loss.kind()) {
              case DISCARDED_EVENTS -> "discarded-events";
              case DISCARDED_PACKETS -> "discarded-packets";
            })
        .unsigned("stream_class_id", loss.stream().dataStreamClass().id())
        .unsigned("stream_number", loss.stream().number())
        .member("packet", loss.packet());
    if (loss.count() == Loss.UNKNOWN_COUNT) {
      json.member("count", (Long) null);
    } else {
      json.unsigned("count", loss.count());
    }
    json.member("begin_ns", known(loss.beginNs())).member("end_ns", known(loss.endNs()));
    json.endObject();
  }

  private static @Nullable Long known(long ns) {
    return ns == PacketIndex.UNKNOWN ? null : (Long) ns;
  }

  private void append(EventClassStatistics row, TimeSpan span) {
    json.object()
        .unsigned("stream_class_id", row.streamClass().id())
        .unsigned("id", row.eventClass().id())
        .member("name", row.eventClass().name())
        .member("log_level", row.eventClass().logLevel())
        .member("records", row.records())
        .member("bytes", row.bytes());
    if (span.durationNs() == 0) {
      json.member("records_per_second", (Long) null);
    } else {
      json.decimal("records_per_second", Numbers.ratePerSecond(row.records(), span.durationNs()));
    }
    json.endObject();
  }
}
