package dev.rideau.trace;

import dev.rideau.trace.FieldClass.Structure;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the metadata of a trace says.
///
/// @param majorVersion version of the format, for instance 1 of CTF 1.8
/// @param minorVersion version of the format, for instance 8 of CTF 1.8
/// @param uid identity of the trace; for CTF 1.8 its UUID in the usual text form
/// @param metadataUuid what packet headers with the role [Role#METADATA_STREAM_UUID] must hold, in
///   the usual text form; null when the metadata says none
/// @param nativeByteOrder byte order of fields that name none (CTF 1.8), null when there is no such
///   thing
public record TraceClass(
    int majorVersion,
    int minorVersion,
    @Nullable String namespace,
    @Nullable String name,
    @Nullable String uid,
    @Nullable String metadataUuid,
    @Nullable ByteOrder nativeByteOrder,
    Environment environment,
    List<ClockClass> clockClasses,
    @Nullable Structure packetHeader,
    List<DataStreamClass> dataStreamClasses,
    Attributes attributes) {

  public TraceClass {
    clockClasses = List.copyOf(clockClasses);
    dataStreamClasses = List.copyOf(dataStreamClasses);
  }

  /// A trace class whose metadata UUID is its `uid`, as CTF 1.8 has it.
  public TraceClass(
      int majorVersion,
      int minorVersion,
      @Nullable String namespace,
      @Nullable String name,
      @Nullable String uid,
      @Nullable ByteOrder nativeByteOrder,
      Environment environment,
      List<ClockClass> clockClasses,
      @Nullable Structure packetHeader,
      List<DataStreamClass> dataStreamClasses,
      Attributes attributes) {
    this(
        majorVersion,
        minorVersion,
        namespace,
        name,
        uid,
        uid,
        nativeByteOrder,
        environment,
        clockClasses,
        packetHeader,
        dataStreamClasses,
        attributes);
  }

  /// The data stream class with that id, or null.
  public @Nullable DataStreamClass dataStreamClass(long id) {
    for (DataStreamClass dataStreamClass : dataStreamClasses) {
      if (dataStreamClass.id() == id) {
        return dataStreamClass;
      }
    }
    return null;
  }
}
