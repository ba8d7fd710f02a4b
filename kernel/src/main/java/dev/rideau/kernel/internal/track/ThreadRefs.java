package dev.rideau.kernel.internal.track;

import java.util.Arrays;

/// References to the threads that a slice mentions, numbered from 0 in the order of first mention.
///
/// A tid that is reused after a fork or after the thread was freed gets another reference. Idle
/// threads all have tid 0 and are told apart by their CPU. Owned by one thread at a time.
public final class ThreadRefs {
  /// No thread, or not known which.
  public static final int NONE = -1;

  /// How a reference came to be.
  public enum Origin {
    /// A tid was mentioned: the thread that had it when the slice began, if any.
    TID,
    /// Whatever was running on a CPU when the slice began.
    CPU,
    /// A fork gave the tid to a new thread.
    FORK,
    /// The tid was mentioned after its thread had been freed.
    REUSE,
    /// No thread: a word on the thread that the next fork will give the tid to.
    ANNOUNCED
  }

  private static final Origin[] ORIGINS = Origin.values();

  private final LongMap byTid = new LongMap();
  private final LongMap freedTids = new LongMap();
  private int size;
  private long[] tids = new long[64];
  private byte[] origins = new byte[64];
  private int[] parents = new int[64];
  private int[] pids = new int[64];
  private long[] firstNs = new long[64];
  private long[] comms = new long[128];
  private int[] priorities = new int[64];

  /// Stands for a priority that was not mentioned.
  public static final int NO_PRIORITY = Integer.MIN_VALUE;

  /// Number of references.
  public int size() {
    return size;
  }

  /// The thread with that tid, none if it is negative; `cpu` tells idle threads apart.
  public int of(long tid, int cpu, long ts) {
    if (tid < 0) {
      return NONE;
    }
    long key = key(tid, cpu);
    int found = byTid.find(key);
    return found != LongMap.NONE ? found : mention(key, ts);
  }

  private int mention(long key, long ts) {
    boolean freed = freedTids.find(key) != LongMap.NONE;
    int ref = add(key, freed ? Origin.REUSE : Origin.TID, ts);
    byTid.put(key, ref);
    return ref;
  }

  /// What runs on a CPU when the slice begins; asked once for a CPU.
  int running(int cpu, long ts) {
    return add(cpu, Origin.CPU, ts);
  }

  /// A new thread.
  public int fork(int parent, long tid, long pid, long ts) {
    if (tid <= 0) {
      return NONE;
    }
    int ref = add(tid, Origin.FORK, ts);
    parents[ref] = parent;
    pids[ref] = (int) pid;
    byTid.put(tid, ref);
    freedTids.remove(tid);
    return ref;
  }

  /// The next thread that is forked with the tid belongs to the process that forks, or does not.
  public void announce(long tid, boolean isSameProcess, long ts) {
    if (tid > 0) {
      // The arrays may grow: first the reference, then where it is written.
      int ref = add(tid, Origin.ANNOUNCED, ts);
      pids[ref] = isSameProcess ? 1 : 0;
    }
  }

  /// Of [Origin#ANNOUNCED]: whether it belongs to the process that forks.
  public boolean isSameProcess(int ref) {
    return pids[ref] == 1;
  }

  /// The tid of a thread is free from now on.
  public void free(int ref) {
    long tid = tids[ref];
    if (tid > 0 && byTid.find(tid) == ref) {
      byTid.remove(tid);
      freedTids.put(tid, ref);
    }
  }

  /// Whether the tid of the reference was free at the end of the slice.
  public boolean isFree(int ref) {
    return origin(ref) != Origin.CPU && freedTids.find(tids[ref]) == ref;
  }

  public Origin origin(int ref) {
    return ORIGINS[origins[ref]];
  }

  /// The tid; for idle threads -1 - cpu; for [Origin#CPU] the CPU.
  public long tidOrCpu(int ref) {
    return tids[ref];
  }

  /// Of a forked thread: which thread forked it.
  public int parent(int ref) {
    return parents[ref];
  }

  /// Of a forked thread: its pid.
  public int pid(int ref) {
    return pids[ref];
  }

  /// When it was mentioned first.
  public long firstNs(int ref) {
    return firstNs[ref];
  }

  /// Whether the name in 16 bytes differs from that of the call before.
  public boolean renames(int ref, long first, long second) {
    int at = ref * 2;
    if (comms[at] == first && comms[at + 1] == second) {
      return false;
    }
    comms[at] = first;
    comms[at + 1] = second;
    return true;
  }

  /// Notes the kernel's priority of a thread.
  public void priority(int ref, int priority) {
    if (ref >= 0) {
      priorities[ref] = priority;
    }
  }

  /// The priority that was noted last, or [#NO_PRIORITY].
  public int priority(int ref) {
    return priorities[ref];
  }

  /// Forgets all.
  public void clear() {
    byTid.clear();
    freedTids.clear();
    size = 0;
  }

  /// The key under which idle threads are told apart.
  public static long key(long tid, int cpu) {
    return tid == 0 ? -1L - cpu : tid;
  }

  private int add(long tid, Origin origin, long ts) {
    int ref = size++;
    if (ref == tids.length) {
      int capacity = ref * 2;
      tids = Arrays.copyOf(tids, capacity);
      origins = Arrays.copyOf(origins, capacity);
      parents = Arrays.copyOf(parents, capacity);
      pids = Arrays.copyOf(pids, capacity);
      firstNs = Arrays.copyOf(firstNs, capacity);
      comms = Arrays.copyOf(comms, capacity * 2);
      priorities = Arrays.copyOf(priorities, capacity);
    }
    tids[ref] = tid;
    origins[ref] = (byte) origin.ordinal();
    parents[ref] = NONE;
    pids[ref] = NONE;
    firstNs[ref] = ts;
    comms[ref * 2] = -1;
    comms[ref * 2 + 1] = -1;
    priorities[ref] = NO_PRIORITY;
    return ref;
  }
}
