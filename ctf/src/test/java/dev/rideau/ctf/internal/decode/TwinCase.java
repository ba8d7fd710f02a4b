package dev.rideau.ctf.internal.decode;

import dev.rideau.trace.ClockClass;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.MemberSelection;
import dev.rideau.trace.PacketIndex;
import dev.rideau.trace.Projection;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.Scope;
import dev.rideau.trace.Severity;
import dev.rideau.trace.TraceClass;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One comparison of the two decoders: some packets of a stream, and how they are to be read.
///
/// @param file the packets of [#packets()] one behind the other, maybe cut off
/// @param windowBytes how large the fast decoder's window is at first
/// @param plainProcedures whether the fast decoder may use nothing that is made for a layout
/// @param restartAfter how many blocks of a first run are read before the run that counts, -1 for
///   none
record TwinCase(
    TraceClass traceClass,
    DataStreamClass stream,
    List<Packet> packets,
    byte[] file,
    Chosen projection,
    int windowBytes,
    boolean plainProcedures,
    int firstPacket,
    int restartAfter) {

  /// A packet of the index.
  ///
  /// @param begin clock at its begin, null when unknown
  /// @param end clock at its end, null when unknown
  record Packet(
      int offsetBytes,
      int lengthBytes,
      long contentBits,
      long headerBits,
      @Nullable Long begin,
      @Nullable Long end) {}

  /// A projection that can be printed.
  ///
  /// @param wanted for each included class, by ordinal, the members of each scope; a scope that is
  ///   not there is wanted as a whole
  record Chosen(Map<Integer, Map<Scope, Set<String>>> wanted) implements Projection {
    @Override
    public boolean includes(EventClass eventClass) {
      return wanted.containsKey(eventClass.ordinal());
    }

    @Override
    public MemberSelection members(EventClass eventClass, Scope scope) {
      Set<String> names = wanted.getOrDefault(eventClass.ordinal(), Map.of()).get(scope);
      return names == null ? MemberSelection.ALL : MemberSelection.of(names);
    }

    static Chosen all(DataStreamClass stream) {
      Map<Integer, Map<Scope, Set<String>>> wanted = new TreeMap<>();
      stream.eventClasses().forEach(each -> wanted.put(each.ordinal(), Map.of()));
      return new Chosen(wanted);
    }
  }

  /// What a decoder found.
  ///
  /// @param lines records and faults in their order
  /// @param packetTexts headers and contexts of packets with records
  /// @param back packets in which time goes back
  record Found(List<String> lines, Map<Integer, String> packetTexts, Set<Integer> back) {}

  /// What the decoders disagree about, or null.
  @Nullable String disagreement() {
    Found slow = slow();
    Found fast;
    try {
      fast = fast();
    } catch (RuntimeException | Error failure) {
      StringBuilder text = new StringBuilder("the fast decoder fails: " + failure);
      for (StackTraceElement element : failure.getStackTrace()) {
        if (element.getClassName().startsWith("dev.rideau")) {
          text.append("\n    ").append(element);
        }
      }
      return text.toString();
    }
    for (int i = 0; i < Math.max(slow.lines.size(), fast.lines.size()); i++) {
      String expected = i < slow.lines.size() ? slow.lines.get(i) : "nothing more";
      String actual = i < fast.lines.size() ? fast.lines.get(i) : "nothing more";
      if (!expected.equals(actual)) {
        return "line %d%n  plain: %s%n  fast:  %s".formatted(i, expected, actual);
      }
    }
    if (!slow.packetTexts.equals(fast.packetTexts)) {
      return "packets%n  plain: %s%n  fast:  %s".formatted(slow.packetTexts, fast.packetTexts);
    }
    return slow.back.equals(fast.back)
        ? null
        : "time goes back%n  plain: %s%n  fast:  %s".formatted(slow.back, fast.back);
  }

  private PacketIndex index() {
    PacketIndex.Builder index = new PacketIndex.Builder(List.of(MemoryPackets.FILE));
    ClockClass clock = stream.defaultClock();
    for (Packet packet : packets) {
      int added = index.add(0, packet.offsetBytes, packet.lengthBytes * 8L, packet.contentBits);
      Long begin = packet.begin;
      Long end = packet.end;
      if (begin != null && clock != null) {
        index.begin(added, begin, clock.toNs(begin));
      }
      if (end != null && clock != null) {
        index.end(added, end, clock.toNs(end));
      }
    }
    return index.build();
  }

  private Found slow() {
    PacketIndex index = index();
    Found found = new Found(new ArrayList<>(), new TreeMap<>(), new TreeSet<>());
    PlainText text = new PlainText(projection);
    PlainDecoder decoder = new PlainDecoder(traceClass, text);
    ClockClass clock = stream.defaultClock();
    long lastNs = Long.MIN_VALUE;
    for (int i = firstPacket; i < packets.size(); i++) {
      long fileBit = index.offsetBytes(i) * 8;
      if (i > 0 && index.endNs(i - 1) != PacketIndex.UNKNOWN) {
        decoder.setClockValue(index.endClockValue(i - 1));
      }
      Packet packet = packets.get(i);
      int available = Math.clamp(file.length - packet.offsetBytes, 0, packet.lengthBytes);
      long before = decoder.clockValue();
      try {
        decoder.startPacket(file, packet.offsetBytes, available, true);
        boolean saysLength = decoder.decodePacketHeader().contentBits() != null;
        boolean isLimited = saysLength || packet.contentBits < packet.lengthBytes * 8L;
        if (isLimited) {
          decoder.setContentBits(packet.contentBits);
        }
        if (index.beginNs(i) != PacketIndex.UNKNOWN) {
          decoder.setClockValue(index.beginClockValue(i));
        }
        before = decoder.clockValue();
        long start = decoder.position();
        while (decoder.decodeRecord()) {
          EventClass eventClass = text.eventClass();
          if (eventClass != null && projection.includes(eventClass)) {
            long ns = clock == null ? 0 : clock.toNs(decoder.clockValue());
            found.lines.add(
                line(i, eventClass.ordinal(), decoder.clockValue(), ns, fileBit + start)
                    + end(fileBit + decoder.position())
                    + text.recordText());
            found.packetTexts.put(i, text.packetText());
            if (clock != null) {
              if (ns < lastNs) {
                found.back.add(i);
              }
              lastNs = ns;
            }
          }
          before = decoder.clockValue();
          start = decoder.position();
        }
        if (!isLimited && available < packet.lengthBytes) {
          // The decoder took the end of the data for the end of the packet.
          found.lines.add(fault(FaultKind.BEYOND_DATA.rule(), i, fileBit + start));
        }
      } catch (DecodeFault fault) {
        decoder.setClockValue(before);
        found.lines.add(fault(fault.kind().rule(), i, fileBit + fault.offsetBits()));
      }
    }
    return found;
  }

  private Found fast() {
    Found found = new Found(new ArrayList<>(), new TreeMap<>(), new TreeSet<>());
    MemoryPackets memory = new MemoryPackets(stream, index(), file);
    StreamProcedures procedures =
        new StreamProcedures(traceClass, stream, projection, plainProcedures);
    try (CtfBlockCursor cursor =
        new CtfBlockCursor(
            memory,
            memory,
            procedures,
            restartAfter < 0 ? firstPacket : 0,
            packets.size(),
            diagnostic -> note(diagnostic, found),
            windowBytes)) {
      if (restartAfter >= 0) {
        for (int i = 0; i < restartAfter; i++) {
          cursor.next();
        }
        found.lines.clear();
        found.back.clear();
        cursor.restart(firstPacket, packets.size());
      }
      RecordBlock block = cursor.next();
      while (block != null) {
        note(block, found);
        block = cursor.next();
      }
      if (cursor.next() != null) {
        found.lines.add("a block behind the end");
      }
    }
    return found;
  }

  private static void note(Diagnostic diagnostic, Found found) {
    if (diagnostic.severity() == Severity.ERROR) {
      found.lines.add(
          fault(diagnostic.rule(), diagnostic.origin().packet(), diagnostic.origin().offsetBits()));
    } else if (!found.back.add(diagnostic.origin().packet())) {
      found.lines.add("said twice: " + diagnostic);
    }
  }

  private void note(RecordBlock block, Found found) {
    for (int i = 0; i < block.size(); i++) {
      int eventClass = block.eventClasses()[i];
      found.lines.add(
          line(
                  block.packet(),
                  eventClass,
                  block.clockValues()[i],
                  block.timestampsNs()[i],
                  block.offsetsBits()[i])
              + end(block.offsetsBits()[i + 1])
              + ColumnText.record(
                  java.util.Objects.requireNonNull(block.batch(eventClass)), block.rows()[i]));
    }
    String text = ColumnText.packet(block.packetHeader(), block.packetContext());
    String known = found.packetTexts.putIfAbsent(block.packet(), text);
    if (known != null && !known.equals(text)) {
      found.packetTexts.put(block.packet(), "first " + known + ", then " + text);
    }
  }

  private static String line(int packet, int eventClass, long clock, long ns, long bit) {
    return "packet %d class %d clock %x ns %d bit %d".formatted(packet, eventClass, clock, ns, bit);
  }

  private String end(long bit) {
    boolean everything = projection.wanted.size() == stream.eventClasses().size();
    return everything ? " end " + bit + " " : " ";
  }

  private static String fault(String rule, int packet, long bit) {
    return "packet %d fault %s bit %d".formatted(packet, rule, bit);
  }

  // ---------------------------------------------------------------- smaller cases

  /// Simpler cases, of which one may still show the disagreement.
  List<TwinCase> simpler() {
    List<TwinCase> simpler = new ArrayList<>();
    for (int i = packets.size() - 1; i >= 0; i--) {
      if (packets.size() > 1 && (i > firstPacket || firstPacket == 0)) {
        List<Packet> fewer = new ArrayList<>(packets);
        fewer.remove(i);
        simpler.add(with(fewer, projection, windowBytes, restartAfter));
      }
    }
    if (restartAfter >= 0) {
      simpler.add(with(packets, projection, windowBytes, -1));
    }
    if (!projection.equals(Chosen.all(stream))) {
      simpler.add(with(packets, Chosen.all(stream), windowBytes, restartAfter));
    }
    if (windowBytes < 1 << 18) {
      simpler.add(with(packets, projection, 1 << 18, restartAfter));
    }
    for (int i = 0; i < packets.size(); i++) {
      Packet packet = packets.get(i);
      long records = packet.contentBits - packet.headerBits;
      for (long drop : new long[] {records / 2, records / 8, 64, 8, 1}) {
        if (drop > 0 && drop <= records) {
          List<Packet> shorter = new ArrayList<>(packets);
          shorter.set(
              i,
              new Packet(
                  packet.offsetBytes,
                  packet.lengthBytes,
                  packet.contentBits - drop,
                  packet.headerBits,
                  packet.begin,
                  packet.end));
          simpler.add(with(shorter, projection, windowBytes, restartAfter));
        }
      }
    }
    return simpler;
  }

  private TwinCase with(List<Packet> packets, Chosen projection, int windowBytes, int restart) {
    return new TwinCase(
        traceClass,
        stream,
        packets,
        file,
        projection,
        windowBytes,
        plainProcedures,
        Math.min(firstPacket, packets.size() - 1),
        restart);
  }

  /// The case in words.
  String describe() {
    StringBuilder text = new StringBuilder();
    text.append("packet header ").append(traceClass.packetHeader()).append('\n');
    text.append("packet context ").append(stream.packetContext()).append('\n');
    text.append("event header ").append(stream.eventHeader()).append('\n');
    text.append("common context ").append(stream.commonContext()).append('\n');
    Set<Integer> used = new HashSet<>();
    for (String line : slow().lines) {
      if (line.contains(" class ")) {
        used.add(Integer.parseInt(line.replaceAll(".* class (\\d+) .*", "$1")));
      }
    }
    for (EventClass eventClass : stream.eventClasses()) {
      if (used.contains(eventClass.ordinal()) || stream.eventClasses().size() < 4) {
        text.append(eventClass).append('\n');
      }
    }
    text.append("clock ").append(stream.defaultClock()).append('\n');
    text.append(projection).append(" window ").append(windowBytes);
    text.append(" plain ").append(plainProcedures).append(" first ").append(firstPacket);
    text.append(" restart ").append(restartAfter).append('\n');
    for (Packet packet : packets) {
      int end = Math.min(file.length, packet.offsetBytes + packet.lengthBytes);
      int shown = Math.min(end, packet.offsetBytes + 600);
      text.append(packet).append(" available ").append(end - packet.offsetBytes).append('\n');
      if (shown > packet.offsetBytes) {
        text.append(HexFormat.of().formatHex(file, packet.offsetBytes, shown)).append('\n');
      }
    }
    return text.toString().replace(", attributes=Attributes[entries={}]", "");
  }
}
