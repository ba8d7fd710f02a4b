package dev.rideau.record.internal.watch;

import dev.rideau.record.EventRequest;
import dev.rideau.record.LiveRecording;
import dev.rideau.record.RecordException;
import dev.rideau.record.RecordingOptions;
import dev.rideau.record.Trigger;
import dev.rideau.record.internal.tracefs.Tracefs;
import dev.rideau.trace.Batch;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.LongColumn;
import dev.rideau.trace.MemberSelection;
import dev.rideau.trace.Projection;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.Scope;
import dev.rideau.trace.StructColumn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Looks for a begin and an end that lie too far apart, in an instance that records nothing but
/// these. Used by one thread.
public final class PairWatch implements AutoCloseable {
  private static final int BUFFER_KB = 4096;
  private static final String TASK = "common_pid";

  private final Trigger.Lasts wanted;
  private final LiveRecording live;
  private final Set<String> begins;
  private final Set<String> ends;
  private final OpenTimes open = new OpenTimes();
  private final Projection projection =
      new Projection() {
        @Override
        public boolean includes(EventClass eventClass) {
          String name = eventClass.displayName();
          return begins.contains(name) || ends.contains(name);
        }

        @Override
        public MemberSelection members(EventClass eventClass, Scope scope) {
          return MemberSelection.of(
              new HashSet<>(List.of(wanted.beginKey(), wanted.endKey(), TASK)));
        }
      };
  private long lost;
  private @Nullable String found;

  private PairWatch(Trigger.Lasts wanted, LiveRecording live) {
    this.wanted = wanted;
    this.live = live;
    begins = live.names(wanted.begins());
    ends = live.names(wanted.ends());
  }

  /// Starts to look.
  public static PairWatch start(Trigger.Lasts wanted, String clock) {
    Set<EventRequest> events = new LinkedHashSet<>(wanted.begins());
    events.addAll(wanted.ends());
    RecordingOptions options =
        new RecordingOptions(
            Path.of(""), List.copyOf(events), BUFFER_KB, clock, List.of(), List.of(), false, "");
    // What cannot be decoded is none of the recording's business.
    LiveRecording live = LiveRecording.start(options, _ -> {});
    try {
      requireField(live, wanted.begins(), wanted.beginKey());
      requireField(live, wanted.ends(), wanted.endKey());
      return new PairWatch(wanted, live);
    } catch (RuntimeException | Error failure) {
      live.close();
      throw failure;
    }
  }

  private static void requireField(LiveRecording live, List<EventRequest> events, String key) {
    Set<String> fields = live.integerFields(events);
    if (!fields.contains(key)) {
      throw new RecordException(
          "the event '%s' has no number '%s'".formatted(events.getFirst().name(), key),
          "It has " + String.join(", ", fields) + ".");
    }
  }

  /// Whether it happened since the last call: in words, or null.
  public @Nullable String happened() {
    found = null;
    // What cannot be decoded is none of the recording's business.
    long _ = live.look(projection, this::take, _ -> {});
    long lostNow = live.lost();
    if (lostNow != lost) {
      // An end that was lost would make the next one look late.
      lost = lostNow;
      open.clear();
    }
    return found;
  }

  private void take(RecordBlock block, int from, int to) {
    for (int i = from; i < to; i++) {
      Batch batch = block.batch(block.eventClasses()[i]);
      if (batch == null) {
        continue;
      }
      String name = batch.eventClass().displayName();
      int row = block.rows()[i];
      long timeNs = block.timestampsNs()[i];
      LongColumn endKey = ends.contains(name) ? key(batch, wanted.endKey()) : null;
      if (endKey != null) {
        long beginNs = open.remove(endKey.value(row));
        if (beginNs != OpenTimes.NONE
            && timeNs - beginNs > wanted.longerThanNs()
            && found == null) {
          LongColumn task = key(batch, TASK);
          found = text(name, timeNs - beginNs, task == null ? -1 : task.value(row));
        }
      }
      LongColumn beginKey = begins.contains(name) ? key(batch, wanted.beginKey()) : null;
      if (beginKey != null) {
        open.put(beginKey.value(row), timeNs);
      }
    }
  }

  private static @Nullable LongColumn key(Batch batch, String name) {
    for (Scope scope : new Scope[] {Scope.PAYLOAD, Scope.COMMON_CONTEXT, Scope.SPECIFIC_CONTEXT}) {
      StructColumn columns = batch.columns(scope);
      if (columns != null && columns.member(name) instanceof LongColumn column) {
        return column;
      }
    }
    return null;
  }

  private static String text(String event, long lastedNs, long tid) {
    String comm = comm(tid);
    return String.format(
        Locale.ROOT,
        "%s after %.1f ms by %s%d",
        event,
        lastedNs / 1e6,
        comm.isEmpty() ? "" : comm + " ",
        tid);
  }

  private static String comm(long tid) {
    try {
      return Files.readString(Path.of("/proc/" + tid + "/comm")).strip();
    } catch (IOException _) {
      // Gone already; the kernel remembers some names.
      String start = tid + " ";
      return Tracefs.find()
          .text("saved_cmdlines")
          .lines()
          .filter(line -> line.startsWith(start))
          .findFirst()
          .map(line -> line.substring(start.length()))
          .orElse("");
    }
  }

  @Override
  public void close() {
    live.close();
  }
}
