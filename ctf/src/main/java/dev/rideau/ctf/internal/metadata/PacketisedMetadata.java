package dev.rideau.ctf.internal.metadata;

import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.Origin;
import dev.rideau.trace.TraceException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The text of a metadata file that consists of packets, as LTTng writes it.
///
/// ```
/// byte  0  magic number 0x75d11d57; its order of bytes is that of all numbers here
///       4  UUID of the trace, the same in every packet
///      20  checksum, of no use without a checksum scheme
///      24  content length in bits, header included
///      28  total length in bits, padding included
///      32  compression scheme, encryption scheme, checksum scheme: 0 for none
///      35  major version, minor version
///      37  text, up to the content length; then padding up to the total length
/// ```
///
/// @param text the contents of all packets, one after the other
/// @param uuid UUID of the trace as the headers have it
/// @param byteOrder byte order of the headers; says nothing about the data streams
/// @param packetCount how many packets there were
public record PacketisedMetadata(byte[] text, UUID uuid, ByteOrder byteOrder, int packetCount) {

  private static final int MAGIC = 0x75d11d57;
  private static final int HEADER_BYTES = 37;
  private static final String ADVICE =
      "The metadata file is damaged or was copied while it was written: copy it again";

  /// Whether a metadata file that starts with `bytes` consists of packets.
  public static boolean recognises(byte[] bytes) {
    return byteOrderOf(bytes) != null;
  }

  /// Takes the text out of the packets.
  ///
  /// @param file where the bytes come from, for messages
  /// @throws TraceException when a packet is damaged or uses what CTF reserves
  public static PacketisedMetadata unwrap(byte[] bytes, @Nullable Path file) {
    ByteOrder byteOrder = byteOrderOf(bytes);
    if (byteOrder == null) {
      throw fault(file, 0, 0, "metadata-packet-magic", "this is not packetised metadata", null);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(byteOrder);
    // The text cannot be longer than the file: nothing a header says makes this grow further.
    ByteArrayOutputStream text = new ByteArrayOutputStream(bytes.length);
    UUID uuid = null;
    int packetCount = 0;
    int offset = 0;
    while (offset < bytes.length) {
      PacketHeader header = PacketHeader.read(buffer, offset, packetCount, file);
      if (uuid == null) {
        uuid = header.uuid;
      } else if (!uuid.equals(header.uuid)) {
        throw fault(
            file,
            packetCount,
            offset + 4,
            "metadata-packet-uuid",
            "the UUID is %s but that of the first packet is %s".formatted(header.uuid, uuid),
            "The file holds packets of several traces: separate them");
      }
      text.write(bytes, offset + HEADER_BYTES, header.contentBytes - HEADER_BYTES);
      offset += header.totalBytes;
      packetCount++;
    }
    if (uuid == null) {
      throw new IllegalStateException("a recognised file has at least one packet");
    }
    return new PacketisedMetadata(text.toByteArray(), uuid, byteOrder, packetCount);
  }

  private static @Nullable ByteOrder byteOrderOf(byte[] bytes) {
    if (bytes.length < 4) {
      return null;
    }
    int magic = ByteBuffer.wrap(bytes).getInt();
    if (magic == MAGIC) {
      return ByteOrder.BIG_ENDIAN;
    }
    return Integer.reverseBytes(magic) == MAGIC ? ByteOrder.LITTLE_ENDIAN : null;
  }

  private static TraceException fault(
      @Nullable Path file,
      int packet,
      int offsetBytes,
      String rule,
      String message,
      @Nullable String advice) {
    Origin origin = new Origin(file, null, packet, offsetBytes * 8L, 0, 0);
    return new TraceException(
        Diagnostic.error(
            rule, "metadata packet %d: %s".formatted(packet, message), origin, advice));
  }

  /// What a header says, checked against the rules and against the bytes that are there.
  private record PacketHeader(UUID uuid, int contentBytes, int totalBytes) {

    static PacketHeader read(ByteBuffer bytes, int offset, int packet, @Nullable Path file) {
      int left = bytes.limit() - offset;
      if (left >= 4 && bytes.getInt(offset) != MAGIC) {
        throw fault(
            file,
            packet,
            offset,
            "metadata-packet-magic",
            "the magic number is 0x%08x, not 0x%08x".formatted(bytes.getInt(offset), MAGIC),
            ADVICE);
      }
      if (left < HEADER_BYTES) {
        throw fault(
            file,
            packet,
            bytes.limit(),
            "metadata-packet-truncated",
            "the file ends %d bytes into the packet header of %d bytes"
                .formatted(left, HEADER_BYTES),
            ADVICE);
      }
      checkVersion(bytes, offset, packet, file);
      checkScheme(bytes, offset + 32, packet, file, "compression");
      checkScheme(bytes, offset + 33, packet, file, "encryption");
      checkScheme(bytes, offset + 34, packet, file, "checksum");
      long contentBits = Integer.toUnsignedLong(bytes.getInt(offset + 24));
      long totalBits = Integer.toUnsignedLong(bytes.getInt(offset + 28));
      checkWholeBytes(contentBits, offset + 24, packet, file, "content");
      checkWholeBytes(totalBits, offset + 28, packet, file, "total");
      if (contentBits < HEADER_BYTES * 8L) {
        throw fault(
            file,
            packet,
            offset + 24,
            "metadata-packet-content-length",
            "the content length is %d bits but the header alone has %d bits"
                .formatted(contentBits, HEADER_BYTES * 8),
            ADVICE);
      }
      if (contentBits > totalBits) {
        throw fault(
            file,
            packet,
            offset + 24,
            "metadata-packet-content-length",
            "the content length is %d bits but the packet has only %d bits"
                .formatted(contentBits, totalBits),
            ADVICE);
      }
      if (totalBits > left * 8L) {
        throw fault(
            file,
            packet,
            bytes.limit(),
            "metadata-packet-truncated",
            "the file ends %d bytes into the packet of %d bytes".formatted(left, totalBits >> 3),
            ADVICE);
      }
      bytes.position(offset + 4);
      ByteBuffer uuid = bytes.slice().order(ByteOrder.BIG_ENDIAN);
      return new PacketHeader(
          new UUID(uuid.getLong(0), uuid.getLong(8)),
          (int) (contentBits >> 3),
          (int) (totalBits >> 3));
    }

    private static void checkVersion(
        ByteBuffer bytes, int offset, int packet, @Nullable Path file) {
      int major = bytes.get(offset + 35) & 0xff;
      int minor = bytes.get(offset + 36) & 0xff;
      boolean known = (major == 1 && minor == 8) || (major == 2 && minor == 0);
      if (!known) {
        throw fault(
            file,
            packet,
            offset + 35,
            "metadata-packet-version",
            "the CTF version is %d.%d but only 1.8 and 2.0 are known".formatted(major, minor),
            ADVICE);
      }
    }

    private static void checkScheme(
        ByteBuffer bytes, int offset, int packet, @Nullable Path file, String what) {
      int scheme = bytes.get(offset) & 0xff;
      if (scheme != 0) {
        throw fault(
            file,
            packet,
            offset,
            "metadata-packet-" + what + "-scheme",
            "%s scheme %d is not supported".formatted(what, scheme),
            "Convert the metadata with the tool that wrote it, without " + what);
      }
    }

    private static void checkWholeBytes(
        long bits, int offset, int packet, @Nullable Path file, String what) {
      if ((bits & 7) != 0) {
        throw fault(
            file,
            packet,
            offset,
            "metadata-packet-" + what + "-length",
            "the %s length of %d bits is not a multiple of 8".formatted(what, bits),
            ADVICE);
      }
    }
  }
}
