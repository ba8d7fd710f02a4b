package dev.rideau.ctf.internal.metadata.json;

import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.Origin;
import dev.rideau.trace.TraceException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The characters of a metadata file; turns an offset into line and column when something is wrong.
final class MetadataText {
  private final char[] characters;
  private final @Nullable Path file;

  private MetadataText(char[] characters, @Nullable Path file) {
    this.characters = characters;
    this.file = file;
  }

  /// Decodes `bytes`, which must be UTF-8.
  static MetadataText decode(byte[] bytes, @Nullable Path file) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    // UTF-8 never makes more characters than it has bytes.
    CharBuffer decoded = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), decoded, true);
    int length = decoded.position();
    char[] characters = Arrays.copyOf(decoded.array(), length);
    MetadataText text = new MetadataText(characters, file);
    if (result.isError()) {
      throw text.fault(length, "json-not-utf-8", "the metadata is not UTF-8 here", null);
    }
    return text;
  }

  char[] characters() {
    return characters;
  }

  /// The place of the character at `offset`. Counts from the start: for messages only.
  Origin origin(int offset) {
    int line = 1;
    int column = 1;
    int end = Math.min(offset, characters.length);
    for (int i = 0; i < end; i++) {
      if (characters[i] == '\n') {
        line++;
        column = 1;
      } else if (!Character.isLowSurrogate(characters[i])) {
        column++;
      }
    }
    return Origin.ofText(file, line, column);
  }

  TraceException fault(int offset, String rule, String message, @Nullable String advice) {
    return new TraceException(Diagnostic.error(rule, message, origin(offset), advice));
  }

  TraceException fault(JsonValue at, String rule, String message) {
    return fault(at.offset(), rule, message, null);
  }
}
