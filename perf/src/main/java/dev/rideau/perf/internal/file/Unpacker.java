package dev.rideau.perf.internal.file;

import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.Origin;
import io.airlift.compress.v3.MalformedInputException;
import io.airlift.compress.v3.zstd.ZstdInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Unpacks compressed records into a temporary file of plain ones.
///
/// The records that were packed are one stream of bytes: each compressed record holds a piece of
/// it, and a record may begin in one piece and end in the next. Compressed data cannot be read from
/// the middle, which cursors on several threads need; so it is unpacked once, when the file is
/// opened. Records that are not packed come first, those that are behind them: time orders them.
public final class Unpacker {
  /// Real recordings become ten to a hundred times longer. A file that claims more is an attack on
  /// the disk.
  private static final long MOST_RATIO = 1000;

  private static final long LEAST_LIMIT_BYTES = 1 << 20;

  private final PerfSource source;
  private final Words words;
  private final DiagnosticSink diagnostics;
  private final RecordWalk walk;
  private final OutputStream plain;
  private long packedBytes;

  private Unpacker(
      PerfSource source,
      Words words,
      RecordWalk walk,
      OutputStream plain,
      DiagnosticSink diagnostics) {
    this.source = source;
    this.words = words;
    this.walk = walk;
    this.plain = plain;
    this.diagnostics = diagnostics;
  }

  /// Unpacks.
  ///
  /// @param bounds where records begin that were packed on their own, ascending, and at the end
  ///   where the last of them end
  /// @return a source of plain records from its first byte on
  public static PerfSource unpack(
      PerfSource source, Words words, long[] bounds, DiagnosticSink diagnostics)
      throws IOException {
    Path temporary = Files.createTempFile("rideau-perf", ".records");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary), 1 << 16)) {
        for (int i = 1; i < bounds.length; i++) {
          RecordWalk walk = new RecordWalk(source, words, bounds[i - 1], bounds[i]);
          new Unpacker(source, words, walk, out, diagnostics).run();
        }
      }
      return PerfSource.ofTemporary(source.path(), temporary);
    } catch (IOException | RuntimeException | Error failure) {
      Files.deleteIfExists(temporary);
      throw failure;
    }
  }

  private void run() throws IOException {
    byte[] chunk = new byte[1 << 16];
    // The part of a record whose rest is still packed.
    byte[] rest = new byte[0];
    long unpacked = 0;
    try (ZstdInputStream stream = new ZstdInputStream(new ZstdBlocks(this::nextPiece))) {
      for (int count = stream.read(chunk); count > 0; count = stream.read(chunk)) {
        unpacked += count;
        if (unpacked > LEAST_LIMIT_BYTES && unpacked / MOST_RATIO > packedBytes) {
          report("its records unpack to more than %d times their length".formatted(MOST_RATIO));
          break;
        }
        rest = writeWhole(rest, chunk, count);
      }
    } catch (MalformedInputException | IllegalStateException | IndexOutOfBoundsException failure) {
      report("its records cannot be unpacked (%s)".formatted(failure.getMessage()));
    } catch (IOException failure) {
      if (failure instanceof java.nio.file.FileSystemException) {
        throw failure;
      }
      report("its records cannot be unpacked (%s)".formatted(failure.getMessage()));
    }
    // Go on to the end: records that are not packed may follow the damage.
    while (nextPiece() != null) {}
    if (rest.length > 0) {
      report("the last packed record is not whole");
    } else if (walk.end() == RecordWalk.End.TRUNCATED) {
      report("the file ends inside a record");
    } else if (walk.end() == RecordWalk.End.MALFORMED) {
      report("a record says that it is shorter than its own header");
    }
  }

  /// Writes what is whole.
  ///
  /// @return what is not, to come first the next time
  private byte[] writeWhole(byte[] rest, byte[] chunk, int count) throws IOException {
    byte[] all = Arrays.copyOf(rest, rest.length + count);
    System.arraycopy(chunk, 0, all, rest.length, count);
    int at = 0;
    while (all.length - at >= RecordWalk.HEADER_BYTES) {
      int size = words.u16(all, at + 6);
      if (size < RecordWalk.HEADER_BYTES) {
        throw new IOException("a record of %d bytes".formatted(size));
      }
      if (size > all.length - at) {
        break;
      }
      at += size;
    }
    plain.write(all, 0, at);
    return Arrays.copyOfRange(all, at, all.length);
  }

  /// The packed bytes of the next compressed record; others are copied on the way.
  private byte @Nullable [] nextPiece() throws IOException {
    while (walk.next()) {
      byte[] bytes = walk.bytes();
      int at = walk.at();
      int type = walk.type();
      if (type == RecordWalk.COMPRESSED) {
        packedBytes += walk.size();
        return walk.body();
      } else if (type == RecordWalk.COMPRESSED2 && walk.size() >= RecordWalk.HEADER_BYTES + 8) {
        packedBytes += walk.size();
        int body = at + RecordWalk.HEADER_BYTES + 8;
        long length = words.i64(bytes, at + RecordWalk.HEADER_BYTES);
        int room = at + walk.size() - body;
        int end = length < 0 || length > room ? room : (int) length;
        return Arrays.copyOfRange(bytes, body, body + end);
      } else if (type < RecordWalk.HEADER_ATTR) {
        plain.write(bytes, at, walk.size());
      }
    }
    return null;
  }

  private void report(String what) {
    diagnostics.report(
        Diagnostic.error(
            "malformed-compression",
            "the file is damaged: " + what,
            Origin.ofBit(source.path(), "records", -1, walk.offsetBytes() * 8),
            "Records before are good; others may be missing."));
  }
}
