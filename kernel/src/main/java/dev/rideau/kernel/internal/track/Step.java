package dev.rideau.kernel.internal.track;

/// What happens to an automaton: the arguments of one call, filled in by the reader of a record or
/// by the replay of a [StepLog]. Reused for every step; an automaton takes what it needs.
///
/// `thread` and `other` are references to threads while a slice is tracked and indexes of threads
/// in the join, [ThreadRefs#NONE] where there is none. `syscall` and `context` may be symbols.
public final class Step {
  /// What happens, a constant of the automaton.
  public int kind;

  public long ts;
  public int cpu;

  /// The automaton's key.
  public long key;

  /// The thread that it happens to, or that runs where it happens.
  public int thread;

  /// A second thread.
  public int other;

  /// Id of the name of a system call, none ([Symbols#NONE]) or a symbol.
  public long syscall;

  /// A context as [Contexts] packs it.
  public long context;

  public long a;
  public long b;
  public long c;
  public long d;

  /// A text: `textBytes[textFrom .. textTo)`.
  public byte[] textBytes = new byte[0];

  public int textFrom;
  public int textTo;

  /// Starts anew: no threads, no system call, no text, zeros.
  public Step begin(int kind, long ts, int cpu) {
    this.kind = kind;
    this.ts = ts;
    this.cpu = cpu;
    thread = ThreadRefs.NONE;
    other = ThreadRefs.NONE;
    syscall = Symbols.NONE;
    context = Contexts.THREAD;
    a = 0;
    b = 0;
    c = 0;
    d = 0;
    textFrom = 0;
    textTo = 0;
    return this;
  }

  /// Adds a text; the bytes are not copied.
  public void text(byte[] bytes, int from, int to) {
    textBytes = bytes;
    textFrom = from;
    textTo = to;
  }
}
