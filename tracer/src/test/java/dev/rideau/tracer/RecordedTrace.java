package dev.rideau.tracer;

import dev.rideau.ctf.CtfTraceReader;
import dev.rideau.trace.Batch;
import dev.rideau.trace.BytesColumn;
import dev.rideau.trace.Column;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.DoubleColumn;
import dev.rideau.trace.ListColumn;
import dev.rideau.trace.LongColumn;
import dev.rideau.trace.Loss;
import dev.rideau.trace.OpenedTraces;
import dev.rideau.trace.OptionalColumn;
import dev.rideau.trace.Projection;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.StructColumn;
import dev.rideau.trace.Trace;
import dev.rideau.trace.Traces;
import dev.rideau.trace.VariantColumn;
import dev.rideau.trace.testing.Records;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A trace read back with Rideau's reader: all records, and everything it complained about.
///
/// @param events by time
record RecordedTrace(List<RecordedEvent> events, List<Diagnostic> diagnostics, List<Loss> losses) {

  static RecordedTrace read(Path folder) {
    List<RecordedEvent> events = new ArrayList<>();
    List<Diagnostic> diagnostics = new ArrayList<>();
    List<Loss> losses = new ArrayList<>();
    try (OpenedTraces opened =
        Traces.open(List.of(folder), List.of(new CtfTraceReader()), diagnostics::add)) {
      for (Trace trace : opened.traces()) {
        for (DataStream stream : trace.dataStreams()) {
          losses.addAll(stream.losses());
          long[] before = {Long.MIN_VALUE};
          Records.each(
              stream,
              Projection.ALL,
              diagnostics::add,
              (block, i) -> {
                if (block.timestampsNs()[i] < before[0]) {
                  throw new AssertionError("time runs backwards in " + stream.name());
                }
                before[0] = block.timestampsNs()[i];
                events.add(event(block, i, stream.ordinal()));
              });
        }
      }
    }
    events.sort(Comparator.comparingLong(RecordedEvent::timestampNs));
    return new RecordedTrace(events, diagnostics, losses);
  }

  List<RecordedEvent> named(String name) {
    return events.stream().filter(event -> event.name().equals(name)).toList();
  }

  private static RecordedEvent event(RecordBlock block, int index, long stream) {
    Batch batch = block.batch(block.eventClasses()[index]);
    if (batch == null) {
      throw new AssertionError("a class without columns");
    }
    int row = block.rows()[index];
    String name = batch.eventClass().name();
    return new RecordedEvent(
        name == null ? "?" : name,
        block.timestampsNs()[index],
        stream,
        members(batch.payload(), row),
        members(batch.commonContext(), row));
  }

  private static Map<String, Object> members(@Nullable StructColumn column, int row) {
    Map<String, Object> values = new LinkedHashMap<>();
    if (column != null) {
      for (int i = 0; i < column.memberCount(); i++) {
        String name = column.structure().members().get(i).name();
        Column member = column.member(i);
        // Lengths and tags stand before what they belong to, with two underscores.
        boolean isHelper = name.endsWith("_length") || name.endsWith("_tag");
        if (member != null && !isHelper) {
          values.put(name.startsWith("_") ? name.substring(1) : name, value(member, row));
        }
      }
    }
    return values;
  }

  private static @Nullable Object value(Column column, int row) {
    return switch (column) {
      case LongColumn numbers -> numbers.value(row);
      case DoubleColumn numbers -> numbers.value(row);
      case BytesColumn bytes -> bytes.text(row);
      case StructColumn struct -> members(struct, row);
      case ListColumn list -> {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < list.lengths()[row]; i++) {
          values.add(value(list.elements(), list.offsets()[row] + i));
        }
        yield values;
      }
      case VariantColumn variant -> {
        Column selected = variant.option(variant.selected()[row]);
        yield selected instanceof StructColumn struct && struct.memberCount() == 0
            ? null
            : value(selected, row);
      }
      case OptionalColumn optional -> optional.isValid(row) ? value(optional.content(), row) : null;
    };
  }
}
