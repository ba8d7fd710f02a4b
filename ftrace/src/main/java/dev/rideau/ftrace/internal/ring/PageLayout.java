package dev.rideau.ftrace.internal.ring;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How a page of the ring buffer starts.
///
/// ```
/// byte  0          8                       8 + commitBytes
///       timestamp  commit (a kernel long)  records ...
///
/// commit  bits 0..26  bytes of records
///         bit 30      the number of missed events stands behind the records, as a kernel long
///         bit 31      events were missed before this page
/// ```
///
/// @param commitBytes 4 or 8: the length of the kernel's `long`
public record PageLayout(int commitBytes) {
  /// What 64-bit kernels write.
  public static final PageLayout LONG_64 = new PageLayout(8);

  /// Events were missed before the page.
  public static final int MISSED = 1 << 31;

  /// Their number stands behind the records.
  public static final int MISSED_STORED = 1 << 30;

  /// The part of the commit word that is a length.
  public static final int LENGTH = (1 << 27) - 1;

  private static final Pattern COMMIT =
      Pattern.compile("field:\\s*local_t commit;\\s*offset:\\d+;\\s*size:(\\d+);");

  /// Reads the text of `events/header_page`.
  public static PageLayout parse(String headerPage) {
    Matcher matcher = COMMIT.matcher(headerPage);
    return matcher.find() && matcher.group(1).equals("4") ? new PageLayout(4) : LONG_64;
  }

  /// First byte of the records.
  public int headerBytes() {
    return 8 + commitBytes;
  }
}
