package dev.rideau.kernel.internal.track;

/// Names for addresses in the kernel: `0xffffffffa8b68830`. Owned by one thread.
public final class Addresses {
  private static final byte[] DIGITS = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private final NameCache names;
  private final byte[] text = new byte[18];

  public Addresses(NameCache names) {
    this.names = names;
    text[0] = '0';
    text[1] = 'x';
  }

  /// The id of the name of an address.
  public int id(long address) {
    int length = Math.max(1, (67 - Long.numberOfLeadingZeros(address)) / 4);
    long rest = address;
    for (int i = length + 1; i >= 2; i--) {
      text[i] = DIGITS[(int) rest & 15];
      rest >>>= 4;
    }
    return names.id(text, 0, length + 2);
  }
}
