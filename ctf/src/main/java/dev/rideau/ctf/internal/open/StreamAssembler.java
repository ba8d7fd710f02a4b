package dev.rideau.ctf.internal.open;

import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.Origin;
import dev.rideau.trace.PacketIndex;
import dev.rideau.trace.TraceClass;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Groups the data stream files of one trace into data streams.
///
/// Files with the same data stream class and instance id are one stream. A file without instance
/// id, or without the times to order it among others, is a stream of its own.
final class StreamAssembler {
  private final TraceClass traceClass;
  private final DiagnosticSink diagnostics;
  private final Map<Key, List<DataFile>> groups = new LinkedHashMap<>();

  /// What files of one stream have in common; `file` only when nothing else does.
  private record Key(long classId, @Nullable Long streamId, @Nullable Path file) {}

  StreamAssembler(TraceClass traceClass, DiagnosticSink diagnostics) {
    this.traceClass = traceClass;
    this.diagnostics = diagnostics;
  }

  /// Adds a file; those of the folder whose metadata describes the trace come first.
  void add(DataFile file) {
    DataStreamClass said = file.dataStreamClass();
    if (said == null || file.packets().size == 0) {
      return;
    }
    if (traceClass.dataStreamClass(said.id()) == null) {
      diagnostics.report(
          Diagnostic.error(
              "unknown-data-stream-class",
              "the metadata chosen for the trace has no data stream class with id "
                  + Long.toUnsignedString(said.id()),
              Origin.ofFile(file.path()),
              "Folders with the same trace UUID have contradicting metadata;"
                  + " open them one by one."));
      return;
    }
    boolean single = file.dataStreamId() == null || beginNs(file) == PacketIndex.UNKNOWN;
    Key key =
        single
            ? new Key(said.id(), null, file.path())
            : new Key(said.id(), file.dataStreamId(), null);
    groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(file);
  }

  /// The streams, in the order of [StreamDraft#ORDER].
  List<StreamDraft> assemble() {
    List<Map.Entry<Key, List<DataFile>>> byPath = new ArrayList<>(groups.entrySet());
    for (Map.Entry<Key, List<DataFile>> group : byPath) {
      group.setValue(byTime(group.getValue()));
    }
    byPath.sort((left, right) -> firstPath(left).compareTo(firstPath(right)));
    List<StreamDraft> drafts = new ArrayList<>();
    long nextNumber = 0;
    for (Map.Entry<Key, List<DataFile>> group : byPath) {
      Long streamId = group.getKey().streamId();
      long number = streamId != null ? streamId : nextNumber++;
      drafts.add(draft(groupClass(group.getKey()), number, group.getValue()));
    }
    drafts.sort(StreamDraft.ORDER);
    return drafts;
  }

  private DataStreamClass groupClass(Key key) {
    DataStreamClass found = traceClass.dataStreamClass(key.classId());
    if (found == null) {
      throw new IllegalStateException("add() checks that the class is there");
    }
    return found;
  }

  private static StreamDraft draft(
      DataStreamClass dataStreamClass, long number, List<DataFile> files) {
    DataFile first = files.getFirst();
    PacketIndex index = index(files);
    int sequenceBits = 0;
    int discardedBits = 0;
    boolean independent = true;
    for (DataFile file : files) {
      sequenceBits = Math.max(sequenceBits, file.sequenceBits());
      discardedBits = Math.max(discardedBits, file.discardedBits());
      independent &= file.independent();
    }
    return new StreamDraft(
        dataStreamClass,
        first.dataStreamId(),
        number,
        index,
        index,
        sequenceBits,
        discardedBits,
        independent || RecordTimes.areAbsolute(dataStreamClass));
  }

  private static PacketIndex index(List<DataFile> files) {
    PacketIndex.Builder builder =
        new PacketIndex.Builder(files.stream().map(DataFile::path).toList());
    List<PacketTable> tables = files.stream().map(DataFile::packets).toList();
    for (long pair : PacketOrder.of(tables)) {
      int table = PacketOrder.table(pair);
      tables.get(table).copyTo(builder, table, PacketOrder.row(pair));
    }
    return builder.build();
  }

  private static List<DataFile> byTime(List<DataFile> files) {
    List<DataFile> sorted = new ArrayList<>(files);
    sorted.sort((left, right) -> Long.compare(beginNs(left), beginNs(right)));
    return sorted;
  }

  private static Path firstPath(Map.Entry<Key, List<DataFile>> group) {
    return group.getValue().getFirst().path();
  }

  private static long beginNs(DataFile file) {
    return file.packets().beginNs[0];
  }
}
