package dev.rideau.ftrace.internal.write;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// A growing piece of a file, little endian.
public final class HeadBuffer {
  private ByteBuffer bytes = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);

  private ByteBuffer room(int more) {
    if (bytes.remaining() < more) {
      int capacity = Math.addExact(bytes.capacity(), Math.max(bytes.capacity(), more));
      bytes = ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN).put(bytes.flip());
    }
    return bytes;
  }

  /// Bytes so far.
  public int size() {
    return bytes.position();
  }

  /// Appends a byte.
  public HeadBuffer byte1(int value) {
    room(1).put((byte) value);
    return this;
  }

  /// Appends two bytes.
  public HeadBuffer int2(int value) {
    room(2).putShort((short) value);
    return this;
  }

  /// Appends four bytes.
  public HeadBuffer int4(int value) {
    room(4).putInt(value);
    return this;
  }

  /// Appends eight bytes.
  public HeadBuffer long8(long value) {
    room(8).putLong(value);
    return this;
  }

  /// Replaces eight bytes.
  public void patch8(int at, long value) {
    bytes.putLong(at, value);
  }

  /// Appends bytes as they are.
  public HeadBuffer raw(byte[] value) {
    room(value.length).put(value);
    return this;
  }

  /// Appends text without terminator.
  public HeadBuffer ascii(String text) {
    return raw(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /// Appends text with a zero behind it.
  public HeadBuffer terminated(String text) {
    return ascii(text).byte1(0);
  }

  /// Appends the same byte again and again.
  public HeadBuffer fill(char value, int count) {
    ByteBuffer target = room(count);
    for (int i = 0; i < count; i++) {
      target.put((byte) value);
    }
    return this;
  }

  /// Appends an option that is a text.
  public void option(int id, String text) {
    byte[] value = (text + "\0").getBytes(StandardCharsets.UTF_8);
    int2(id).int4(value.length).raw(value);
  }

  /// What was appended.
  public ByteBuffer toBuffer() {
    return bytes.duplicate().flip();
  }
}
