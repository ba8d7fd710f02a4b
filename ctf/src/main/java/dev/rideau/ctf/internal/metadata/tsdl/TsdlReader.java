package dev.rideau.ctf.internal.metadata.tsdl;

import dev.rideau.ctf.internal.metadata.Strictness;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.TraceClass;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Reads the metadata language of CTF 1.8.
public final class TsdlReader {
  private TsdlReader() {}

  /// What a text says; leaves alone what other readers leave alone.
  ///
  /// @param file for messages
  /// @throws dev.rideau.trace.TraceException with the place, when the text breaks a rule
  public static TraceClass parse(String text, @Nullable Path file, DiagnosticSink sink) {
    return parse(text, file, sink, Strictness.LENIENT);
  }

  /// What a text says.
  ///
  /// @param file for messages
  /// @throws dev.rideau.trace.TraceException with the place, when the text breaks a rule
  public static TraceClass parse(
      String text, @Nullable Path file, DiagnosticSink sink, Strictness strictness) {
    Reporter reporter = new Reporter(file, sink, strictness);
    return new DocumentReader(reporter).read(new Parser(text, reporter).document());
  }
}
