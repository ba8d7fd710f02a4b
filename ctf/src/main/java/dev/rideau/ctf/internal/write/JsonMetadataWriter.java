package dev.rideau.ctf.internal.write;

import dev.rideau.trace.TraceClass;
import java.util.UUID;

/// Writes a trace class as the JSON text sequence of CTF 2.
public final class JsonMetadataWriter {
  private JsonMetadataWriter() {}

  /// The metadata stream.
  public static byte[] write(TraceClass traceClass, UUID uuid) {
    throw new UnsupportedOperationException(traceClass.toString() + uuid);
  }
}
