package dev.rideau.tracer.internal.output;

import dev.rideau.tracer.Context;
import dev.rideau.tracer.internal.buffer.Bytes;
import dev.rideau.tracer.internal.emit.ContextWriter;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The contexts of a channel: their TSDL, their bytes, and who writes them.
///
/// They stand in the order of [Context], values of 8 bytes first, so that all are aligned as they
/// are; with an aligned layout the sum is rounded up to 8 bytes.
///
/// @param tsdl one member a line
/// @param bytes of all
/// @param writer null when there are none
record ContextLayout(List<String> tsdl, int bytes, @Nullable ContextWriter writer) {
  private static final int NAME_BYTES = 32;
  private static final long PROCESS_ID = ProcessHandle.current().pid();

  private record Part(Context context, int bytes, String type, String name) {}

  private static final List<Part> PARTS =
      List.of(
          new Part(Context.JAVA_THREAD_ID, 8, "uint64_t", "_java_thread_id"),
          new Part(Context.PROCESS_ID, 4, "integer { size = 32; align = 8; signed = 1; }", "_vpid"),
          new Part(Context.THREAD_ID, 4, "integer { size = 32; align = 8; signed = 1; }", "_vtid"),
          new Part(Context.CPU, 4, "integer { size = 32; align = 8; signed = 1; }", "_cpu"),
          new Part(Context.STACK, 4, "uint32_t", "_stack"),
          new Part(
              Context.THREAD_NAME,
              NAME_BYTES,
              "integer { size = 8; align = 8; signed = 0; encoding = UTF8; }",
              "_procname[" + NAME_BYTES + "]"),
          new Part(Context.IS_VIRTUAL, 1, "uint8_t", "_is_virtual"));

  static ContextLayout of(Set<Context> contexts, boolean aligned, StackTraces stacks) {
    List<Part> parts = PARTS.stream().filter(part -> contexts.contains(part.context())).toList();
    if (parts.isEmpty()) {
      return new ContextLayout(List.of(), 0, null);
    }
    List<String> tsdl = new ArrayList<>();
    int bytes = 0;
    for (Part part : parts) {
      tsdl.add(part.type() + " " + part.name() + ";");
      bytes += part.bytes();
    }
    return new ContextLayout(
        List.copyOf(tsdl), aligned ? bytes + 7 & ~7 : bytes, writer(parts, stacks));
  }

  private static ContextWriter writer(List<Part> parts, StackTraces stacks) {
    Context[] contexts = parts.stream().map(Part::context).toArray(Context[]::new);
    return (memory, begin) -> {
      Thread thread = Thread.currentThread();
      long at = begin;
      for (Context context : contexts) {
        at = write(context, thread, stacks, memory, at);
      }
    };
  }

  private static long write(
      Context context, Thread thread, StackTraces stacks, MemorySegment memory, long at) {
    return switch (context) {
      case JAVA_THREAD_ID -> {
        Bytes.put(memory, at, thread.threadId());
        yield at + 8;
      }
      case PROCESS_ID -> {
        Bytes.put(memory, at, (int) PROCESS_ID);
        yield at + 4;
      }
      case THREAD_ID -> {
        Bytes.put(memory, at, KernelThread.id());
        yield at + 4;
      }
      case CPU -> {
        Bytes.put(memory, at, KernelThread.cpu());
        yield at + 4;
      }
      case STACK -> {
        Bytes.put(memory, at, stacks.current());
        yield at + 4;
      }
      case THREAD_NAME -> {
        putName(memory, at, thread.getName());
        yield at + NAME_BYTES;
      }
      case IS_VIRTUAL -> {
        Bytes.put(memory, at, thread.isVirtual());
        yield at + 1;
      }
    };
  }

  // Bytes behind the name are cleared: the slot held other records before.
  private static void putName(MemorySegment memory, long at, String name) {
    long end = at + NAME_BYTES;
    long next = at;
    for (int i = 0; i < name.length() && next < end - 1; i++) {
      char each = name.charAt(i);
      Bytes.put(memory, next++, (byte) (each < 0x80 ? each : '?'));
    }
    while (next < end) {
      Bytes.put(memory, next++, (byte) 0);
    }
  }
}
