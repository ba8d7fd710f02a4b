package dev.rideau.kernel.schema;

import dev.rideau.kernel.FactTable;
import dev.rideau.kernel.FactType;
import java.util.List;

/// Where programs were when samples of them were taken.
public final class StackTables {
  public static final FactTable STACK_SAMPLE =
      FactTable.named(
              "stack_sample",
              "A sample with a call chain, or at least an address: of perf's sampling events, and "
                  + "of tracepoints recorded with `-g`.")
          .point("When it was taken.")
          .column("stack_sample", FactType.LONG, "Our id of the sample.")
          .column(
              "event", FactType.NAME, "The event that it is of: `cpu-clock`, `sched:sched_switch`.")
          .nullable("cpu", FactType.INT, "The CPU.")
          .nullable("pid", FactType.INT, "Process id.")
          .nullable("tid", FactType.INT, "The kernel's id of the thread.")
          .nullable("thread_name", FactType.NAME, "Name of the thread at that time.")
          .column(
              "period",
              FactType.LONG,
              "How much of what its event counts it stands for: nanoseconds of `cpu-clock`, else "
                  + "events.")
          .column("frames", FactType.INT, "How many rows of `frame` it has.")
          .build();

  public static final FactTable FRAME =
      FactTable.named(
              "frame",
              "A call of the call chain of a sample. Functions are found in the files that ran, if "
                  + "they are on this machine.")
          .column("stack_sample", FactType.LONG, "The sample: `stack_sample.stack_sample`.")
          .column(
              "depth", FactType.INT, "0 for the function that ran, 1 for its caller, and so on.")
          .nullable("function", FactType.NAME, "Name of the function, readable.")
          .nullable("function_offset", FactType.LONG, "Bytes from its begin to the address.")
          .nullable(
              "module",
              FactType.NAME,
              "The file that the function is of; `[kernel.kallsyms]` for the kernel, `[NAME]` for "
                  + "its modules.")
          .column(
              "address",
              FactType.LONG,
              "Where the call is: in the file if there is one, else in memory.")
          .column("in_kernel", FactType.BOOLEAN, "Whether the function is the kernel's.")
          .build();

  /// All of the above.
  public static final List<FactTable> ALL = List.of(STACK_SAMPLE, FRAME);

  private StackTables() {}
}
