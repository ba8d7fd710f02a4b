package dev.rideau.ctf.internal.open;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/// Does the same to many things on all processors; results come in the order of the things.
final class Parallel {
  private Parallel() {}

  static <T, R> List<R> map(List<T> things, Function<? super T, ? extends R> function) {
    int threads = Math.min(things.size(), Runtime.getRuntime().availableProcessors());
    List<R> results = new ArrayList<>(things.size());
    if (threads <= 1) {
      things.forEach(thing -> results.add(function.apply(thing)));
      return results;
    }
    List<Future<R>> futures = new ArrayList<>(things.size());
    try (ExecutorService executor = Executors.newFixedThreadPool(threads, Parallel::daemon)) {
      for (T thing : things) {
        futures.add(executor.submit(() -> function.apply(thing)));
      }
      try {
        for (Future<R> future : futures) {
          results.add(future.get());
        }
      } catch (ExecutionException failure) {
        executor.shutdownNow();
        throw asUnchecked(failure);
      } catch (InterruptedException failure) {
        executor.shutdownNow();
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while opening traces", failure);
      }
    }
    return results;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "rideau-open");
    thread.setDaemon(true);
    return thread;
  }

  private static RuntimeException asUnchecked(ExecutionException failed) {
    Throwable cause = failed.getCause();
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException failure ? failure : new IllegalStateException(failed);
  }
}
