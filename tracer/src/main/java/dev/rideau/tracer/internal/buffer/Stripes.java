package dev.rideau.tracer.internal.buffer;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The buffers of a channel, and which thread writes to which.
///
/// Threads are spread by their id, platform and virtual ones alike: ids are given out one after the
/// other, so neighbours never meet. Threads that collide all the same (a swap failed) are led to
/// the next stripe. The table is read by everybody, written rarely and without synchronisation: a
/// lost write only costs another collision.
public final class Stripes {
  /// No buffers: for targets that record nothing.
  public static final Stripes NONE = new Stripes();

  private static final int TABLE_ENTRIES = 1024;

  private final StripeBuffer[] buffers;
  private final byte[] stripeOfThread = new byte[TABLE_ENTRIES];
  private final int mask;
  private @Nullable Thread consumer;
  private volatile boolean waitingAllowed = true;

  private Stripes() {
    buffers = new StripeBuffer[0];
    mask = 0;
  }

  /// Makes the buffers of a channel.
  ///
  /// @param files one for each stripe; a power of two
  public Stripes(List<BufferFile> files, BufferGeometry geometry, byte[] uuid, int streamClass) {
    buffers = new StripeBuffer[files.size()];
    mask = buffers.length - 1;
    for (int i = 0; i < buffers.length; i++) {
      buffers[i] = StripeBuffer.create(files.get(i).memory(), geometry, uuid, streamClass, i, this);
    }
    for (int i = 0; i < TABLE_ENTRIES; i++) {
      stripeOfThread[i] = (byte) (i & mask);
    }
  }

  /// Most stripes of a channel.
  public static final int MOST = 128;

  /// The buffer for the current thread.
  public StripeBuffer current() {
    int thread = (int) Thread.currentThread().threadId() & (TABLE_ENTRIES - 1);
    return buffers[stripeOfThread[thread] & mask];
  }

  /// All buffers.
  public StripeBuffer[] all() {
    return buffers;
  }

  /// Who empties the buffers: it is woken when they fill, and never waits for itself.
  public void consumer(Thread thread) {
    consumer = thread;
  }

  /// From now on no writer waits for room: nobody will make any.
  public void stopWaiting() {
    waitingAllowed = false;
  }

  void leave(StripeBuffer buffer) {
    if (mask == 0) {
      return;
    }
    int thread = (int) Thread.currentThread().threadId() & (TABLE_ENTRIES - 1);
    int stripe = stripeOfThread[thread] & mask;
    if (buffers[stripe] == buffer) {
      stripeOfThread[thread] = (byte) (stripe + 1 & mask);
    }
  }

  boolean mayWait() {
    return waitingAllowed && consumer != null && Thread.currentThread() != consumer;
  }

  void wakeConsumer() {
    LockSupport.unpark(consumer);
  }

  void delivered(long pending, int capacity) {
    if (pending * 2 >= capacity) {
      LockSupport.unpark(consumer);
    }
  }
}
