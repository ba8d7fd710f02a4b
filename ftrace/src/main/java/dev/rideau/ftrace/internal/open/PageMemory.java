package dev.rideau.ftrace.internal.open;

import java.nio.file.Path;
import java.util.Map;

/// Pages that were read from the kernel just now.
///
/// @param pages by a name that stands for the file
record PageMemory(Map<Path, byte[]> pages) implements PageStore {
  private static final byte[] NONE = new byte[0];

  @Override
  public int read(Path path, long positionBytes, byte[] target, int offset, int length) {
    byte[] from = pages.getOrDefault(path, NONE);
    int count = (int) Math.max(0, Math.min(length, from.length - positionBytes));
    System.arraycopy(from, (int) positionBytes, target, offset, count);
    return count;
  }

  @Override
  public long size(Path path) {
    return pages.getOrDefault(path, NONE).length;
  }

  @Override
  public void close() {}
}
