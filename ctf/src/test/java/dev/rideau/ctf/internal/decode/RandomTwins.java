package dev.rideau.ctf.internal.decode;

import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.Scope;
import dev.rideau.trace.TraceClass;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Makes [TwinCase]s up: schema, bytes, damage, projection and windows from one seed.
final class RandomTwins {
  private RandomTwins() {}

  /// @param size how much there is of everything, 1 for very little
  static TwinCase of(long seed, int size) {
    Dice dice = new Dice(seed * 31 + size);
    TwinSchema schema = new TwinSchema(dice, size);
    TraceClass traceClass = schema.traceClass();
    DataStreamClass stream = dice.oneOf(traceClass.dataStreamClasses());
    RandomRecords records = new RandomRecords(dice, traceClass, stream);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    List<TwinCase.Packet> packets = new ArrayList<>();
    int packetCount = dice.between(1, 3);
    boolean many = size > 3 && dice.percent(schema.areMessages() ? 60 : 15);
    boolean timed = dice.percent(70);
    for (int i = 0; i < packetCount; i++) {
      RandomRecords.Packet packet =
          records.packet(many ? dice.between(100, 6000) : dice.between(0, 4 * size));
      TwinCase.Packet indexed = indexed(traceClass, stream, packet, file.size(), timed);
      if (indexed != null) {
        packets.add(indexed);
        file.writeBytes(packet.bytes());
      }
    }
    byte[] bytes = file.toByteArray();
    if (packets.isEmpty()) {
      packets.add(new TwinCase.Packet(0, 0, 0, 0, null, null));
    }
    if (dice.percent(30)) {
      damage(dice, bytes, packets);
    }
    if (dice.percent(10)) {
      bytes = Arrays.copyOf(bytes, dice.below(bytes.length + 1));
    }
    return new TwinCase(
        traceClass,
        stream,
        packets,
        bytes,
        projection(dice, stream),
        dice.oneOf(1, 16, 100, 1000, 4096, 4096, 5000, 8192, 1 << 18),
        dice.percent(20),
        dice.percent(80) ? 0 : dice.below(packets.size()),
        dice.percent(80) ? -1 : dice.below(3));
  }

  /// What an index would say of the packet, null when its header cannot be decoded.
  private static TwinCase.@Nullable Packet indexed(
      TraceClass traceClass,
      DataStreamClass stream,
      RandomRecords.Packet packet,
      int offsetBytes,
      boolean timed) {
    PlainDecoder decoder = new PlainDecoder(traceClass, ElementVisitor.NONE);
    byte[] bytes = packet.bytes();
    decoder.startPacket(bytes, 0, bytes.length, true);
    try {
      PacketInfo info = decoder.decodePacketHeader();
      if (info.dataStreamClass().ordinal() != stream.ordinal()
          || packet.contentBits() < decoder.position()) {
        return null;
      }
      return new TwinCase.Packet(
          offsetBytes,
          bytes.length,
          packet.contentBits(),
          decoder.position(),
          timed ? info.beginClockValue() : null,
          timed ? info.endClockValue() : null);
    } catch (DecodeFault fault) {
      return null;
    }
  }

  /// Changes bits behind the headers; those of headers are the business of who makes the index.
  private static void damage(Dice dice, byte[] bytes, List<TwinCase.Packet> packets) {
    int times = dice.between(1, 4);
    for (int i = 0; i < times; i++) {
      TwinCase.Packet packet = dice.oneOf(packets);
      int first = packet.offsetBytes() + (int) ((packet.headerBits() + 7) >>> 3);
      int length = packet.offsetBytes() + packet.lengthBytes() - first;
      if (length <= 0) {
        continue;
      }
      int at = first + dice.below(length);
      switch (dice.below(3)) {
        case 0 -> bytes[at] ^= (byte) (1 << dice.below(8));
        case 1 -> bytes[at] = (byte) dice.bits();
        default -> {
          byte[] noise = new byte[Math.min(dice.below(64), first + length - at)];
          dice.fill(noise);
          System.arraycopy(noise, 0, bytes, at, noise.length);
        }
      }
    }
  }

  private static TwinCase.Chosen projection(Dice dice, DataStreamClass stream) {
    if (dice.percent(40)) {
      return TwinCase.Chosen.all(stream);
    }
    Map<Integer, Map<Scope, Set<String>>> wanted = new TreeMap<>();
    for (EventClass eventClass : stream.eventClasses()) {
      if (dice.percent(80)) {
        Map<Scope, Set<String>> scopes = new TreeMap<>();
        choose(dice, scopes, Scope.COMMON_CONTEXT, stream.commonContext());
        choose(dice, scopes, Scope.SPECIFIC_CONTEXT, eventClass.specificContext());
        choose(dice, scopes, Scope.PAYLOAD, eventClass.payload());
        wanted.put(eventClass.ordinal(), scopes);
      }
    }
    return new TwinCase.Chosen(wanted);
  }

  private static void choose(
      Dice dice,
      Map<Scope, Set<String>> scopes,
      Scope scope,
      FieldClass.@Nullable Structure structure) {
    if (structure != null && dice.percent(70)) {
      Set<String> names = new HashSet<>();
      for (FieldClass.Member member : structure.members()) {
        if (dice.percent(50)) {
          names.add(member.name());
        }
      }
      scopes.put(scope, names);
    }
  }
}
