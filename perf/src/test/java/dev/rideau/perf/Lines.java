package dev.rideau.perf;

import dev.rideau.ftrace.TextBytes;
import dev.rideau.trace.Batch;
import dev.rideau.trace.BytesColumn;
import dev.rideau.trace.Column;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.ListColumn;
import dev.rideau.trace.LongColumn;
import dev.rideau.trace.OpenedTraces;
import dev.rideau.trace.Projection;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.Scope;
import dev.rideau.trace.StructColumn;
import dev.rideau.trace.Traces;
import dev.rideau.trace.testing.Records;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/// What a reader makes of a file, as text for comparisons.
final class Lines {
  private record Line(long time, String text) {}

  private Lines() {}

  /// `time name member=value …` of every record, in the order of time.
  static List<String> ofRecords(Path file, List<Diagnostic> diagnostics) {
    List<Line> lines = new ArrayList<>();
    try (OpenedTraces opened = open(file, diagnostics)) {
      for (DataStream stream : opened.dataStreams()) {
        Records.each(
            stream,
            Projection.ALL,
            diagnostics::add,
            (block, record) ->
                lines.add(new Line(block.timestampsNs()[record], text(block, record))));
      }
    }
    return sorted(lines);
  }

  /// Pairs of neighbours in a stream, the first of which is later than the second.
  static List<String> stepsBack(Path file) {
    List<String> steps = new ArrayList<>();
    List<Diagnostic> diagnostics = new ArrayList<>();
    try (OpenedTraces opened = open(file, diagnostics)) {
      for (DataStream stream : opened.dataStreams()) {
        long[] last = {Long.MIN_VALUE};
        Records.each(
            stream,
            Projection.ALL,
            diagnostics::add,
            (block, record) -> {
              long time = block.timestampsNs()[record];
              if (time < last[0]) {
                steps.add(stream.name() + ": " + last[0] + ", " + time);
              }
              last[0] = time;
            });
      }
    }
    return steps;
  }

  /// The text of `perf script`, without symbols unless they are found.
  static List<String> ofScript(Path file, List<Diagnostic> diagnostics) {
    List<Line> lines = new ArrayList<>();
    try (OpenedTraces opened = open(file, diagnostics)) {
      PerfScript script = PerfScript.of(opened.traces().getFirst());
      for (DataStream stream : opened.dataStreams()) {
        PerfScript.Printer printer = script.printer();
        Records.each(
            stream,
            Projection.ALL,
            diagnostics::add,
            (block, record) -> {
              TextBytes text = new TextBytes();
              printer.print(block, record, text);
              if (text.size() > 0) {
                lines.add(new Line(block.timestampsNs()[record], text.toString()));
              }
            });
      }
    }
    return sorted(lines);
  }

  private static OpenedTraces open(Path file, List<Diagnostic> diagnostics) {
    return Traces.open(List.of(file), List.of(new PerfTraceReader()), diagnostics::add);
  }

  private static List<String> sorted(List<Line> lines) {
    return lines.stream().sorted(Comparator.comparingLong(Line::time)).map(Line::text).toList();
  }

  private static String text(RecordBlock block, int record) {
    Batch batch = block.batch(block.eventClasses()[record]);
    if (batch == null) {
      throw new AssertionError("a record without batch");
    }
    StringBuilder text = new StringBuilder();
    text.append(block.timestampsNs()[record]).append(' ');
    text.append(batch.eventClass().displayName());
    StructColumn packet = block.packetContext();
    if (packet != null) {
      append(text, packet, 0);
    }
    for (Scope scope : List.of(Scope.COMMON_CONTEXT, Scope.SPECIFIC_CONTEXT, Scope.PAYLOAD)) {
      StructColumn columns = batch.columns(scope);
      if (columns != null) {
        append(text, columns, block.rows()[record]);
      }
    }
    return text.toString();
  }

  private static void append(StringBuilder text, StructColumn columns, int row) {
    for (int i = 0; i < columns.memberCount(); i++) {
      Column column = columns.member(i);
      String name = columns.structure().members().get(i).name();
      if (column != null && !name.endsWith("_length")) {
        text.append(' ').append(name).append('=').append(value(column, row));
      }
    }
  }

  private static String value(Column column, int row) {
    if (!column.isValid(row)) {
      return "none";
    }
    return switch (column) {
      case LongColumn longs -> Long.toString(longs.value(row));
      case BytesColumn bytes ->
          column.fieldClass() instanceof dev.rideau.trace.FieldClass.Text
              ? bytes.text(row)
              : HexFormat.of()
                  .formatHex(
                      bytes.bytes(),
                      bytes.offsetsBytes()[row],
                      bytes.offsetsBytes()[row] + bytes.lengthsBytes()[row]);
      case ListColumn list -> {
        List<String> elements = new ArrayList<>();
        for (int i = 0; i < list.lengths()[row]; i++) {
          elements.add(value(list.elements(), list.offsets()[row] + i));
        }
        yield elements.toString();
      }
      case StructColumn struct -> {
        StringBuilder inner = new StringBuilder("{");
        append(inner, struct, row);
        yield inner.append('}').toString();
      }
      case Column other -> throw new AssertionError("unexpected column " + other);
    };
  }
}
