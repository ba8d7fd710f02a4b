package dev.rideau.tables.internal.parquet;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/// The structures around Parquet's values: Thrift's compact protocol.
final class ThriftWriter {
  private static final int INT = 5;
  private static final int LONG = 6;
  private static final int BINARY = 8;
  private static final int LIST = 9;
  private static final int STRUCT = 12;
  private static final int MOST_SHORT = 15;

  private final Bytes out;
  private final Deque<Integer> outer = new ArrayDeque<>();
  private int last;

  /// Writes one structure to `out`.
  ThriftWriter(Bytes out) {
    this.out = out;
  }

  ThriftWriter integer(int field, int value) {
    header(field, INT);
    out.putZigzag(value);
    return this;
  }

  ThriftWriter number(int field, long value) {
    header(field, LONG);
    out.putZigzag(value);
    return this;
  }

  ThriftWriter text(int field, String value) {
    header(field, BINARY);
    return element(value);
  }

  ThriftWriter binary(int field, Bytes value) {
    header(field, BINARY);
    out.putVarint(value.size());
    out.put(value);
    return this;
  }

  /// Begins a list of structures.
  ThriftWriter structs(int field, int size) {
    return list(field, size, STRUCT);
  }

  ThriftWriter integers(int field, int... values) {
    list(field, values.length, INT);
    for (int value : values) {
      out.putZigzag(value);
    }
    return this;
  }

  ThriftWriter texts(int field, String... values) {
    list(field, values.length, BINARY);
    for (String value : values) {
      element(value);
    }
    return this;
  }

  private ThriftWriter list(int field, int size, int type) {
    header(field, LIST);
    if (size < MOST_SHORT) {
      out.put(size << 4 | type);
    } else {
      out.put(0xf0 | type);
      out.putVarint(size);
    }
    return this;
  }

  private ThriftWriter element(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    out.putVarint(utf8.length);
    out.put(utf8, 0, utf8.length);
    return this;
  }

  /// Begins a structure in a field.
  ThriftWriter begin(int field) {
    header(field, STRUCT);
    return begin();
  }

  /// Begins a structure in a list.
  ThriftWriter begin() {
    outer.push(last);
    last = 0;
    return this;
  }

  /// Ends a structure that was begun.
  ThriftWriter end() {
    out.put(0);
    last = outer.pop();
    return this;
  }

  /// Ends the outermost structure.
  void finish() {
    out.put(0);
  }

  private void header(int field, int type) {
    out.put(field - last << 4 | type);
    last = field;
  }
}
