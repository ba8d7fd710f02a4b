package dev.rideau.ctf.internal.metadata;

import dev.rideau.ctf.internal.metadata.json.JsonMetadataReader;
import dev.rideau.ctf.internal.metadata.tsdl.TsdlReader;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.Origin;
import dev.rideau.trace.ReadFailure;
import dev.rideau.trace.TraceClass;
import dev.rideau.trace.TraceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Reads a metadata file of any kind: packetised or plain, CTF 1.8 or CTF 2.
public final class MetadataReader {
  /// Metadata is held in memory as a whole; the largest seen in practice has a few megabytes.
  private static final long MAXIMUM_BYTES = 1L << 28;

  private static final int RECORD_SEPARATOR = 0x1e;

  private MetadataReader() {}

  /// Reads a file as leniently as other readers do.
  ///
  /// @throws TraceException when it cannot be read or breaks a rule
  public static TraceClass read(Path file, DiagnosticSink sink) {
    return read(file, sink, Strictness.LENIENT);
  }

  /// Reads a file.
  ///
  /// @throws TraceException when it cannot be read or breaks a rule
  public static TraceClass read(Path file, DiagnosticSink sink, Strictness strictness) {
    try {
      long length = Files.size(file);
      if (length > MAXIMUM_BYTES) {
        throw new TraceException(
            Diagnostic.error(
                "metadata-too-large",
                "metadata of " + length + " bytes; at most " + MAXIMUM_BYTES + " are read",
                Origin.ofFile(file),
                "Check that this is a metadata file and not a data stream"));
      }
      return parse(Files.readAllBytes(file), file, sink, strictness);
    } catch (IOException e) {
      throw new TraceException(
          Diagnostic.error(
              "metadata-unreadable",
              "metadata cannot be read (" + ReadFailure.reason(e) + ")",
              Origin.ofFile(file),
              "Check that the file exists and that you may read it"),
          e);
    }
  }

  /// What the bytes of a metadata file say, read leniently.
  ///
  /// @param file for messages
  public static TraceClass parse(byte[] bytes, @Nullable Path file, DiagnosticSink sink) {
    return parse(bytes, file, sink, Strictness.LENIENT);
  }

  /// What the bytes of a metadata file say.
  ///
  /// @param file for messages
  /// @throws TraceException with the place, when they break a rule
  public static TraceClass parse(
      byte[] bytes, @Nullable Path file, DiagnosticSink sink, Strictness strictness) {
    byte[] content =
        PacketisedMetadata.recognises(bytes)
            ? PacketisedMetadata.unwrap(bytes, file).text()
            : bytes;
    if (isJson(content)) {
      return JsonMetadataReader.parse(content, file);
    }
    String text = new String(content, StandardCharsets.UTF_8);
    return TsdlReader.parse(text, file, sink, strictness);
  }

  /// A JSON text sequence begins with a record separator; drafts of CTF 2 left it out before the
  /// first fragment. Nothing in the language of CTF 1.8 begins with a brace.
  private static boolean isJson(byte[] content) {
    for (byte b : content) {
      switch (b) {
        case ' ', '\t', '\r', '\n' -> {}
        case RECORD_SEPARATOR, '{' -> {
          return true;
        }
        default -> {
          return false;
        }
      }
    }
    return false;
  }
}
