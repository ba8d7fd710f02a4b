package dev.rideau.perf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A perf.data file that a test writes down: attributes and records, in either byte order, as file
/// or as pipe.
final class Recording {
  private static final int ATTR_BYTES = 128;

  private final ByteOrder byteOrder;
  private final List<byte[]> attrs = new ArrayList<>();
  private final List<long[]> ids = new ArrayList<>();
  private final ByteArrayOutputStream records = new ByteArrayOutputStream();

  Recording(ByteOrder byteOrder) {
    this.byteOrder = byteOrder;
  }

  /// Adds a software event.
  Recording event(long config, long sampleType, long... eventIds) {
    return counter(config, sampleType, 0, 0, 0, eventIds);
  }

  /// Adds a software event whose samples have registers and values of counters.
  Recording counter(
      long config,
      long sampleType,
      long readFormat,
      long userRegisters,
      long interruptRegisters,
      long... eventIds) {
    long sampleIdAll = 1L << 18;
    ByteBuffer attr = ByteBuffer.allocate(ATTR_BYTES).order(byteOrder);
    attr.putInt(0, 1).putInt(4, ATTR_BYTES).putLong(8, config).putLong(24, sampleType);
    attr.putLong(32, readFormat).putLong(80, userRegisters).putLong(96, interruptRegisters);
    attr.putLong(40, byteOrder == ByteOrder.BIG_ENDIAN ? Long.reverse(sampleIdAll) : sampleIdAll);
    attrs.add(attr.array());
    ids.add(eventIds);
    return this;
  }

  /// Makes the event that was added last one of a buffer that is filled from its end to its begin.
  Recording backward() {
    ByteBuffer attr = ByteBuffer.wrap(attrs.getLast()).order(byteOrder);
    long flag = 1L << 27;
    long flags = byteOrder == ByteOrder.BIG_ENDIAN ? Long.reverse(flag) : flag;
    attr.putLong(40, attr.getLong(40) | flags);
    return this;
  }

  /// The body of a record.
  Body body() {
    return new Body(byteOrder);
  }

  /// Adds a record.
  Recording record(int type, int misc, Body body) {
    return record(type, misc, body.bytes());
  }

  private Recording record(int type, int misc, byte[] body) {
    ByteBuffer header = ByteBuffer.allocate(8).order(byteOrder);
    header.putInt(type).putShort((short) misc).putShort((short) (8 + body.length));
    records.writeBytes(header.array());
    records.writeBytes(body);
    return this;
  }

  /// The bytes of a file.
  byte[] file() {
    int headerBytes = 104;
    ByteArrayOutputStream idBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream attrBytes = new ByteArrayOutputStream();
    int idsAt = headerBytes;
    for (int i = 0; i < attrs.size(); i++) {
      attrBytes.writeBytes(attrs.get(i));
      attrBytes.writeBytes(words(idsAt + idBytes.size(), ids.get(i).length * 8L));
      idBytes.writeBytes(words(ids.get(i)));
    }
    int attrsAt = idsAt + idBytes.size();
    int dataAt = attrsAt + attrBytes.size();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(magic());
    out.writeBytes(words(headerBytes, ATTR_BYTES + 16, attrsAt, attrBytes.size()));
    out.writeBytes(words(dataAt, records.size(), 0, 0, 0, 0, 0, 0));
    out.writeBytes(idBytes.toByteArray());
    out.writeBytes(attrBytes.toByteArray());
    out.writeBytes(records.toByteArray());
    return out.toByteArray();
  }

  /// The bytes of a pipe.
  byte[] pipe() {
    Recording head = new Recording(byteOrder);
    for (int i = 0; i < attrs.size(); i++) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      body.writeBytes(attrs.get(i));
      body.writeBytes(words(ids.get(i)));
      head.record(64, 0, body.toByteArray());
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(magic());
    out.writeBytes(words(16));
    out.writeBytes(head.records.toByteArray());
    out.writeBytes(records.toByteArray());
    return out.toByteArray();
  }

  Path writeTo(Path folder) throws IOException {
    return Files.write(folder.resolve("perf.data"), file());
  }

  private byte[] magic() {
    byte[] magic = "PERFILE2".getBytes(StandardCharsets.US_ASCII);
    return byteOrder == ByteOrder.LITTLE_ENDIAN
        ? magic
        : words(ByteBuffer.wrap(magic).order(ByteOrder.LITTLE_ENDIAN).getLong());
  }

  private byte[] words(long... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 8).order(byteOrder);
    for (long value : values) {
      bytes.putLong(value);
    }
    return bytes.array();
  }

  /// Collects the bytes of a body.
  static final class Body {
    private final ByteOrder byteOrder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private Body(ByteOrder byteOrder) {
      this.byteOrder = byteOrder;
    }

    Body u32(long value) {
      out.writeBytes(ByteBuffer.allocate(4).order(byteOrder).putInt((int) value).array());
      return this;
    }

    Body u64(long... values) {
      for (long value : values) {
        out.writeBytes(ByteBuffer.allocate(8).order(byteOrder).putLong(value).array());
      }
      return this;
    }

    Body bytes(byte[] bytes) {
      out.writeBytes(bytes);
      return this;
    }

    /// Text with zeros up to the next multiple of eight bytes.
    Body text(String text) {
      out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
      do {
        out.write(0);
      } while (out.size() % 8 != 0);
      return this;
    }

    byte[] bytes() {
      return out.toByteArray();
    }
  }
}
