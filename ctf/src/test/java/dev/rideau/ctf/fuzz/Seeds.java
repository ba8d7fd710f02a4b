package dev.rideau.ctf.fuzz;

import dev.rideau.ctf.internal.decode.Dice;
import dev.rideau.ctf.internal.decode.RandomRecords;
import dev.rideau.ctf.internal.metadata.MetadataReader;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.TraceClass;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// Good inputs for fuzz tests to start from.
final class Seeds {
  /// Files of the folder `metadata` beside this class.
  static final List<String> METADATA =
      List.of("lttng.tsdl", "packed.tsdl", "bare.tsdl", "dynamic.json");

  private Seeds() {}

  static byte[] metadata(String name) {
    try (InputStream metadata =
        Objects.requireNonNull(Seeds.class.getResourceAsStream("metadata/" + name), name)) {
      return metadata.readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// All metadata of that kind, without the first `drop` bytes.
  static List<byte[]> metadata(String suffix, int drop) {
    List<byte[]> seeds = new ArrayList<>();
    for (String name : METADATA) {
      if (name.endsWith(suffix)) {
        byte[] bytes = metadata(name);
        seeds.add(Arrays.copyOfRange(bytes, drop, bytes.length));
      }
    }
    return seeds;
  }

  /// A text in metadata packets of so many bytes of text each.
  static byte[] packetised(byte[] text, ByteOrder order, int packetTextBytes) {
    int headerBytes = 37;
    ByteArrayOutputStream packets = new ByteArrayOutputStream();
    for (int at = 0; at < text.length; at += packetTextBytes) {
      int length = Math.min(packetTextBytes, text.length - at);
      ByteBuffer packet = ByteBuffer.allocate(headerBytes + length + 3).order(order);
      packet.putInt(0x75d11d57);
      packet.putLong(1).putLong(2);
      packet.putInt(0);
      packet.putInt((headerBytes + length) * 8);
      packet.putInt(packet.capacity() * 8);
      packet.put((byte) 0).put((byte) 0).put((byte) 0).put((byte) 1).put((byte) 8);
      packet.put(text, at, length);
      packets.writeBytes(packet.array());
    }
    return packets.toByteArray();
  }

  /// Data streams for [DataStreamFuzzTest]: for each metadata and each class of data streams some.
  static List<byte[]> dataStreams() {
    List<byte[]> seeds = new ArrayList<>();
    Dice dice = new Dice(1);
    for (int i = 0; i < METADATA.size(); i++) {
      TraceClass traceClass = MetadataReader.parse(metadata(METADATA.get(i)), null, _ -> {});
      for (DataStreamClass stream : traceClass.dataStreamClasses()) {
        RandomRecords records = new RandomRecords(dice, traceClass, stream, true);
        for (int packets = 1; packets <= 3; packets++) {
          ByteArrayOutputStream seed = new ByteArrayOutputStream();
          seed.write(i);
          seed.write(255);
          for (int j = 0; j < packets; j++) {
            seed.writeBytes(records.packet(4).bytes());
          }
          seeds.add(seed.toByteArray());
        }
      }
    }
    return seeds;
  }
}
