package dev.rideau.cli.internal.top;

import dev.rideau.cli.internal.top.TopUse.Meaning;
import dev.rideau.kernel.RequestFlags;
import dev.rideau.trace.Batch;
import dev.rideau.trace.BytesColumn;
import dev.rideau.trace.Column;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.LongColumn;
import dev.rideau.trace.MemberSelection;
import dev.rideau.trace.Projection;
import dev.rideau.trace.Scope;
import dev.rideau.trace.StructColumn;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The fields of records that `rideau top` reads.
final class TopFields {
  private static final Set<String> FIELDS =
      Set.of(
          "prev_pid",
          "prev_tid",
          "next_pid",
          "next_tid",
          "next_comm",
          "prev_state",
          "pid",
          "tid",
          "ret",
          "bytes",
          "dev",
          "sector",
          "nr_sector",
          "rwbs",
          "len",
          "name",
          "fd",
          "filename",
          "clone_flags",
          "ptid",
          "comm",
          "out",
          "next_prev_tid",
          "common_pid");

  /// What contexts call the thread that makes a record: LTTng and perf, and ftrace.
  private static final List<String> OWN_TIDS = List.of("tid", "common_pid");

  /// Only what is needed of the records that matter.
  static final Projection PROJECTION =
      new Projection() {
        @Override
        public boolean includes(EventClass eventClass) {
          return TopUse.of(eventClass.displayName()).meaning() != Meaning.NONE;
        }

        @Override
        public MemberSelection members(EventClass eventClass, Scope scope) {
          return MemberSelection.of(FIELDS);
        }
      };

  private TopFields() {}

  /// The thread that makes a record, or -1 where it does not tell.
  static long ownTid(Batch batch, int row) {
    long tid = ownTid(batch.commonContext(), row);
    return tid >= 0 ? tid : ownTid(batch.specificContext(), row);
  }

  private static long ownTid(@Nullable StructColumn context, int row) {
    if (context != null) {
      for (String name : OWN_TIDS) {
        if (context.member(name) instanceof LongColumn column) {
          return (int) column.value(row);
        }
      }
    }
    return -1;
  }

  /// Whether a request tells a disk that it may forget, and moves no bytes.
  static boolean isDiscard(Batch batch, int row) {
    int flags =
        column(batch, "rwbs") instanceof BytesColumn text
            ? RequestFlags.of(
                text.bytes(),
                text.offsetsBytes()[row],
                text.offsetsBytes()[row] + text.lengthsBytes()[row])
            : (int) number(batch, row, "rwbs", "rwbs");
    return (flags & RequestFlags.DISCARD) != 0;
  }

  static String text(Batch batch, int row, String name) {
    return column(batch, name) instanceof BytesColumn text
        ? new String(
            text.bytes(),
            text.offsetsBytes()[row],
            text.lengthsBytes()[row],
            StandardCharsets.UTF_8)
        : "";
  }

  static long number(Batch batch, int row, String name, String otherName) {
    Column column = column(batch, name);
    if (column == null) {
      column = column(batch, otherName);
    }
    return column instanceof LongColumn integers ? integers.value(row) : 0;
  }

  static @Nullable Column column(Batch batch, String name) {
    StructColumn payload = batch.payload();
    return payload == null ? null : payload.member(name);
  }
}
