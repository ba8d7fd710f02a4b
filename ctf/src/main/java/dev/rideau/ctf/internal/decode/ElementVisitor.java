package dev.rideau.ctf.internal.decode;

import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.Scope;
import org.jspecify.annotations.Nullable;

/// Is told each element of a packet by [PlainDecoder], in the order of the bits.
///
/// Every method gets the bit, from the start of the packet, where the element begins (for `begin…`
/// and for fields) or where the decoder stands (for the others). `name` is that of the structure
/// member, null for elements of arrays, contents of optionals and options of variants.
public interface ElementVisitor {

  /// A visitor that wants to know nothing.
  ElementVisitor NONE = new ElementVisitor() {};

  default void beginPacket(long bit) {}

  default void endPacket(long bit) {}

  default void beginScope(Scope scope, long bit) {}

  default void endScope(Scope scope, long bit) {}

  /// After the packet header, before the packet context.
  default void dataStreamInfo(
      @Nullable DataStreamClass dataStreamClass, @Nullable Long dataStreamId, long bit) {}

  /// After the packet context.
  default void packetInfo(PacketInfo info, long bit) {}

  default void beginRecord(long bit) {}

  default void endRecord(long bit) {}

  /// After the event header.
  default void recordInfo(EventClass eventClass, long bit) {}

  /// After a field that set the default clock.
  default void clockValue(long value, long bit) {}

  /// After the last byte of the metadata stream UUID.
  default void metadataUuid(long high, long low, long bit) {}

  /// A bit array, bit map, boolean or integer, of fixed or variable length.
  default void integral(@Nullable String name, FieldClass fieldClass, long value, long bit) {}

  default void floating(@Nullable String name, FieldClass fieldClass, double value, long bit) {}

  /// The start of a string or blob.
  default void beginBytes(@Nullable String name, FieldClass fieldClass, long bit) {}

  /// Bytes of a string, its terminator included, or of a blob. Only for the time of the call.
  default void bytes(FieldClass fieldClass, byte[] bytes, int offset, int length, long bit) {}

  default void endBytes(FieldClass fieldClass, long bit) {}

  default void beginStructure(@Nullable String name, FieldClass.Structure fieldClass, long bit) {}

  default void endStructure(FieldClass.Structure fieldClass, long bit) {}

  default void beginArray(@Nullable String name, FieldClass fieldClass, long length, long bit) {}

  default void endArray(FieldClass fieldClass, long bit) {}

  default void beginOptional(
      @Nullable String name, FieldClass.Optional fieldClass, boolean present, long bit) {}

  default void endOptional(FieldClass.Optional fieldClass, long bit) {}

  /// @param selector value that chose the option
  default void beginVariant(
      @Nullable String name, FieldClass.Variant fieldClass, int option, long selector, long bit) {}

  default void endVariant(FieldClass.Variant fieldClass, long bit) {}
}
