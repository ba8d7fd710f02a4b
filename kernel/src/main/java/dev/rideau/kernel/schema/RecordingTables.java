package dev.rideau.kernel.schema;

import dev.rideau.kernel.FactTable;
import dev.rideau.kernel.FactType;
import dev.rideau.kernel.Unit;
import java.util.List;

/// What the recording itself tells and lacks.
public final class RecordingTables {
  public static final FactTable RECORDING =
      FactTable.named("recording", "What was recorded, as names and values.")
          .column(
              "name",
              FactType.NAME,
              "`begin_ts`, `end_ts`, `host`, `kernel`, `tracer`, `cpus`, `boot_ts` and the "
                  + "entries of the trace's environment.")
          .column("value", FactType.TEXT, "The value.")
          .build();

  public static final FactTable EVENT_CLASS =
      FactTable.named("event_class", "An event class of the trace and how often it was seen.")
          .column("name", FactType.NAME, "Its name.")
          .column("events", FactType.LONG, Unit.COUNT, "Number of records.")
          .nullable(
              "used_as",
              FactType.NAME,
              "The event of the model that it was taken for; none when nothing is made of it.")
          .build();

  public static final FactTable LOSS =
      FactTable.named("loss", "Something was lost: facts in this interval are uncertain.")
          .interval("From when at the earliest.", "Until when at the latest.")
          .nullable("cpu", FactType.INT, "The CPU of the stream, when known.")
          .column(
              "kind",
              FactType.NAME,
              "`discarded events`, `discarded packets`; `missing begin` or `missing end` when the CPU was recorded for a part of the time only; "
                  + "`not recorded` when other CPUs name one of which there are no records; "
                  + "`damaged` when a packet cannot be read from a record on.")
          .nullable("count", FactType.LONG, Unit.COUNT, "How many; none when not known.")
          .build();

  public static final FactTable DIAGNOSTIC =
      FactTable.named(
              "diagnostic",
              "Something that was wrong or unusual while reading the trace or making facts.")
          .column("severity", FactType.NAME, "`error`, `warning` or `info`.")
          .column("rule", FactType.NAME, "Stable name of the rule.")
          .column("message", FactType.TEXT, "What was wrong.")
          .nullable("origin", FactType.TEXT, "Where: file, stream, packet, bit.")
          .nullable(
              "ts", FactType.TIMESTAMP, Unit.NANOSECONDS, "Begin of the time that it touches.")
          .nullable(
              "dur", FactType.DURATION, Unit.NANOSECONDS, "Length of the time that it touches.")
          .nullable("advice", FactType.TEXT, "What to do.")
          .build();

  /// All of the above.
  public static final List<FactTable> ALL = List.of(RECORDING, EVENT_CLASS, LOSS, DIAGNOSTIC);

  private RecordingTables() {}
}
