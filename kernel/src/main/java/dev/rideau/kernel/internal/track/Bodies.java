package dev.rideau.kernel.internal.track;

import java.util.Arrays;

/// What goes with a thread when it is switched out and in again: its *body*, a number.
///
/// Automata of what a running thread does (its system call) have bodies as keys and not threads:
/// who runs on a CPU when a slice begins is not known, but that the same body runs there until the
/// first context switch is. A context switch puts the body of a CPU down at the thread that leaves
/// and takes up that of the thread that comes, so a body is in one place at a time even in a trace
/// that contradicts itself.
///
/// Owned by one thread at a time.
public final class Bodies {
  /// The body of a thread is on a CPU.
  static final int TAKEN = -2;

  /// Nothing happened to the body of a thread.
  static final int UNTOUCHED = -1;

  /// Where a body was when the slice began.
  public enum Origin {
    CPU,
    THREAD,
    /// It was nowhere.
    NEW
  }

  private static final Origin[] ORIGINS = Origin.values();

  private int size;
  private byte[] origins = new byte[64];
  private int[] places = new int[64];
  private long[] syscalls = new long[64];
  private int[] atThread = new int[64];

  /// An empty set.
  public Bodies() {
    Arrays.fill(atThread, UNTOUCHED);
  }

  /// Number of bodies.
  public int size() {
    return size;
  }

  /// A body that came from there; its system call is what it was.
  int add(Origin origin, int place) {
    int body = size++;
    if (body == origins.length) {
      origins = Arrays.copyOf(origins, body * 2);
      places = Arrays.copyOf(places, body * 2);
      syscalls = Arrays.copyOf(syscalls, body * 2);
    }
    origins[body] = (byte) origin.ordinal();
    places[body] = place;
    syscalls[body] = origin == Origin.NEW ? Symbols.NONE : Symbols.inherited(body);
    return body;
  }

  /// Puts a body down at a thread.
  ///
  /// @return the body that was there and is nowhere from now on, or -1
  int putDown(int body, int thread) {
    if (thread < 0) {
      return body;
    }
    ensureThread(thread);
    int before = atThread[thread];
    atThread[thread] = body;
    return Math.max(before, -1);
  }

  /// Takes the body of a thread up.
  int takeUp(int thread) {
    if (thread < 0) {
      return add(Origin.NEW, 0);
    }
    ensureThread(thread);
    int body = atThread[thread];
    atThread[thread] = TAKEN;
    return body >= 0 ? body : add(body == UNTOUCHED ? Origin.THREAD : Origin.NEW, thread);
  }

  /// The system call that a body is in: id of its name, none, or the symbol for what it was.
  public long syscall(int body) {
    return syscalls[body];
  }

  /// A body entered a system call, or left it ([Symbols#NONE]).
  public void syscall(int body, long name) {
    syscalls[body] = name;
  }

  public Origin origin(int body) {
    return ORIGINS[origins[body]];
  }

  /// The CPU or thread that it came from.
  public int place(int body) {
    return places[body];
  }

  /// The body that was put down last at a thread; [#TAKEN] or [#UNTOUCHED].
  public int atThread(int thread) {
    return thread < atThread.length ? atThread[thread] : UNTOUCHED;
  }

  /// Forgets all.
  public void clear() {
    size = 0;
    Arrays.fill(atThread, UNTOUCHED);
  }

  private void ensureThread(int thread) {
    if (thread >= atThread.length) {
      int old = atThread.length;
      atThread = Arrays.copyOf(atThread, Math.max(thread + 1, old * 2));
      Arrays.fill(atThread, old, atThread.length, UNTOUCHED);
    }
  }
}
