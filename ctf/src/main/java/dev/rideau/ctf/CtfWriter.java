package dev.rideau.ctf;

import dev.rideau.ctf.internal.write.JsonMetadataWriter;
import dev.rideau.ctf.internal.write.StagedFolder;
import dev.rideau.ctf.internal.write.TracePlan;
import dev.rideau.ctf.internal.write.TsdlWriter;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.TraceClass;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes a trace in the Common Trace Format: metadata and a file for each data stream.
///
/// ```java
/// try (CtfWriter writer = CtfWriter.create(folder, traceClass, CtfFormat.CTF_1_8, diagnostics)) {
///   try (StreamWriter stream = writer.stream(streamClass, "channel0_0", 0)) {
///     stream.begin(eventClass, 1000).putLong(42).end();
///   }
///   writer.commit();
/// }
/// ```
///
/// What CTF 1.8 lacks is written as what comes nearest, and the sink is told. Streams may be
/// written by several threads, one each.
public final class CtfWriter implements AutoCloseable {
  /// Length of packets that the writer makes by itself.
  public static final int PACKET_BYTES = 1 << 20;

  private final Path folder;
  private final @Nullable StagedFolder staged;
  private final TracePlan plan;
  private final Set<String> names = new HashSet<>();

  private CtfWriter(Path folder, @Nullable StagedFolder staged, TracePlan plan, CtfFormat format)
      throws IOException {
    this.folder = folder;
    this.staged = staged;
    this.plan = plan;
    byte[] metadata =
        switch (format) {
          case CTF_1_8 -> TsdlWriter.write(plan.target()).getBytes(StandardCharsets.UTF_8);
          case CTF_2 -> JsonMetadataWriter.write(plan.target(), plan.uuid());
        };
    Files.write(folder.resolve("metadata"), metadata);
    names.add("metadata");
  }

  /// Starts a trace that will stand in `folder` after [#commit()], and not before: until then it
  /// grows in a hidden folder beside it.
  ///
  /// @param folder must not exist, unless it is empty
  public static CtfWriter create(
      Path folder, TraceClass traceClass, CtfFormat format, DiagnosticSink diagnostics)
      throws IOException {
    TracePlan plan = TracePlan.of(traceClass, format, false, diagnostics);
    StagedFolder staged = StagedFolder.create(folder);
    try {
      return new CtfWriter(staged.path(), staged, plan, format);
    } catch (IOException | RuntimeException failure) {
      staged.close();
      throw failure;
    }
  }

  /// Starts a trace in a folder that exists; the caller cares for what happens to unfinished ones.
  ///
  /// @param gaps whether records of a source will be left out, so that more time may lie between
  ///   two than in the source
  public static CtfWriter inFolder(
      Path folder,
      TraceClass traceClass,
      CtfFormat format,
      boolean gaps,
      DiagnosticSink diagnostics)
      throws IOException {
    return new CtfWriter(folder, null, TracePlan.of(traceClass, format, gaps, diagnostics), format);
  }

  /// The trace class as it is written.
  public TraceClass traceClass() {
    return plan.target();
  }

  /// Starts a data stream with packets of [#PACKET_BYTES] bytes.
  public StreamWriter stream(DataStreamClass dataStreamClass, String fileName, long streamId)
      throws IOException {
    return stream(dataStreamClass, fileName, streamId, PACKET_BYTES);
  }

  /// Starts a data stream.
  ///
  /// @param dataStreamClass of the trace class that the writer was made with
  /// @param fileName name of its file; gets a number when it is taken
  /// @param streamId instance id for packets that are not copied
  /// @param packetBytes length of packets that are not copied, a multiple of 4096
  public StreamWriter stream(
      DataStreamClass dataStreamClass, String fileName, long streamId, int packetBytes)
      throws IOException {
    String name = fileName;
    synchronized (names) {
      for (int i = 1; !names.add(name); i++) {
        name = fileName + "_" + i;
      }
    }
    return new StreamWriter(
        plan.stream(dataStreamClass),
        plan.uuidBytes(),
        folder.resolve(name),
        streamId,
        packetBytes);
  }

  /// Gives the finished trace its name. All streams must be closed.
  public void commit() throws IOException {
    if (staged != null) {
      staged.commit();
    }
  }

  /// Removes what was not committed.
  @Override
  public void close() throws IOException {
    if (staged != null) {
      staged.close();
    }
  }
}
