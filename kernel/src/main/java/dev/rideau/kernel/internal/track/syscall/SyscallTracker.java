package dev.rideau.kernel.internal.track.syscall;

import dev.rideau.kernel.internal.layout.ModelEvent;
import dev.rideau.kernel.internal.layout.NumberField;
import dev.rideau.kernel.internal.layout.RecordFields;
import dev.rideau.kernel.internal.layout.TextField;
import dev.rideau.kernel.internal.layout.TracerLayout;
import dev.rideau.kernel.internal.people.People;
import dev.rideau.kernel.internal.track.BodyLoss;
import dev.rideau.kernel.internal.track.Core;
import dev.rideau.kernel.internal.track.Handlers;
import dev.rideau.kernel.internal.track.RecordHandler;
import dev.rideau.kernel.internal.track.Step;
import dev.rideau.kernel.internal.track.Tracker;
import dev.rideau.kernel.internal.track.file.DescriptorSteps;
import dev.rideau.kernel.internal.track.memory.BreakSteps;
import dev.rideau.kernel.schema.MemoryTables;
import dev.rideau.kernel.schema.SyscallTables;
import dev.rideau.trace.Column;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.LongColumn;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads what enters and leaves the kernel: owner of the tables `syscall`, `io` and
/// `memory_mapping`, and source of most that happens to descriptors.
public final class SyscallTracker implements Tracker, BodyLoss {
  /// The most that is kept of the arguments of a call.
  static final int MOST_ARGS_BYTES = 1 << 10;

  /// The most that is kept of a path; the kernel takes no longer ones.
  private static final int MOST_PATH_BYTES = 1 << 12;

  private final Core core;
  private final Calls calls;
  private final boolean wantsArgs;
  private final boolean wantsEffects;
  private final ByteText text = new ByteText(MOST_ARGS_BYTES + MOST_PATH_BYTES + 16);

  /// @param people in the join: all threads
  public SyscallTracker(
      Core core, DescriptorSteps descriptors, BreakSteps breaks, @Nullable People people) {
    this.core = core;
    wantsArgs = core.rows(SyscallTables.SYSCALL).isWanted();
    wantsEffects =
        core.rows(SyscallTables.IO).isWanted()
            || core.rows(SyscallTables.FILE_DESCRIPTOR).isWanted()
            || core.rows(MemoryTables.MEMORY_MAPPING).isWanted();
    calls = new Calls(core, descriptors, breaks, people);
  }

  @Override
  public void register(Handlers handlers) {
    if (!wantsArgs && !wantsEffects) {
      return;
    }
    Set<String> entry = new HashSet<>(Set.of("id", "args", "v4addr", "v6addr", "dport"));
    for (int i = 0; i < CallKind.count(); i++) {
      CallKind kind = CallKind.at(i);
      entry.addAll(
          Set.copyOf(
              List.of(
                  kind.fd(),
                  kind.otherFd(),
                  kind.length(),
                  kind.offset(),
                  kind.flags(),
                  kind.text())));
    }
    entry.remove("");
    Set<String> exit = Set.of("id", "ret", "fildes", "socket", "v4addr", "v6addr", "sport");
    String[] all = {Handlers.ALL_FIELDS};
    handlers.on(
        ModelEvent.SYSCALL_ENTRY, this::entry, wantsArgs ? all : entry.toArray(String[]::new));
    handlers.on(ModelEvent.SYSCALL_EXIT, this::exit, wantsArgs ? all : exit.toArray(String[]::new));
    handlers.on(ModelEvent.SCHED_PROCESS_EXIT, _ -> this::end);
  }

  private RecordHandler entry(RecordFields fields) {
    if (TracerLayout.isNumbered(fields.variant())) {
      return unknownEntry(fields);
    }
    CallKind kind = CallKind.of(fields.variant());
    int name = core.names().id(fields.variant());
    NumberField fd = fields.number(kind.fd(), Calls.NO_FD);
    NumberField otherFd = fields.number(kind.otherFd(), Calls.NO_FD);
    NumberField length = fields.number(kind.length(), Calls.ABSENT);
    NumberField offset = fields.number(kind.offset(), Calls.ABSENT);
    NumberField flags = fields.number(kind.flags(), 0);
    TextField path = fields.text(kind.text());
    Addresses addresses = kind.effect() == Effect.CONNECT ? new Addresses(fields, "dport") : null;
    NamedTexts args = wantsArgs ? new NamedTexts(fields.payload(), "") : null;
    return (row, ts, cpu) -> {
      Step step = begin(Calls.ENTRY, name, ts, cpu);
      step.a = Calls.pair(fd.intAt(row), otherFd.intAt(row));
      step.b = length.at(row);
      step.c = offset.at(row);
      text.begin(MOST_PATH_BYTES);
      if (addresses != null) {
        addresses.put(row, text);
      } else if (path.isRecorded()) {
        text.put(path.bytes(), path.from(row), path.to(row));
      }
      feed(step, kind.index(), flags.intAt(row), args, row);
    };
  }

  /// A call that the tracer has no class for: it tells its number and six words.
  private RecordHandler unknownEntry(RecordFields fields) {
    NumberedCalls calls = new NumberedCalls(fields, core.names());
    NamedTexts args = wantsArgs ? new NamedTexts(fields.payload(), "") : null;
    return (row, ts, cpu) -> {
      CallNumbers.Call call = calls.call(row);
      CallKind kind = call.kind();
      Step step = begin(Calls.ENTRY, calls.id(row), ts, cpu);
      step.a =
          Calls.pair(
              (int) calls.argument(row, call.fdAt(), Calls.NO_FD),
              (int) calls.argument(row, call.otherFdAt(), Calls.NO_FD));
      step.b = calls.argument(row, call.lengthAt(), Calls.ABSENT);
      step.c = calls.argument(row, call.offsetAt(), Calls.ABSENT);
      text.begin(MOST_PATH_BYTES);
      feed(step, kind.index(), (int) calls.argument(row, call.flagsAt(), 0), args, row);
    };
  }

  /// The end of such a call: its number and its result.
  private RecordHandler unknownExit(RecordFields fields) {
    NumberedCalls calls = new NumberedCalls(fields, core.names());
    NumberField result = fields.number("ret", 0);
    NamedTexts args = wantsArgs ? new NamedTexts(fields.payload(), "ret") : null;
    return (row, ts, cpu) -> {
      CallKind kind = calls.call(row).kind();
      Step step = begin(Calls.EXIT, calls.id(row), ts, cpu);
      step.a = result.at(row);
      // Which two descriptors a pipe got stands in memory only.
      step.b = kind.effect() == Effect.PAIR ? Calls.pair(-1, -1) : Calls.ABSENT;
      text.begin(MOST_PATH_BYTES);
      feed(step, kind.index(), 0, args, row);
    };
  }

  private RecordHandler exit(RecordFields fields) {
    boolean isNamed = !fields.variant().isEmpty();
    if (TracerLayout.isNumbered(fields.variant())) {
      return unknownExit(fields);
    }
    CallKind kind = CallKind.of(fields.variant());
    int name = isNamed ? core.names().id(fields.variant()) : -1;
    NumberField result = fields.number("ret", 0);
    boolean isNarrow =
        fields.column("ret") instanceof LongColumn column
            && column.fieldClass() instanceof FieldClass.FixedLength fixed
            && fixed.layout().lengthBits() <= Integer.SIZE;
    Column pairs = fields.column("fildes");
    NumberedCalls.Words pair =
        new NumberedCalls.Words(pairs == null ? fields.column("socket") : pairs);
    boolean isPair = kind.effect() == Effect.PAIR;
    Addresses addresses = kind.effect() == Effect.ACCEPT ? new Addresses(fields, "sport") : null;
    NamedTexts args = wantsArgs ? new NamedTexts(fields.payload(), "ret") : null;
    return (row, ts, cpu) -> {
      Step step = begin(Calls.EXIT, name, ts, cpu);
      step.a = isNarrow ? result.intAt(row) : result.at(row);
      step.b =
          isPair ? Calls.pair((int) pair.at(row, 0, -1), (int) pair.at(row, 1, -1)) : Calls.ABSENT;
      text.begin(MOST_PATH_BYTES);
      if (addresses != null && step.a >= 0) {
        addresses.put(row, text);
      }
      feed(step, kind.index(), 0, args, row);
    };
  }

  /// The running thread ends: it does not return from the call that it is in.
  private void end(int row, long ts, int cpu) {
    calls.feed(core.cpus().body(cpu), begin(Calls.END, -1, ts, cpu));
  }

  @Override
  public void lostBody(int body, long ts, int cpu) {
    calls.feed(body, core.step(Calls.LOST, ts, cpu));
  }

  private Step begin(int kind, int name, long ts, int cpu) {
    Step step = core.step(kind, ts, cpu);
    step.syscall = name;
    step.thread = core.cpus().thread(cpu);
    return step;
  }

  private void feed(Step step, int kind, int flags, @Nullable NamedTexts args, int row) {
    int nameLength = text.size();
    if (args != null) {
      text.allow(MOST_ARGS_BYTES);
      args.put(row, text);
    }
    step.d = Calls.detail(kind, flags, nameLength);
    step.text(text.bytes(), 0, text.size());
    calls.feed(core.cpus().body(step.cpu), step);
  }
}
