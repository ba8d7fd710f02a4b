package dev.rideau.ctf.internal.open;

import dev.rideau.ctf.internal.decode.ElementVisitor;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.Role;
import org.jspecify.annotations.Nullable;

/// Notes what [dev.rideau.ctf.internal.decode.PacketInfo] does not tell: how long the counters are,
/// and what a faulty header said before the fault.
final class HeaderListener implements ElementVisitor {
  private @Nullable Long magic;
  private @Nullable Long totalBits;
  private int beginClockBits;
  private int sequenceBits;
  private int discardedBits;

  /// Forgets the packet before.
  void startPacket() {
    magic = null;
    totalBits = null;
    beginClockBits = 0;
  }

  @Nullable Long magic() {
    return magic;
  }

  @Nullable Long totalBits() {
    return totalBits;
  }

  /// Length of the longest field that set the clock, 0 when none did.
  int beginClockBits() {
    return beginClockBits;
  }

  /// Length of the packet sequence number, 0 when there is none.
  int sequenceBits() {
    return sequenceBits;
  }

  /// Length of the counter of discarded events, 0 when there is none.
  int discardedBits() {
    return discardedBits;
  }

  @Override
  public void integral(@Nullable String name, FieldClass fieldClass, long value, long bit) {
    if (!(fieldClass instanceof FieldClass.Integral integral) || integral.roles().isEmpty()) {
      return;
    }
    int lengthBits =
        fieldClass instanceof FieldClass.FixedLength fixed ? fixed.layout().lengthBits() : 64;
    for (Role role : integral.roles()) {
      switch (role) {
        case PACKET_MAGIC_NUMBER -> magic = value;
        case PACKET_TOTAL_LENGTH -> totalBits = value;
        case DEFAULT_CLOCK_TIMESTAMP -> beginClockBits = Math.max(beginClockBits, lengthBits);
        case PACKET_SEQUENCE_NUMBER -> sequenceBits = lengthBits;
        case DISCARDED_EVENT_COUNTER_SNAPSHOT -> discardedBits = lengthBits;
        case METADATA_STREAM_UUID,
            DATA_STREAM_CLASS_ID,
            DATA_STREAM_ID,
            PACKET_CONTENT_LENGTH,
            PACKET_END_DEFAULT_CLOCK_TIMESTAMP,
            EVENT_CLASS_ID -> {}
      }
    }
  }
}
