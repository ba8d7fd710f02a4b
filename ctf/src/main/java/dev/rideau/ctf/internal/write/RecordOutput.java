package dev.rideau.ctf.internal.write;

import dev.rideau.ctf.internal.decode.Clocks;

/// What encoders write to: bits, and the values that later fields depend on.
///
/// The default clock is kept as a reader of the bits sees it. Owned by one thread.
public final class RecordOutput {
  /// Next bits of the packet.
  public final BitWriter bits;

  /// Values of the fields that lengths and selectors refer to.
  final long[] keys;

  private long clockValue;

  /// What the packet says of itself.
  final PacketState packet;

  RecordOutput(int capacityBytes, int keyCount, PacketState packet) {
    bits = new BitWriter(capacityBytes);
    this.packet = packet;
    keys = new long[keyCount];
  }

  /// Value of the default clock that a reader knows at this position.
  long clockValue() {
    return clockValue;
  }

  /// Sets the default clock as a whole.
  void setClockValue(long cycles) {
    clockValue = cycles;
  }

  /// Moves the default clock as a field of `lengthBits` bits does.
  void moveClock(long value, int lengthBits) {
    clockValue = Clocks.updated(clockValue, value, lengthBits);
  }
}
