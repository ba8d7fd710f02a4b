package dev.rideau.kernel;

/// What a request is for, as bits. LTTng records them as such; the kernel's own text form has a
/// letter for each.
///
/// ```
/// bit   0     1       2    3          4       5    6        7      8     9   10
///       write discard read read-ahead barrier sync metadata secure flush FUA preflush
/// text  W     D       R    A                  S    M        E      F (first) F (last)
/// ```
public final class RequestFlags {
  public static final int WRITE = 1;
  public static final int DISCARD = 1 << 1;
  public static final int READ = 1 << 2;
  public static final int READ_AHEAD = 1 << 3;
  public static final int SYNC = 1 << 5;
  public static final int METADATA = 1 << 6;
  public static final int SECURE = 1 << 7;
  public static final int FLUSH = 1 << 8;
  public static final int FUA = 1 << 9;
  public static final int PREFLUSH = 1 << 10;

  private RequestFlags() {}

  /// The bits of the kernel's text form.
  public static int of(byte[] text, int from, int to) {
    int flags = 0;
    for (int i = from; i < to; i++) {
      flags |=
          switch (text[i]) {
            case 'W' -> WRITE;
            case 'R' -> READ;
            case 'D' -> DISCARD;
            case 'A' -> READ_AHEAD;
            case 'S' -> SYNC;
            case 'M' -> METADATA;
            case 'E' -> SECURE;
            case 'F' -> i == from ? PREFLUSH : (flags & (WRITE | READ)) == 0 ? FLUSH : FUA;
            default -> 0;
          };
    }
    return flags;
  }

  /// Name of the direction.
  ///
  /// @param sectors length of the request: a flush has none
  public static String direction(int flags, long sectors) {
    if ((flags & DISCARD) != 0) {
      return "discard";
    }
    if (sectors == 0 && (flags & (FLUSH | PREFLUSH)) != 0) {
      return "flush";
    }
    if ((flags & WRITE) != 0) {
      return "write";
    }
    return (flags & READ) != 0 ? "read" : "other";
  }
}
