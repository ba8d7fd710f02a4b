package dev.rideau.tracer.internal.output;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/// Stack traces, told once: an equal trace gets the number of the first one.
final class StackTraces {
  private static final int MOST_FRAMES = 64;
  private static final int MOST_TRACES = 1 << 16;
  // Serialisers are hidden classes, which are left out anyway.
  private static final List<String> OWN =
      List.of("dev.rideau.tracer.internal.", "dev.rideau.tracer.bridge.");
  // Of all sessions: each hears the definitions of the others.
  private static final AtomicInteger NEXT = new AtomicInteger(1);

  private final Map<String, Integer> numbers = new ConcurrentHashMap<>();
  private final BiConsumer<Integer, String> define;

  /// @param define told of each new trace, before the first record that refers to it is committed
  StackTraces(BiConsumer<Integer, String> define) {
    this.define = define;
  }

  /// The number of the current stack; 0 when there are too many different ones.
  int current() {
    String frames =
        StackWalker.getInstance()
            .walk(all ->
                all.dropWhile(frame -> OWN.stream().anyMatch(frame.getClassName()::startsWith))
                    .limit(MOST_FRAMES)
                    .map(frame ->
                        frame.getClassName()
                            + "."
                            + frame.getMethodName()
                            + ":"
                            + frame.getLineNumber())
                    .collect(Collectors.joining("\n")));
    Integer number = numbers.get(frames);
    if (number != null) {
      return number;
    }
    if (numbers.size() >= MOST_TRACES) {
      return 0;
    }
    int fresh = NEXT.getAndIncrement();
    define.accept(fresh, frames);
    Integer other = numbers.putIfAbsent(frames, fresh);
    return other != null ? other : fresh;
  }
}
