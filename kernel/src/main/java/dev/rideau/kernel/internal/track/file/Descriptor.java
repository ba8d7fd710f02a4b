package dev.rideau.kernel.internal.track.file;

/// What a file descriptor refers to, and since when. Reused after it was closed.
public final class Descriptor {
  private static final byte[] NO_BYTES = new byte[0];

  /// Arrays above this are not kept for the next use.
  private static final int MOST_KEPT_BYTES = 256;

  long sinceNs;

  /// Whether it was there before the recording began.
  boolean isOlder;

  int kind;

  /// Id of a name, or -1 when it is not known.
  int openedBy;

  /// Index of a thread, or -1 when it is not known.
  int opener;

  boolean closesOnExec;

  private byte[] name = NO_BYTES;
  private int nameLength;

  /// Id of the name of its kind.
  public int kind() {
    return kind;
  }

  /// The array that begins with its path or address.
  public byte[] name() {
    return name;
  }

  /// How long its path or address is; 0 when that is not known.
  public int nameLength() {
    return nameLength;
  }

  void rename(byte[] bytes, int from, int to) {
    nameLength = to - from;
    if (nameLength > name.length || name.length > MOST_KEPT_BYTES) {
      name = new byte[nameLength];
    }
    System.arraycopy(bytes, from, name, 0, nameLength);
  }
}
