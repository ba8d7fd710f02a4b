package dev.rideau.cli.internal.cat;

import dev.rideau.cli.internal.text.LineTexts;
import dev.rideau.trace.ClockClass;
import dev.rideau.trace.Column;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.LongColumn;
import dev.rideau.trace.Loss;
import dev.rideau.trace.PacketIndex;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.Role;
import dev.rideau.trace.StructColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Marks among the lines of a stream what babeltrace2 sends besides event records: begins and ends
/// of streams and packets, losses. [RecycledStrings] must count them. Used by one thread at a time.
final class PacketMarks {
  private final PacketIndex packets;
  private final List<Loss> losses;
  private final @Nullable ClockClass clock;
  private final int endMember;

  /// Stands for a time that is not known.
  private final long atOnce;

  private int packet;
  private boolean isOpen;
  private int endPacket;

  /// How many marks the packet has so far.
  private int marks;

  private long lastNs;
  private long endNs;

  PacketMarks(DataStream stream) {
    packets = stream.packets();
    losses = stream.losses();
    clock = stream.dataStreamClass().defaultClock();
    // Without a clock nothing has a time, and streams come one after the other.
    atOnce = clock == null ? 0 : Long.MIN_VALUE;
    endMember = endMember(stream.dataStreamClass().packetContext());
  }

  private static int endMember(FieldClass.@Nullable Structure context) {
    if (context != null) {
      for (int i = 0; i < context.members().size(); i++) {
        if (context.members().get(i).fieldClass() instanceof FieldClass.Integral integral
            && integral.roles().contains(Role.PACKET_END_DEFAULT_CLOCK_TIMESTAMP)) {
          return i;
        }
      }
    }
    return -1;
  }

  /// Starts with packets from `firstPacket` up to, not including, `endPacket`.
  void restart(int firstPacket, int endPacket) {
    packet = firstPacket - 1;
    this.endPacket = endPacket;
    isOpen = false;
  }

  /// Goes on to the packet of a block.
  void enter(LineTexts lines, RecordBlock block) {
    goTo(lines, block.packet());
    StructColumn context = block.packetContext();
    ClockClass ticking = clock;
    if (endMember >= 0 && context != null && ticking != null) {
      Column end = context.member(endMember);
      if (end instanceof LongColumn values) {
        endNs = ticking.toNs(values.value(0));
      }
    }
    if (block.size() > 0) {
      lastNs = block.timestampsNs()[block.size() - 1];
    }
  }

  /// Ends the last packet, and the stream when it was its last one.
  void end(LineTexts lines) {
    goTo(lines, endPacket);
  }

  private void goTo(LineTexts lines, int target) {
    while (packet < target) {
      if (isOpen) {
        close(lines);
      }
      packet++;
      marks = 0;
      if (packet < endPacket) {
        open(lines);
      }
    }
  }

  private void open(LineTexts lines) {
    isOpen = true;
    if (packet == 0) {
      mark(lines, atOnce);
    }
    for (Loss loss : losses) {
      if (loss.packet() == packet) {
        mark(lines, orAtOnce(loss.beginNs()));
      }
    }
    lastNs = orAtOnce(packets.beginNs(packet));
    endNs = orAtOnce(packets.endNs(packet));
    mark(lines, lastNs);
  }

  private void close(LineTexts lines) {
    isOpen = false;
    mark(lines, endNs == atOnce ? atOnce : Math.max(endNs, lastNs));
    if (packet == packets.size() - 1) {
      mark(lines, atOnce);
    }
  }

  private void mark(LineTexts lines, long ns) {
    lines.addMark(ns, (long) packet << 32 | marks++);
  }

  private long orAtOnce(long ns) {
    return ns == PacketIndex.UNKNOWN ? atOnce : ns;
  }
}
