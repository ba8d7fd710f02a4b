package dev.rideau.tracer.internal.buffer;

import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;

/// How long records are, by event id: enough to walk over the records of a packet without knowing
/// what is in them.
///
/// A layout is a small program over the payload, in text, so that `recover` finds it beside the
/// buffers:
///
/// ```
/// 12      skip 12 bytes
/// s       skip a string and its zero byte
/// q1,8    skip a 32-bit length, align to 1 byte, skip as many elements of 8 bytes
/// a8      align to 8 bytes
/// ?( … )  a byte; if it is not 0, what is in the parentheses
/// ```
public final class RecordLayouts {
  private final Map<Integer, String> programs = new HashMap<>();

  /// Adds the layout of an event.
  public void put(int eventId, String program) {
    programs.put(eventId, program);
  }

  /// Bytes of a payload, or -1 when it does not end before `limit` or makes no sense.
  long payloadBytes(MemorySegment memory, int eventId, long begin, long limit) {
    String program = programs.get(eventId);
    if (program == null) {
      return -1;
    }
    Walk walk = new Walk(memory, program, begin, limit);
    return walk.run() ? walk.at - begin : -1;
  }

  /// One run of a program.
  private static final class Walk {
    private final MemorySegment memory;
    private final String program;
    private final long begin;
    private final long limit;
    private int next;
    private long at;

    Walk(MemorySegment memory, String program, long begin, long limit) {
      this.memory = memory;
      this.program = program;
      this.begin = begin;
      this.limit = limit;
      at = begin;
    }

    boolean run() {
      while (next < program.length() && at <= limit) {
        char step = program.charAt(next);
        if (step == ')') {
          return true;
        }
        if (!step(step)) {
          return false;
        }
      }
      return at <= limit;
    }

    private boolean step(char step) {
      if (step >= '0' && step <= '9') {
        at += number();
        return true;
      }
      next++;
      switch (step) {
        case ' ' -> {
          return true;
        }
        case 's' -> {
          return skipString();
        }
        case 'q' -> {
          return skipSequence();
        }
        case 'a' -> {
          align(number());
          return true;
        }
        case '?' -> {
          return skipOptional();
        }
        default -> {
          return false;
        }
      }
    }

    private void align(long alignment) {
      at = begin + (at - begin + alignment - 1) / alignment * alignment;
    }

    private boolean skipSequence() {
      long alignment = number();
      next++; // the comma
      long elementBytes = number();
      if (at + 4 > limit) {
        return false;
      }
      long count = Integer.toUnsignedLong(Bytes.getInt(memory, at));
      at += 4;
      align(alignment);
      at += count * elementBytes;
      return true;
    }

    private boolean skipString() {
      while (at < limit) {
        if (Bytes.getByte(memory, at++) == 0) {
          return true;
        }
      }
      return false;
    }

    private boolean skipOptional() {
      if (at >= limit) {
        return false;
      }
      boolean present = Bytes.getByte(memory, at++) != 0;
      next++; // the parenthesis
      if (present && !run()) {
        return false;
      }
      int depth = 1;
      while (!present && depth > 0) {
        char step = program.charAt(next);
        if (step == ')' && --depth == 0) {
          break;
        }
        depth += step == '(' ? 1 : 0;
        next++;
      }
      next++; // the other parenthesis
      return at <= limit;
    }

    private long number() {
      long value = 0;
      while (next < program.length() && Character.isDigit(program.charAt(next))) {
        value = value * 10 + program.charAt(next++) - '0';
      }
      return value;
    }
  }
}
