package dev.rideau.ctf.internal.write;

import dev.rideau.trace.BytesColumn;
import dev.rideau.trace.Column;
import dev.rideau.trace.TextEncoding;

/// Encoders of strings and blobs.
final class BytesEncoders {
  private BytesEncoders() {}

  /// Bytes and a zero code unit.
  static final class NullTerminated extends FieldEncoder {
    private final int alignmentBits;
    private final int unitBytes;

    NullTerminated(int alignmentBits, int unitBytes) {
      this.alignmentBits = alignmentBits;
      this.unitBytes = unitBytes;
    }

    @Override
    void encode(RecordOutput output, Column column, int row) {
      BytesColumn text = (BytesColumn) column;
      BitWriter bits = output.bits;
      bits.align(alignmentBits);
      bits.putBytes(text.bytes(), text.offsetsBytes()[row], text.lengthsBytes()[row]);
      bits.zero(8L * unitBytes);
    }
  }

  /// As many bytes as the field class says, padded with zeros.
  static final class StaticLength extends FieldEncoder {
    private final int alignmentBits;
    private final long lengthBytes;

    StaticLength(int alignmentBits, long lengthBytes) {
      this.alignmentBits = alignmentBits;
      this.lengthBytes = lengthBytes;
    }

    @Override
    void encode(RecordOutput output, Column column, int row) {
      output.bits.align(alignmentBits);
      putPadded(output.bits, (BytesColumn) column, row, lengthBytes);
    }
  }

  /// As many bytes as another field says, padded with zeros.
  static final class DynamicLength extends FieldEncoder {
    private final int alignmentBits;
    private final int key;

    DynamicLength(int alignmentBits, int key) {
      this.alignmentBits = alignmentBits;
      this.key = key;
    }

    @Override
    void encode(RecordOutput output, Column column, int row) {
      output.bits.align(alignmentBits);
      putPadded(output.bits, (BytesColumn) column, row, output.keys[key]);
    }
  }

  /// As many bytes as the column holds; a length that was made up says how many.
  static final class OwnLength extends FieldEncoder {
    private final int alignmentBits;

    OwnLength(int alignmentBits) {
      this.alignmentBits = alignmentBits;
    }

    @Override
    void encode(RecordOutput output, Column column, int row) {
      BytesColumn text = (BytesColumn) column;
      output.bits.align(alignmentBits);
      output.bits.putBytes(text.bytes(), text.offsetsBytes()[row], text.lengthsBytes()[row]);
    }
  }

  private static void putPadded(BitWriter bits, BytesColumn text, int row, long lengthBytes) {
    int held = text.lengthsBytes()[row];
    if (held > lengthBytes) {
      throw new IllegalArgumentException(
          "%d bytes do not fit into a field of %d bytes".formatted(held, lengthBytes));
    }
    bits.putBytes(text.bytes(), text.offsetsBytes()[row], held);
    if (held < lengthBytes) {
      bits.zero((lengthBytes - held) * 8);
    }
  }

  /// Text in UTF-16 or UTF-32 as UTF-8 with a zero byte behind it. What is no character becomes
  /// U+FFFD.
  static final class Transcoded extends FieldEncoder {
    private static final int REPLACEMENT = 0xfffd;

    private final TextEncoding encoding;

    Transcoded(TextEncoding encoding) {
      this.encoding = encoding;
    }

    @Override
    void encode(RecordOutput output, Column column, int row) {
      BytesColumn text = (BytesColumn) column;
      BitWriter bits = output.bits;
      bits.align(8);
      int unitBytes = encoding.unitBytes();
      int at = text.offsetsBytes()[row];
      int lengthBytes = text.lengthsBytes()[row];
      int end = at + lengthBytes / unitBytes * unitBytes;
      boolean isCut = lengthBytes % unitBytes != 0;
      byte[] bytes = text.bytes();
      while (at < end) {
        int point = unit(bytes, at);
        at += unitBytes;
        // The half of a character and the rest behind it are one that was cut.
        isCut &= unitBytes != 2 || at < end || !Character.isHighSurrogate((char) point);
        if (unitBytes == 2 && Character.isHighSurrogate((char) point) && at < end) {
          int second = unit(bytes, at);
          if (Character.isLowSurrogate((char) second)) {
            point = Character.toCodePoint((char) point, (char) second);
            at += 2;
          }
        }
        putUtf8(bits, point);
      }
      if (isCut) {
        putUtf8(bits, REPLACEMENT);
      }
      bits.putByte(0);
    }

    private int unit(byte[] bytes, int at) {
      return switch (encoding) {
        case UTF_8 -> bytes[at] & 0xff;
        case UTF_16BE -> (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
        case UTF_16LE -> (bytes[at + 1] & 0xff) << 8 | bytes[at] & 0xff;
        case UTF_32BE ->
            bytes[at] << 24
                | (bytes[at + 1] & 0xff) << 16
                | (bytes[at + 2] & 0xff) << 8
                | bytes[at + 3] & 0xff;
        case UTF_32LE ->
            bytes[at + 3] << 24
                | (bytes[at + 2] & 0xff) << 16
                | (bytes[at + 1] & 0xff) << 8
                | bytes[at] & 0xff;
      };
    }

    private static void putUtf8(BitWriter bits, int codePoint) {
      int point = codePoint;
      if (point < 0 || point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) {
        point = REPLACEMENT;
      }
      if (point < 0x80) {
        bits.putByte(point);
      } else if (point < 0x800) {
        bits.putByte(0xc0 | point >> 6);
        bits.putByte(0x80 | point & 0x3f);
      } else if (point < 0x10000) {
        bits.putByte(0xe0 | point >> 12);
        bits.putByte(0x80 | point >> 6 & 0x3f);
        bits.putByte(0x80 | point & 0x3f);
      } else {
        bits.putByte(0xf0 | point >> 18);
        bits.putByte(0x80 | point >> 12 & 0x3f);
        bits.putByte(0x80 | point >> 6 & 0x3f);
        bits.putByte(0x80 | point & 0x3f);
      }
    }
  }
}
