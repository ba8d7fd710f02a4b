package dev.rideau.ctf.internal.write;

import dev.rideau.trace.BitLayout;
import dev.rideau.trace.ClockClass;
import dev.rideau.trace.ClockOrigin;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass.Structure;
import dev.rideau.trace.Scope;
import dev.rideau.trace.TraceClass;
import java.nio.ByteOrder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes a trace class as TSDL, the metadata language of CTF 1.8.
///
/// The trace class must be one of CTF 1.8; [TracePlan] makes one of any other.
public final class TsdlWriter {
  private final TraceClass traceClass;
  private final TsdlText text = new TsdlText();

  private TsdlWriter(TraceClass traceClass) {
    this.traceClass = traceClass;
  }

  /// The metadata text.
  public static String write(TraceClass traceClass) {
    TsdlWriter writer = new TsdlWriter(traceClass);
    writer.writeAll();
    return writer.text.toString();
  }

  private void writeAll() {
    text.line("/* CTF 1.8 */");
    trace();
    environment();
    traceClass.clockClasses().forEach(this::clock);
    traceClass.dataStreamClasses().forEach(this::stream);
  }

  private void trace() {
    text.open("trace {");
    text.line("major = %d;", traceClass.majorVersion());
    text.line("minor = %d;", traceClass.minorVersion());
    if (traceClass.uid() != null) {
      text.line("uuid = %s;", TsdlText.quoted(traceClass.uid()));
    }
    text.line("byte_order = %s;", byteOrder());
    root("packet.header", Scope.PACKET_HEADER, traceClass.packetHeader(), null, null);
    text.close("};");
  }

  private String byteOrder() {
    return traceClass.nativeByteOrder() == ByteOrder.BIG_ENDIAN ? "be" : "le";
  }

  private void environment() {
    Map<String, Object> entries = traceClass.environment().entries();
    if (entries.isEmpty()) {
      return;
    }
    text.open("env {");
    entries.forEach((name, value) ->
        text.line(
            "%s = %s;", name, value instanceof String string ? TsdlText.quoted(string) : value));
    text.close("};");
  }

  private void clock(ClockClass clock) {
    text.open("clock {");
    text.line("name = %s;", clock.id());
    if (clock.uid() != null) {
      text.line("uuid = %s;", TsdlText.quoted(clock.uid()));
    }
    if (clock.description() != null) {
      text.line("description = %s;", TsdlText.quoted(clock.description()));
    }
    text.line("freq = %d;", clock.frequencyHz());
    if (clock.precisionCycles() != null) {
      text.line("precision = %d;", clock.precisionCycles());
    }
    if (clock.offsetSeconds() != 0) {
      text.line("offset_s = %d;", clock.offsetSeconds());
    }
    text.line("offset = %d;", clock.offsetCycles());
    if (clock.origin() instanceof ClockOrigin.UnixEpoch) {
      text.line("absolute = true;");
    }
    text.close("};");
  }

  /// Readers refuse an id where no packet can say it.
  private boolean hasStreamIds() {
    Structure header = traceClass.packetHeader();
    return header != null && header.indexOf("stream_id") >= 0;
  }

  private void stream(DataStreamClass stream) {
    text.open("stream {");
    if (hasStreamIds()) {
      text.line("id = %s;", Long.toUnsignedString(stream.id()));
    }
    root("event.header", Scope.EVENT_HEADER, stream.eventHeader(), stream, null);
    root("packet.context", Scope.PACKET_CONTEXT, stream.packetContext(), stream, null);
    root("event.context", Scope.COMMON_CONTEXT, stream.commonContext(), stream, null);
    text.close("};");
    for (EventClass event : stream.eventClasses()) {
      event(stream, event);
    }
  }

  private void event(DataStreamClass stream, EventClass event) {
    text.open("event {");
    if (event.name() != null) {
      text.line("name = %s;", TsdlText.quoted(event.name()));
    }
    text.line("id = %s;", Long.toUnsignedString(event.id()));
    if (hasStreamIds()) {
      text.line("stream_id = %s;", Long.toUnsignedString(stream.id()));
    }
    if (event.logLevel() != null) {
      text.line("loglevel = %d;", event.logLevel());
    }
    if (event.emfUri() != null) {
      text.line("model.emf.uri = %s;", TsdlText.quoted(event.emfUri()));
    }
    root("context", Scope.SPECIFIC_CONTEXT, event.specificContext(), stream, event);
    root("fields", Scope.PAYLOAD, event.payload(), stream, event);
    text.close("};");
  }

  private void root(
      String name,
      Scope scope,
      @Nullable Structure structure,
      @Nullable DataStreamClass stream,
      @Nullable EventClass event) {
    if (structure != null) {
      new TsdlFieldWriter(text, traceClass, stream, event, scope).root(name, structure);
    }
  }

  /// The attributes that integers and floating point numbers have in common.
  static String layout(BitLayout layout, @Nullable ByteOrder nativeByteOrder) {
    String order =
        layout.byteOrder() == ByteOrder.BIG_ENDIAN ? " byte_order = be;" : " byte_order = le;";
    return " align = %d;%s"
        .formatted(layout.alignmentBits(), layout.byteOrder() == nativeByteOrder ? "" : order);
  }
}
