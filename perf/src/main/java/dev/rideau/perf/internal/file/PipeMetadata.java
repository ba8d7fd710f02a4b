package dev.rideau.perf.internal.file;

import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.Severity;
import dev.rideau.trace.TraceException;
import java.io.IOException;

/// Collects what a pipe says in records instead of in a header. Such records stand in files as
/// well: those that name events.
public final class PipeMetadata {
  private static final int EVENT_UPDATE_NAME = 2;
  private static final int MOST_TRACING_DATA_BYTES = 48 << 20;

  private final PerfSource source;
  private final PerfMetadata.Builder metadata;

  private PipeMetadata(PerfSource source, PerfMetadata.Builder metadata) {
    this.source = source;
    this.metadata = metadata;
  }

  /// Goes through all records of a pipe.
  public static void read(PerfSource source, PerfHeader header, DiagnosticSink diagnostics)
      throws IOException {
    PipeMetadata reader = new PipeMetadata(source, header.metadata());
    Words words = header.metadata().words();
    RecordWalk walk =
        new RecordWalk(source, words, header.dataOffsetBytes(), header.dataEndBytes());
    while (walk.next()) {
      if (walk.type() >= RecordWalk.HEADER_ATTR) {
        try {
          reader.take(walk);
        } catch (TraceException failure) {
          Diagnostic said = failure.diagnostic();
          diagnostics.report(
              Diagnostic.of(
                  Severity.WARNING, said.rule(), said.message(), said.origin(), said.advice()));
        }
      }
    }
  }

  private void take(RecordWalk walk) throws IOException {
    long bodyOffset = walk.offsetBytes() + RecordWalk.HEADER_BYTES;
    switch (walk.type()) {
      case RecordWalk.HEADER_ATTR -> attr(walk.body(), bodyOffset);
      case RecordWalk.EVENT_UPDATE -> eventUpdate(section("event update", walk.body(), bodyOffset));
      case RecordWalk.HEADER_FEATURE -> {
        Section section = section("feature", walk.body(), bodyOffset);
        int feature = (int) Math.min(section.i64() & Long.MAX_VALUE, Features.COUNT);
        byte[] rest = section.bytes(section.remaining());
        Features.read(feature, section(Features.name(feature), rest, bodyOffset + 8), metadata);
      }
      case RecordWalk.HEADER_BUILD_ID ->
          Features.readBuildId(
              section("build id", walk.body(), bodyOffset), walk.misc(), walk.size(), metadata);
      case RecordWalk.HEADER_TRACING_DATA -> tracingData(walk);
      case RecordWalk.COMPRESSED, RecordWalk.COMPRESSED2 -> metadata.compressed();
      default -> {}
    }
  }

  private Section section(String name, byte[] bytes, long offsetBytes) {
    return new Section(source.path(), name, metadata.words, bytes, offsetBytes);
  }

  /// The attribute, as long as it says itself, then ids.
  private void attr(byte[] body, long offsetBytes) {
    Section section = section("attribute", body, offsetBytes);
    section.i32();
    long length = section.i32();
    if (length < PerfAttr.LEAST_BYTES || length > body.length) {
      throw section.failure("an attribute of %d bytes".formatted(length));
    }
    section.skip(length - 8);
    long[] ids = new long[section.remaining() / 8];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = section.i64();
    }
    metadata.add(PerfAttr.of(metadata.words, body, 0, (int) length, ids));
  }

  private void eventUpdate(Section section) {
    long kind = section.i64();
    long id = section.i64();
    if (kind == EVENT_UPDATE_NAME) {
      metadata.name(id, section.text(section.remaining()));
    }
  }

  private void tracingData(RecordWalk walk) throws IOException {
    long length = walk.leftBytes() - walk.size();
    long said = metadata.words.u32(walk.bytes(), walk.at() + RecordWalk.HEADER_BYTES);
    length = Math.min(length, said);
    long offset = walk.followingOffsetBytes();
    if (length > MOST_TRACING_DATA_BYTES) {
      throw section("tracing data", new byte[0], offset)
          .failure("it has %d bytes, the limit is 48 MiB".formatted(length));
    }
    byte[] bytes = new byte[(int) Math.max(0, length)];
    source.read(offset, bytes, 0, bytes.length);
    metadata.tracingData(TracingData.read(section("tracing data", bytes, offset)));
  }
}
