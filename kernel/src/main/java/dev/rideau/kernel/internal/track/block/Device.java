package dev.rideau.kernel.internal.track.block;

/// Numbers of block devices as the kernel keeps them: 12 bits major, 20 bits minor.
final class Device {
  private static final int MINOR_BITS = 20;

  private Device() {}

  static int major(long device) {
    return (int) (device >>> MINOR_BITS) & 0xfff;
  }

  static int minor(long device) {
    return (int) device & (1 << MINOR_BITS) - 1;
  }
}
