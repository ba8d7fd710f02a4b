package dev.rideau.perf.internal.file;

import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.Origin;
import dev.rideau.trace.TraceException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A position in a piece of a file that is read from front to back. Every read is checked against
/// the end of the piece.
final class Section {
  private final Path file;
  private final String name;
  private final Words words;
  private final byte[] bytes;
  private final long fileOffsetBytes;
  private final int end;
  private int at;

  /// @param name what messages call it
  /// @param fileOffsetBytes where `bytes[0]` stands in the file
  Section(Path file, String name, Words words, byte[] bytes, long fileOffsetBytes) {
    this(file, name, words, bytes, 0, bytes.length, fileOffsetBytes);
  }

  Section(
      Path file, String name, Words words, byte[] bytes, int at, int end, long fileOffsetBytes) {
    this.file = file;
    this.name = name;
    this.words = words;
    this.bytes = bytes;
    this.at = at;
    this.end = end;
    this.fileOffsetBytes = fileOffsetBytes;
  }

  /// The same bytes from the position on, read with another byte order.
  Section withWords(Words other) {
    return new Section(file, name, other, bytes, at, end, fileOffsetBytes);
  }

  Words words() {
    return words;
  }

  int remaining() {
    return end - at;
  }

  int u8() {
    return bytes[take(1)] & 0xff;
  }

  int u16() {
    return words.u16(bytes, take(2));
  }

  int i32() {
    return words.i32(bytes, take(4));
  }

  long i64() {
    return words.i64(bytes, take(8));
  }

  void skip(long lengthBytes) {
    take(lengthBytes);
  }

  byte[] bytes(long lengthBytes) {
    int from = take(lengthBytes);
    return java.util.Arrays.copyOfRange(bytes, from, from + (int) lengthBytes);
  }

  /// Text up to a zero byte, which is passed over.
  String terminatedText() {
    int from = at;
    while (at < end && bytes[at] != 0) {
      at++;
    }
    if (at == end) {
      throw failure("a text has no end");
    }
    return new String(bytes, from, at++ - from, StandardCharsets.UTF_8);
  }

  /// Text in a field of that length, up to the first zero byte.
  String text(long lengthBytes) {
    int from = take(lengthBytes);
    int to = from;
    while (to < from + lengthBytes && bytes[to] != 0) {
      to++;
    }
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  /// A text of feature sections: length, then as many bytes, zeros at the end.
  String lengthAndText() {
    return text(i32() & 0xffff_ffffL);
  }

  /// A count of things that need `leastBytes` each.
  int count(long value, int leastBytes) {
    if (value < 0 || value > remaining() / leastBytes) {
      throw failure("a count of " + Long.toUnsignedString(value) + " is beyond what follows");
    }
    return (int) value;
  }

  private int take(long lengthBytes) {
    if (lengthBytes < 0 || lengthBytes > end - at) {
      throw failure(
          "%s bytes are needed, %d are left"
              .formatted(Long.toUnsignedString(lengthBytes), end - at));
    }
    int from = at;
    at += (int) lengthBytes;
    return from;
  }

  TraceException failure(String what) {
    return new TraceException(
        Diagnostic.error(
            "malformed-section",
            "the section '%s' is malformed: %s".formatted(name, what),
            Origin.ofBit(file, name, -1, (fileOffsetBytes + at) * 8),
            "The file was damaged or cut; record again if you can."));
  }
}
