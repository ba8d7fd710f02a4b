package dev.rideau.ctf.internal.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rideau.trace.TraceException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class PacketisedMetadataTest {
  private static final UUID ID = new UUID(0x0123456789abcdefL, 0x0fedcba987654321L);

  /// A packet whose header can be spoiled field by field.
  private static final class Packet {
    private final ByteBuffer bytes;

    Packet(String text, int paddingBytes, ByteOrder byteOrder) {
      byte[] content = text.getBytes(StandardCharsets.US_ASCII);
      bytes = ByteBuffer.allocate(37 + content.length + paddingBytes).order(byteOrder);
      bytes.putInt(0, 0x75d11d57);
      bytes.put(4, bytes(ID));
      bytes.putInt(24, (37 + content.length) * 8);
      bytes.putInt(28, bytes.capacity() * 8);
      bytes.put(35, (byte) 1);
      bytes.put(36, (byte) 8);
      bytes.put(37, content);
    }

    Packet withInt(int offset, int value) {
      bytes.putInt(offset, value);
      return this;
    }

    Packet withByte(int offset, int value) {
      bytes.put(offset, (byte) value);
      return this;
    }

    private static byte[] bytes(UUID uuid) {
      return ByteBuffer.allocate(16)
          .putLong(uuid.getMostSignificantBits())
          .putLong(uuid.getLeastSignificantBits())
          .array();
    }
  }

  private static Packet packet(String text) {
    return new Packet(text, 8, ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] file(Packet... packets) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    for (Packet packet : packets) {
      file.writeBytes(packet.bytes.array());
    }
    return file.toByteArray();
  }

  @Test
  void joinsTheContentsOfBothByteOrders() {
    for (ByteOrder byteOrder : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
      byte[] bytes =
          file(
              new Packet("/* CTF 1.8 */", 7, byteOrder),
              new Packet("", 0, byteOrder),
              new Packet("trace {};", 0, byteOrder));
      assertThat(PacketisedMetadata.recognises(bytes)).isTrue();
      PacketisedMetadata metadata = PacketisedMetadata.unwrap(bytes, null);
      assertThat(metadata.text()).asString().isEqualTo("/* CTF 1.8 */trace {};");
      assertThat(metadata.uuid()).isEqualTo(ID);
      assertThat(metadata.byteOrder()).isEqualTo(byteOrder);
      assertThat(metadata.packetCount()).isEqualTo(3);
    }
  }

  @Test
  void namesTheRuleAndTheByteOfEachFault() {
    refused(packet("x").withInt(24, 37 * 8 + 9), "metadata-packet-content-length", 24);
    refused(packet("x").withInt(24, 36 * 8), "metadata-packet-content-length", 24);
    refused(packet("x").withInt(24, 4000), "metadata-packet-content-length", 24);
    refused(packet("x").withInt(28, 8 * 46 + 1), "metadata-packet-total-length", 28);
    refused(packet("x").withInt(28, -8), "metadata-packet-truncated", 46);
    refused(packet("x").withByte(32, 1), "metadata-packet-compression-scheme", 32);
    refused(packet("x").withByte(33, 1), "metadata-packet-encryption-scheme", 33);
    refused(packet("x").withByte(34, 1), "metadata-packet-checksum-scheme", 34);
    refused(packet("x").withByte(35, 3), "metadata-packet-version", 35);
    refused(packet("x").withByte(36, 9), "metadata-packet-version", 35);
  }

  @Test
  void namesThePacketOfAFault() {
    byte[] otherUuid = file(packet("x"), packet("y").withByte(4, 0x7f));
    refused(otherUuid, "metadata-packet-uuid", 46 + 4, 1);
    refused(file(packet("x"), packet("y").withByte(0, 0)), "metadata-packet-magic", 46, 1);
    byte[] whole = file(packet("x"), packet("y"));
    for (int length = 47; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      refused(cut, "metadata-packet-truncated", length, 1);
    }
  }

  @Property(tries = 500)
  void neverFailsInAnotherWay(
      @ForAll byte[] noise, @ForAll int offset, @ForAll byte value, @ForAll boolean appended) {
    byte[] bytes = file(packet("trace {};"), packet("env {};"));
    bytes[Math.floorMod(offset, bytes.length)] = value;
    bytes[0] = 0x57;
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(bytes);
    if (appended) {
      file.writeBytes(noise);
    }
    try {
      PacketisedMetadata metadata = PacketisedMetadata.unwrap(file.toByteArray(), null);
      assertThat(metadata.text().length).isLessThanOrEqualTo(file.size());
    } catch (TraceException refusal) {
      assertThat(refusal.diagnostic().origin().offsetBits()).isBetween(0L, file.size() * 8L);
    }
  }

  private static void refused(Packet packet, String rule, int offsetBytes) {
    refused(file(packet), rule, offsetBytes, 0);
  }

  private static void refused(byte[] bytes, String rule, int offsetBytes, int packet) {
    TraceException refusal =
        catchThrowableOfType(TraceException.class, () -> PacketisedMetadata.unwrap(bytes, null));
    assertThat(refusal).isNotNull();
    assertThat(refusal.diagnostic().rule()).isEqualTo(rule);
    assertThat(refusal.diagnostic().origin().offsetBits()).isEqualTo(offsetBytes * 8L);
    assertThat(refusal.diagnostic().origin().packet()).isEqualTo(packet);
  }
}
