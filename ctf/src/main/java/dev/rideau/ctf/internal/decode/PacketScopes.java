package dev.rideau.ctf.internal.decode;

import dev.rideau.trace.BytesColumn;
import dev.rideau.trace.Column;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.StructColumn;
import org.jspecify.annotations.Nullable;

/// Header and context of the packet that a cursor is in, as columns of one row.
final class PacketScopes {
  private final StreamProcedures procedures;
  private final @Nullable StructColumn header;
  private final @Nullable StructColumn context;
  private final @Nullable Column[] headerColumns;
  private final @Nullable Column[] contextColumns;
  private final boolean hasBytes;

  /// Start of the packet, as far as columns of its header and context refer to it.
  private byte[] packetBytes = new byte[0];

  PacketScopes(StreamProcedures procedures) {
    this.procedures = procedures;
    header = columns(procedures.traceClass().packetHeader());
    context = columns(procedures.streamClass().packetContext());
    headerColumns = new Column[procedures.packetHeaderColumns()];
    contextColumns = new Column[procedures.packetContextColumns()];
    NodeCompiler.bindScope(header, headerColumns, 0);
    NodeCompiler.bindScope(context, contextColumns, 0);
    hasBytes = hasBytes(headerColumns) || hasBytes(contextColumns);
  }

  private static @Nullable StructColumn columns(FieldClass.@Nullable Structure structure) {
    if (structure == null) {
      return null;
    }
    StructColumn columns = (StructColumn) Column.of(structure);
    columns.ensureCapacity(1);
    return columns;
  }

  private static boolean hasBytes(@Nullable Column[] columns) {
    for (Column column : columns) {
      if (column instanceof BytesColumn) {
        return true;
      }
    }
    return false;
  }

  @Nullable StructColumn header() {
    return header;
  }

  @Nullable StructColumn context() {
    return context;
  }

  /// Decodes both from the start of the packet, which is the start of the window.
  ///
  /// @return the bit behind them, or what [Node#decode] returns when they are not whole
  long decode(DecodeState state) {
    long at = 0;
    Node headerNode = procedures.packetHeader();
    if (headerNode != null && header != null) {
      header.clear();
      state.columns = headerColumns;
      at = headerNode.decode(state, at, 0);
    }
    Node contextNode = procedures.packetContext();
    if (at >= 0 && contextNode != null && context != null) {
      context.clear();
      state.columns = contextColumns;
      at = contextNode.decode(state, at, 0);
    }
    return at;
  }

  /// Strings and blobs of header and context are wanted as long as the packet, but the window moves
  /// on: they get bytes of their own.
  void keepBytes(byte[] window, int lengthBytes) {
    if (hasBytes) {
      if (packetBytes.length < lengthBytes) {
        packetBytes = new byte[lengthBytes];
      }
      System.arraycopy(window, 0, packetBytes, 0, lengthBytes);
      share(headerColumns);
      share(contextColumns);
    }
  }

  private void share(@Nullable Column[] columns) {
    for (Column column : columns) {
      if (column instanceof BytesColumn values) {
        values.share(packetBytes);
      }
    }
  }
}
