package dev.rideau.kernel.schema;

import dev.rideau.kernel.FactTable;
import dev.rideau.kernel.FactType;
import java.util.List;

/// What programs tell of their own work.
public final class SpanTables {
  public static final FactTable SPAN =
      FactTable.named(
              "span",
              "A piece of a program's own work, told by its user-space events: from `X_begin` to "
                  + "`X_end` (or enter and exit, entry and exit, start and stop, end, finish or "
                  + "done, also as `XBegin` or `X:begin`), or one event with a field "
                  + "`duration_ns`.")
          .interval("When it began.", "How long it lasted.")
          .column("span", FactType.LONG, "Our id of the span.")
          .nullable(
              "parent",
              FactType.LONG,
              "The span that was open in the same thread when it began, if any.")
          .column("name", FactType.NAME, "Name of its events without what tells begin from end.")
          .nullable(
              "id",
              FactType.LONG,
              "The number by which begin and end belong together: the first integer field that "
                  + "both have, `id` or `…_id` before others.")
          .nullable("detail", FactType.TEXT, "The first text field of the event that begins it.")
          .nullable("pid", FactType.INT, "Process id, when it is a context (`vpid`).")
          .nullable(
              "tid",
              FactType.INT,
              "The kernel's id of the thread in which it began, when it is a context (`vtid`).")
          .nullable(
              "end_tid",
              FactType.INT,
              "The same for its end: another one when a virtual thread changed its carrier, or "
                  + "work was passed on.")
          .nullable(
              "java_thread_id",
              FactType.LONG,
              "Java's id of the thread in which it began, when it is a context.")
          .nullable(
              "thread_name",
              FactType.NAME,
              "Name of the thread in which it began, when it is a context (`procname`).")
          .build();

  /// All of the above.
  public static final List<FactTable> ALL = List.of(SPAN);

  private SpanTables() {}
}
