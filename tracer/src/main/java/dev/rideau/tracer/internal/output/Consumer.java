package dev.rideau.tracer.internal.output;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The one thread that moves packets from buffers to files. It exists while there are channels.
final class Consumer {
  private static final List<Channel> CHANNELS = new CopyOnWriteArrayList<>();
  private static final long LEAST_PAUSE_NS = 100_000;
  private static final Object LOCK = new Object();
  private static @Nullable Thread thread;

  private Consumer() {}

  static void add(Channel channel) {
    synchronized (LOCK) {
      CHANNELS.add(channel);
      Thread running = thread;
      if (running == null) {
        running = Thread.ofPlatform().daemon().name("rideau-tracer").unstarted(Consumer::consume);
        thread = running;
        running.start();
      }
      channel.stripes().consumer(running);
    }
  }

  static void remove(Channel channel) {
    CHANNELS.remove(channel);
  }

  private static void consume() {
    while (true) {
      long now = System.nanoTime();
      long pause = Long.MAX_VALUE;
      for (Channel channel : CHANNELS) {
        try {
          channel.poll(now);
        } catch (RuntimeException | Error broken) {
          // Whatever it is, writers must not wait for a consumer that is no more.
          channel.fail(broken);
        }
        pause = Math.min(pause, channel.options().readTimer().toNanos());
      }
      synchronized (LOCK) {
        if (CHANNELS.isEmpty()) {
          thread = null;
          return;
        }
      }
      LockSupport.parkNanos(Math.max(pause, LEAST_PAUSE_NS));
    }
  }
}
