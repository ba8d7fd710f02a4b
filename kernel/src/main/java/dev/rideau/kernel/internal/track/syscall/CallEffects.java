package dev.rideau.kernel.internal.track.syscall;

import dev.rideau.kernel.FactBatch;
import dev.rideau.kernel.internal.track.Core;
import dev.rideau.kernel.internal.track.TableRows;
import dev.rideau.kernel.internal.track.file.Descriptor;
import dev.rideau.kernel.internal.track.file.DescriptorSteps;
import dev.rideau.kernel.internal.track.memory.BreakSteps;
import dev.rideau.kernel.schema.MemoryTables;
import dev.rideau.kernel.schema.SyscallTables;

/// What follows from a call that returned: rows of `io` and `memory_mapping`, changes of
/// descriptors.
final class CallEffects {
  private static final int BAD_DESCRIPTOR = -9;
  private static final int IN_PROGRESS = -115;

  private static final int CLOSE_ON_EXEC_ARGUMENT = 1;

  /// O_CLOEXEC, SOCK_CLOEXEC and the like are one number.
  private static final int CLOSE_ON_EXEC = 0_2000000;

  private static final int MEMFD_CLOSE_ON_EXEC = 1;
  private static final int CLONE_SHARES_FILES = 0x400;
  private static final int CLONE_THREAD = 0x10000;

  private static final int DUPLICATE = 0;
  private static final int SET_FLAGS = 2;
  private static final int DUPLICATE_CLOSE_ON_EXEC = 1030;
  private static final int IOCTL_CLOSE_ON_EXEC = 0x5451;
  private static final int IOCTL_KEEP_ON_EXEC = 0x5450;

  private final Core core;
  private final DescriptorSteps descriptors;
  private final BreakSteps breaks;
  private final ErrorNames errors;
  private final TableRows io;
  private final TableRows mappings;
  private final int[] operations = new int[CallKind.count()];
  private final int[] kinds = new int[CallKind.count()];
  private final boolean[] returnsBytes = new boolean[CallKind.count()];
  private final int unknown;

  CallEffects(Core core, DescriptorSteps descriptors, BreakSteps breaks, ErrorNames errors) {
    this.core = core;
    this.descriptors = descriptors;
    this.breaks = breaks;
    this.errors = errors;
    io = core.rows(SyscallTables.IO);
    mappings = core.rows(MemoryTables.MEMORY_MAPPING);
    unknown = core.names().id("unknown");
    for (int i = 0; i < operations.length; i++) {
      CallKind kind = CallKind.at(i);
      operations[i] = kind.operation().isEmpty() ? -1 : core.names().id(kind.operation());
      kinds[i] = kind.descriptor().isEmpty() ? unknown : core.names().id(kind.descriptor());
      returnsBytes[i] = kind.returnsBytes();
    }
  }

  /// A call returned of which the slice does not know what it was.
  void unclear() {
    descriptors.unclear();
  }

  /// A thread enters a clone: must be known before the fork that happens in it.
  void entered(CallKind kind, int flags, int thread, long ts) {
    if (kind.effect() == Effect.CLONE
        && (flags & (CLONE_SHARES_FILES | CLONE_THREAD)) == CLONE_SHARES_FILES) {
      descriptors.sharesNext(thread, ts);
    }
  }

  /// A call returned.
  void returned(Call call) {
    CallKind kind = call.kind;
    Effect effect = kind.effect();
    if (kind.index() == CallKind.PLAIN.index()) {
      return;
    }
    if (effect.makesDescriptor() && descriptors.isWanted()) {
      change(call, effect);
    }
    if (operations[kind.index()] >= 0) {
      operate(call);
    }
    if (!effect.makesDescriptor()) {
      if (effect.changesDescriptors() && descriptors.isWanted()) {
        change(call, effect);
      } else if (effect != Effect.NONE) {
        map(call, effect);
      }
    }
  }

  private void operate(Call call) {
    if (!descriptors.isWanted()) {
      return;
    }
    CallKind kind = call.kind;
    boolean isMade = kind.effect() == Effect.OPEN || kind.effect() == Effect.ACCEPT;
    long result = call.result;
    int fd = isMade && result >= 0 ? (int) result : call.fd;
    boolean isUsed = fd >= 0 && result != BAD_DESCRIPTOR;
    int use =
        isUsed && !core.isJoin() ? descriptors.use(call.thread, fd, kindOf(call), call.endNs) : -1;
    Descriptor known =
        isUsed && core.isJoin()
            ? descriptors.find(call.thread, fd, kindOf(call), call.endNs)
            : null;
    if (!io.isWanted()) {
      return;
    }
    FactBatch row = io.next();
    row.put(call.ts).put(call.endNs - call.ts).put(call.clipped).put(call.thread).put(call.thread);
    row.put(call.name).put(operations[kind.index()]);
    row.putOrNull(fd == Calls.NO_FD ? -1 : fd, -1);
    row.putOrNull(call.otherFd == Calls.NO_FD ? -1 : call.otherFd, -1);
    if (known != null) {
      row.put(DescriptorSteps.literal(known.kind()));
      putText(row, known.name(), 0, known.nameLength());
    } else {
      // What the call tells stays where the join finds no descriptor.
      row.put(
          use >= 0
              ? DescriptorSteps.reference(use, kindOf(call))
              : DescriptorSteps.literal(kindOf(call)));
      putText(row, call.path, call.pathFrom, call.pathLength);
    }
    row.putOrNull(call.length, Calls.ABSENT);
    boolean fails = ErrorNames.isError(result);
    row.putOrNull(!fails && returnsBytes[kind.index()] ? result : -1, -1);
    boolean isSeek = kind.effect() == Effect.NONE && kind.operation().equals("seek");
    row.putOrNull(isSeek && !fails ? result : call.offset, Calls.ABSENT);
    row.putOrNull(errors.id(result), -1).end();
  }

  private static void putText(FactBatch row, byte[] bytes, int from, int length) {
    if (length == 0) {
      row.putNull();
    } else {
      row.putText(bytes, from, from + length);
    }
  }

  private int kindOf(Call call) {
    return kinds[call.kind.index()];
  }

  private void change(Call call, Effect effect) {
    long result = call.result;
    int thread = call.thread;
    long ts = call.endNs;
    if (effect == Effect.CLOSE) {
      if (result != BAD_DESCRIPTOR) {
        descriptors.closed(thread, call.fd, ts);
      }
      return;
    }
    if (effect == Effect.CONNECT) {
      if (result == 0 || result == IN_PROGRESS) {
        descriptors.named(thread, call.fd, call.path, call.pathFrom, call.pathLength, ts);
      }
      return;
    }
    if (ErrorNames.isError(result)) {
      return;
    }
    int made = (int) result;
    boolean closesOnExec = (call.flags & CLOSE_ON_EXEC) != 0;
    switch (effect) {
      case OPEN, ACCEPT -> open(call, made);
      case REOPEN -> {
        if (made != call.fd) {
          open(call, made);
        }
      }
      case PAIR -> {
        open(call, (int) call.made);
        open(call, (int) (call.made >> 32));
      }
      case CLOSE_RANGE -> descriptors.closedRange(thread, call.fd, call.otherFd, call.flags, ts);
      case DUP -> descriptors.copied(thread, call.fd, made, call.name, false, ts);
      case DUP_TO -> {
        if (made != call.fd) {
          descriptors.copied(thread, call.fd, made, call.name, closesOnExec, ts);
        }
      }
      case FCNTL -> {
        if (call.flags == DUPLICATE || call.flags == DUPLICATE_CLOSE_ON_EXEC) {
          boolean closes = call.flags == DUPLICATE_CLOSE_ON_EXEC;
          descriptors.copied(thread, call.fd, made, call.name, closes, ts);
        } else if (call.flags == SET_FLAGS) {
          boolean closes = (call.length & CLOSE_ON_EXEC_ARGUMENT) != 0;
          descriptors.closesOnExec(thread, call.fd, closes, ts);
        }
      }
      case IOCTL -> {
        if (call.flags == IOCTL_CLOSE_ON_EXEC || call.flags == IOCTL_KEEP_ON_EXEC) {
          boolean closes = call.flags == IOCTL_CLOSE_ON_EXEC;
          descriptors.closesOnExec(thread, call.fd, closes, ts);
        }
      }
      case UNSHARE -> {
        if ((call.flags & CLONE_SHARES_FILES) != 0) {
          descriptors.unshared(thread, ts);
        }
      }
      case NONE, CONNECT, CLOSE, CLONE, MAP, CHANGE_MAP, BRK -> {}
    }
  }

  private void open(Call call, int fd) {
    int flag = call.kind.descriptor().equals("memfd") ? MEMFD_CLOSE_ON_EXEC : CLOSE_ON_EXEC;
    boolean closesOnExec = (call.flags & flag) != 0;
    descriptors.opened(
        call.thread,
        fd,
        kindOf(call),
        call.name,
        closesOnExec,
        call.path,
        call.pathFrom,
        call.pathLength,
        call.endNs);
  }

  private void map(Call call, Effect effect) {
    if (!mappings.isWanted() || ErrorNames.isError(call.result)) {
      return;
    }
    if (effect == Effect.BRK) {
      breaks.called(
          call.ts, call.endNs, call.clipped, call.thread, call.name, call.length, call.result);
    } else if (effect == Effect.MAP || effect == Effect.CHANGE_MAP) {
      FactBatch row = mappings.next();
      row.put(call.ts).put(call.endNs - call.ts).put(call.clipped).put(call.thread);
      row.put(call.name);
      row.putOrNull(effect == Effect.MAP ? call.result : call.offset, Calls.ABSENT);
      row.putOrNull(call.length, Calls.ABSENT);
      row.putOrNull(call.fd < 0 ? -1 : call.fd, -1).end();
    }
  }
}
