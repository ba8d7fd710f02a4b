package dev.rideau.ftrace;

import dev.rideau.trace.Batch;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.Projection;
import dev.rideau.trace.testing.Records;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Records as text: `cpu0 1000000000123 number: value=1`.
final class Lines {
  private Lines() {}

  static List<String> of(DataStream stream, List<Diagnostic> diagnostics) {
    List<String> lines = new ArrayList<>();
    KernelTrace trace = (KernelTrace) stream.trace();
    Records.each(
        stream,
        Projection.ALL,
        diagnostics::add,
        (block, i) -> {
          Batch batch = Objects.requireNonNull(block.batch(block.eventClasses()[i]));
          PrintFormat.Printer printer =
              PrintFormat.of(trace.format(batch.eventClass())).printer(trace.names());
          TextBytes text = new TextBytes();
          printer.print(batch, block.rows()[i], text);
          lines.add(
              "%s %d %s: %s"
                  .formatted(
                      stream.name(),
                      block.timestampsNs()[i],
                      batch.eventClass().displayName(),
                      text));
        });
    return lines;
  }
}
