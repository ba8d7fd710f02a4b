package dev.rideau.kernel.schema;

import dev.rideau.kernel.FactTable;
import dev.rideau.kernel.FactType;
import dev.rideau.kernel.Unit;
import java.util.List;

/// Disks.
public final class BlockTables {
  public static final FactTable BLOCK_DEVICE =
      FactTable.named("block_device", "A disk or partition.")
          .column("device", FactType.LONG, "Number of the device as the trace writes it.")
          .column("major", FactType.INT, "Its major number.")
          .column("minor", FactType.INT, "Its minor number.")
          .column("name", FactType.NAME, "Its name, from the state dump; else `major,minor`.")
          .build();

  public static final FactTable BLOCK_REQUEST =
      FactTable.named(
              "block_request",
              "A request to a disk, from its insertion into the queue (or its issue) to its "
                  + "completion.")
          .interval(
              "When it was inserted, or issued where it never was in a queue.",
              "Until it was completed.")
          .column("device", FactType.LONG, "The device.")
          .column("sector", FactType.LONG, Unit.SECTORS, "First sector.")
          .column("sectors", FactType.LONG, Unit.SECTORS, "Number of sectors.")
          .column("bytes", FactType.LONG, Unit.BYTES, "Number of bytes.")
          .column("direction", FactType.NAME, "`read`, `write`, `flush`, `discard` or `other`.")
          .nullable("is_sync", FactType.BOOLEAN, "Whether somebody waits for it.")
          .nullable("is_metadata", FactType.BOOLEAN, "Whether it moves the file system's own data.")
          .nullable(
              "utid",
              FactType.UTID,
              "The thread that queued it (first bio, insertion or issue, whichever is known "
                  + "first).")
          .nullable(
              "issue_ts", FactType.TIMESTAMP, Unit.NANOSECONDS, "When it was given to the device.")
          .nullable("service", FactType.DURATION, Unit.NANOSECONDS, "From issue to completion.")
          .column("merges_front", FactType.INT, Unit.COUNT, "Pieces that were added before it.")
          .column("merges_back", FactType.INT, Unit.COUNT, "Pieces that were added behind it.")
          .nullable(
              "queue_depth",
              FactType.INT,
              Unit.COUNT,
              "Requests of the device that were with the device when it was issued, itself "
                  + "included.")
          .nullable(
              "seek",
              FactType.LONG,
              Unit.SECTORS,
              "Distance from the end of the request issued before it on the device to its "
                  + "first sector.")
          .nullable(
              "process_seek",
              FactType.LONG,
              Unit.SECTORS,
              "The same, to the request issued before it for the same process.")
          .nullable("error", FactType.INT, "Error number of its completion; none when it was fine.")
          .build();

  /// All of the above.
  public static final List<FactTable> ALL = List.of(BLOCK_DEVICE, BLOCK_REQUEST);

  private BlockTables() {}
}
