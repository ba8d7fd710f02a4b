package dev.rideau.kernel.internal.track;

import dev.rideau.kernel.TextPool;
import java.util.Arrays;

/// Descriptors that calls of one slice used. What a descriptor refers to is known in the join only,
/// so rows of the slice hold the number of a use, which the join resolves once for all rows that
/// share it: a thread's calls on one descriptor, until something may have changed it.
///
/// Filled by a worker, then by the join, then read only.
public final class Uses {
  private static final int VERSIONS = 1 << 10;

  private final LongMap byKey = new LongMap();

  /// By descriptor modulo [#VERSIONS]: how often it may have changed.
  private final int[] changes = new int[VERSIONS];

  private int changesOfAll;
  private int size;
  private int[] versions = new int[64];
  private int[] kinds = new int[64];
  private long[] names = new long[64];
  private final TextPool texts = new TextPool();

  /// The use of a descriptor by a thread, or -1 when there is none yet since it may have changed.
  public int find(int thread, int fd) {
    int use = byKey.find(key(thread, fd));
    return use != LongMap.NONE && versions[use] == version(fd) ? use : -1;
  }

  /// A new use.
  public int add(int thread, int fd) {
    int use = size++;
    if (use == versions.length) {
      versions = Arrays.copyOf(versions, use * 2);
      kinds = Arrays.copyOf(kinds, use * 2);
      names = Arrays.copyOf(names, use * 2);
    }
    versions[use] = version(fd);
    kinds[use] = -1;
    names[use] = -1;
    byKey.put(key(thread, fd), use);
    return use;
  }

  /// A descriptor of some process may refer to something else from now on.
  public void changed(int fd) {
    changes[fd & VERSIONS - 1]++;
  }

  /// Any descriptor may refer to something else from now on.
  public void changed() {
    changesOfAll++;
  }

  /// Says what a use refers to.
  ///
  /// @param kind id of a name
  /// @param lengthBytes 0 for no name
  public void resolve(int use, int kind, byte[] name, int lengthBytes) {
    kinds[use] = kind;
    names[use] = lengthBytes == 0 ? -1 : texts.add(name, 0, lengthBytes);
  }

  int size() {
    return size;
  }

  /// The kind, or -1 when nothing is known.
  int kind(int use) {
    return kinds[use];
  }

  /// The handle of the name in [#texts()], or -1.
  long name(int use) {
    return names[use];
  }

  TextPool texts() {
    return texts;
  }

  /// Forgets all uses.
  void clear() {
    byKey.clear();
    size = 0;
    texts.clear();
  }

  private int version(int fd) {
    return changesOfAll + changes[fd & VERSIONS - 1];
  }

  private static long key(int thread, int fd) {
    return (long) thread << 32 | fd & 0xffff_ffffL;
  }
}
