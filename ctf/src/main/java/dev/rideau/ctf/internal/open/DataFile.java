package dev.rideau.ctf.internal.open;

import dev.rideau.trace.DataStreamClass;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A data stream file, indexed.
///
/// @param path absolute path
/// @param dataStreamClass class of its packets, null when not even the first could be read
/// @param dataStreamId instance id that its first packet carries, null when not said
/// @param packets its packets up to the first that cannot be located
/// @param sequenceBits length of the packet sequence numbers, 0 when there are none
/// @param discardedBits length of the counter of discarded events, 0 when there is none
/// @param independent whether each packet says where its time starts
/// @param diagnostics what is wrong with it
record DataFile(
    Path path,
    @Nullable DataStreamClass dataStreamClass,
    @Nullable Long dataStreamId,
    PacketTable packets,
    int sequenceBits,
    int discardedBits,
    boolean independent,
    FileDiagnostics diagnostics) {

  /// The name of the file, for messages.
  String name() {
    return String.valueOf(path.getFileName());
  }
}
