package dev.rideau.perf.internal.file;

import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.Origin;
import dev.rideau.trace.Severity;
import dev.rideau.trace.TraceException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/// Reads the header of a file, with attributes and feature sections.
///
/// ```
/// byte   0 "PERFILE2"   8 header size   16 attribute size   24 attributes: offset, size
///       40 data: offset, size   56 event types: offset, size   72 features: 256 bits
/// ```
///
/// A pipe has only the first 16 bytes; the rest comes as records.
///
/// @param metadata what is known already
/// @param dataOffsetBytes first byte of the records
/// @param dataEndBytes byte behind the records
public record PerfHeader(PerfMetadata.Builder metadata, long dataOffsetBytes, long dataEndBytes) {
  private static final byte[] MAGIC = {'P', 'E', 'R', 'F', 'I', 'L', 'E', '2'};
  private static final byte[] SWAPPED_MAGIC = {'2', 'E', 'L', 'I', 'F', 'R', 'E', 'P'};
  private static final byte[] OLD_MAGIC = {'P', 'E', 'R', 'F', 'F', 'I', 'L', 'E'};

  private static final int PIPE_BYTES = 16;
  private static final int LEAST_BYTES = 104;

  /// No real section is longer; a damaged length must not fill the memory.
  private static final int MOST_SECTION_BYTES = 48 << 20;

  /// How many first bytes [#isMagic(byte[])] looks at.
  public static final int MAGIC_BYTES = 8;

  /// Whether a file that begins with these bytes is one of perf.
  public static boolean isMagic(byte[] first) {
    return Arrays.equals(first, MAGIC)
        || Arrays.equals(first, SWAPPED_MAGIC)
        || Arrays.equals(first, OLD_MAGIC);
  }

  /// Reads.
  ///
  /// @throws TraceException when without it no record could be read
  public static PerfHeader read(PerfSource source, DiagnosticSink diagnostics) throws IOException {
    return new Reader(source, diagnostics).read();
  }

  private static final class Reader {
    private final PerfSource source;
    private final Path path;
    private final DiagnosticSink diagnostics;
    private Words words = Words.LITTLE_ENDIAN;

    Reader(PerfSource source, DiagnosticSink diagnostics) {
      this.source = source;
      path = source.path();
      this.diagnostics = diagnostics;
    }

    PerfHeader read() throws IOException {
      byte[] magic = bytes("magic", 0, MAGIC_BYTES);
      if (Arrays.equals(magic, OLD_MAGIC)) {
        throw new TraceException(
            Diagnostic.error(
                "old-version",
                "the file has version 1 of the format, which perf wrote until 2009",
                Origin.ofFile(path),
                "Record again with a newer perf."));
      }
      // The magic is a number: its bytes tell the order of all others.
      words = Arrays.equals(magic, MAGIC) ? Words.LITTLE_ENDIAN : Words.BIG_ENDIAN;
      Section sizes = section("header", MAGIC_BYTES, 8);
      long headerBytes = sizes.i64();
      if (headerBytes == PIPE_BYTES) {
        return new PerfHeader(
            new PerfMetadata.Builder(words, true), PIPE_BYTES, source.lengthBytes());
      }
      if (headerBytes < LEAST_BYTES) {
        throw sizes.failure(
            "a header of %s bytes, at least %d are needed"
                .formatted(Long.toUnsignedString(headerBytes), LEAST_BYTES));
      }
      return readFile();
    }

    private PerfHeader readFile() throws IOException {
      PerfMetadata.Builder metadata = new PerfMetadata.Builder(words, false);
      Section header = section("header", 16, LEAST_BYTES - 16);
      long attrBytes = header.i64();
      long attrsOffset = header.i64();
      long attrsLength = header.i64();
      long dataOffset = header.i64();
      long dataLength = header.i64();
      header.skip(16);
      readAttrs(attrBytes, section("attributes", attrsOffset, attrsLength), metadata);
      long fileEnd = source.lengthBytes();
      if (dataOffset < 0 || dataOffset > fileEnd || dataLength < 0) {
        throw header.failure("the records start behind the end of the file");
      }
      long dataEnd = dataLength > fileEnd - dataOffset ? fileEnd : dataOffset + dataLength;
      if (dataLength == 0) {
        dataEnd = fileEnd;
        warn(
            "not-closed",
            "perf did not finish the file; feature sections are missing",
            48,
            "Let perf end by itself or with Ctrl-C.");
      } else if (dataEnd - dataOffset < dataLength) {
        warn(
            "truncated-file",
            "the file ends %d bytes before its records do"
                .formatted(dataLength - (dataEnd - dataOffset)),
            fileEnd,
            "What is left is read; feature sections are missing.");
      } else {
        readFeatures(header, dataEnd, metadata);
      }
      return new PerfHeader(metadata, dataOffset, dataEnd);
    }

    private void readAttrs(long attrBytes, Section all, PerfMetadata.Builder metadata)
        throws IOException {
      int idsSection = 16;
      if (attrBytes < PerfAttr.LEAST_BYTES + idsSection || attrBytes > 4096) {
        throw all.failure("an attribute of %s bytes".formatted(Long.toUnsignedString(attrBytes)));
      }
      int length = (int) attrBytes;
      while (all.remaining() >= length) {
        byte[] attr = all.bytes(length);
        Section where =
            new Section(path, "attributes", words, attr, length - idsSection, length, 0);
        long idsOffset = where.i64();
        long idsLength = where.i64();
        Section ids = section("event ids", idsOffset, idsLength);
        metadata.add(PerfAttr.of(words, attr, 0, length - idsSection, ids(ids)));
      }
    }

    private static long[] ids(Section section) {
      long[] ids = new long[section.remaining() / 8];
      for (int i = 0; i < ids.length; i++) {
        ids[i] = section.i64();
      }
      return ids;
    }

    /// Behind the records stands a table of offsets and lengths, one entry for each bit that is
    /// set. A damaged section costs what it says, no more.
    private void readFeatures(Section header, long tableOffset, PerfMetadata.Builder metadata)
        throws IOException {
      boolean[] set = new boolean[Features.COUNT];
      int count = 0;
      for (int i = 0; i < Features.COUNT / 64; i++) {
        long bits = header.i64();
        for (int bit = 0; bit < 64; bit++) {
          set[i * 64 + bit] = (bits >>> bit & 1) != 0;
          count += (int) (bits >>> bit & 1);
        }
      }
      Section table;
      try {
        table = section("table of features", tableOffset, count * 16L);
      } catch (TraceException failure) {
        diagnostics.report(asWarning(failure.diagnostic()));
        return;
      }
      for (int feature = 0; feature < Features.COUNT; feature++) {
        if (set[feature]) {
          long offset = table.i64();
          long length = table.i64();
          try {
            Features.read(feature, section(Features.name(feature), offset, length), metadata);
          } catch (TraceException failure) {
            diagnostics.report(asWarning(failure.diagnostic()));
          }
        }
      }
    }

    private static Diagnostic asWarning(Diagnostic error) {
      return Diagnostic.of(
          Severity.WARNING, error.rule(), error.message(), error.origin(), error.advice());
    }

    private void warn(String rule, String message, long offsetBytes, String advice) {
      diagnostics.report(
          Diagnostic.of(
              Severity.WARNING,
              rule,
              message,
              Origin.ofBit(path, "header", -1, offsetBytes * 8),
              advice));
    }

    private Section section(String name, long offset, long length) throws IOException {
      return new Section(path, name, words, bytes(name, offset, length), offset);
    }

    private byte[] bytes(String name, long offset, long length) throws IOException {
      long fileEnd = source.lengthBytes();
      if (offset < 0 || length < 0 || offset > fileEnd || length > fileEnd - offset) {
        throw refused(
            name,
            offset,
            "it has %s bytes at byte %s, but the file has %d bytes"
                .formatted(Long.toUnsignedString(length), Long.toUnsignedString(offset), fileEnd));
      }
      if (length > MOST_SECTION_BYTES) {
        throw refused(name, offset, "it has %d bytes, the limit is 48 MiB".formatted(length));
      }
      byte[] bytes = new byte[(int) length];
      int count = source.read(offset, bytes, 0, bytes.length);
      return count == bytes.length ? bytes : Arrays.copyOf(bytes, count);
    }

    private TraceException refused(String name, long offset, String what) {
      long shown = Math.max(0, Math.min(offset, source.lengthBytes()));
      return new TraceException(
          Diagnostic.error(
              "malformed-section",
              "the section '%s' is malformed: %s".formatted(name, what),
              Origin.ofBit(path, name, -1, shown * 8),
              "The file was damaged or cut; record again if you can."));
    }
  }
}
