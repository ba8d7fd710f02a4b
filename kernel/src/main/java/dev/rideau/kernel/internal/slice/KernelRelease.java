package dev.rideau.kernel.internal.slice;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The version of a kernel, as far as its release text tells it.
record KernelRelease(int major, int minor) {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,4})\\.(\\d{1,4}).*");

  /// The version in a text such as `6.1.0-56-amd64`; a new one where there is no such text.
  static KernelRelease of(@Nullable String release) {
    if (release != null) {
      Matcher matcher = TEXT.matcher(release);
      if (matcher.matches()) {
        return new KernelRelease(
            Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
      }
    }
    return new KernelRelease(Integer.MAX_VALUE, 0);
  }

  boolean isBefore(int otherMajor, int otherMinor) {
    return major < otherMajor || major == otherMajor && minor < otherMinor;
  }
}
