package dev.rideau.tracer;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A program that emits as fast as it can until it is killed, and writes down in a mapped file how
/// far each thread has come.
final class KilledProgram {
  static final int MOST_THREADS = 8;
  private static final VarHandle COUNT = ValueLayout.JAVA_LONG.varHandle();

  @TraceProvider("killed")
  interface Events {
    @TraceEvent
    void step(int thread, long number, String text);
  }

  private KilledProgram() {}

  static String text(long number) {
    return "x".repeat((int) (number % 23)) + number;
  }

  /// @param arguments trace, file of counts, mode, threads
  public static void main(String[] arguments) throws Exception {
    MemorySegment counts;
    try (FileChannel file =
        FileChannel.open(
            Path.of(arguments[1]), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      counts = file.map(MapMode.READ_WRITE, 0, MOST_THREADS * 64, Arena.global());
    }
    Events events = Tracer.provider(Events.class);
    TraceSession session =
        Tracer.session("killed")
            .output(Path.of(arguments[0]))
            .channel(
                ChannelOptions.named("channel")
                    .mode(BufferMode.valueOf(arguments[2]))
                    .stripes(2)
                    .contexts(Context.JAVA_THREAD_ID)
                    .subBuffers(4, 4096 * 4))
            .create();
    session.enable(EventRule.named("killed:*"));
    session.start();
    for (int i = 0; i < Integer.parseInt(arguments[3]); i++) {
      int thread = i;
      Thread.ofPlatform()
          .start(() -> {
            for (long number = 0; ; number++) {
              events.step(thread, number, text(number));
              COUNT.setRelease(counts, thread * 64L, number + 1);
            }
          });
    }
    System.out.println("running");
    Thread.currentThread().join();
  }
}
