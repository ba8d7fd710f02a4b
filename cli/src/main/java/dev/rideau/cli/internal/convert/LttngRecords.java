package dev.rideau.cli.internal.convert;

import dev.rideau.trace.Batch;
import dev.rideau.trace.Column;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass.Member;
import dev.rideau.trace.FieldClass.Structure;
import dev.rideau.trace.Projection;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.StructColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The records of a cursor's blocks in LTTng's layout, a batch at a time. Used by one thread.
final class LttngRecords {
  private final LttngPlan plan;
  private final Processes processes;
  private final @Nullable Bound[] bound;
  private long[] timesNs = new long[0];

  LttngRecords(LttngPlan plan, Processes processes, int classCount) {
    this.plan = plan;
    this.processes = processes;
    bound = new Bound[classCount];
  }

  /// What is done to the batches of a class.
  private record Bound(Batch source, Batch target, List<FieldCopy> copies, boolean needsTimes) {}

  /// Makes the batches of a block.
  void take(RecordBlock block) {
    for (int ordinal = 0; ordinal < bound.length; ordinal++) {
      Batch source = block.batch(ordinal);
      if (source == null || source.size() == 0) {
        continue;
      }
      Bound known = bound[ordinal];
      if (known == null || known.source() != source) {
        known = bind(source);
        bound[ordinal] = known;
      }
      int rows = source.size();
      if (known.needsTimes()) {
        findTimes(block, ordinal, rows);
      }
      known.target().ensureCapacity(rows);
      for (FieldCopy copy : known.copies()) {
        copy.copy(rows, timesNs);
      }
    }
  }

  /// The records of a class of the source, with the rows of its batch in the block.
  Batch batch(int ordinal) {
    Bound known = bound[ordinal];
    if (known == null) {
      throw new IllegalStateException("the block has no records of that class");
    }
    return known.target();
  }

  private void findTimes(RecordBlock block, int ordinal, int rows) {
    if (timesNs.length < rows) {
      timesNs = new long[Math.max(rows, block.capacity())];
    }
    int[] eventClasses = block.eventClasses();
    for (int i = 0; i < block.size(); i++) {
      if (eventClasses[i] == ordinal) {
        timesNs[block.rows()[i]] = block.timestampsNs()[i];
      }
    }
  }

  private Bound bind(Batch source) {
    EventClass eventClass = source.eventClass();
    LttngPlan.ClassPlan classPlan = plan.plan(eventClass.ordinal());
    if (classPlan == null) {
      throw new IllegalStateException("a class without records has some: " + eventClass.name());
    }
    Batch made = Batch.of(plan.streamClass(), classPlan.target(), Projection.ALL);
    List<FieldCopy> copies = new ArrayList<>();
    StructColumn context = source.commonContext();
    StructColumn madeContext = made.commonContext();
    List<Column> common = new ArrayList<>();
    if (plan.renames()) {
      add(copies, plan.contextRules(), source, context, madeContext);
      addMembers(madeContext, plan.contextRules().size(), common);
    } else if (context != null) {
      addMembers(context, context.memberCount(), common);
    }
    common.addAll(plan.lists().columns(source.specificContext()));
    List<FieldRule> fields = classPlan.fields();
    StructColumn payload = source.payload();
    boolean needsTimes = false;
    if (fields != null) {
      add(copies, fields, source, source.payload(), made.payload());
      payload = made.payload();
      needsTimes = fields.stream().anyMatch(rule -> rule.form() == FieldForm.PROCESS);
    }
    Batch target =
        new Batch(
            classPlan.target(),
            madeContext == null ? null : StructColumn.of(madeContext.structure(), common),
            specificContext(source, classPlan.target()),
            payload);
    return new Bound(source, target, List.copyOf(copies), needsTimes);
  }

  private static void addMembers(@Nullable StructColumn columns, int count, List<Column> members) {
    for (int i = 0; columns != null && i < count; i++) {
      members.add(Objects.requireNonNull(columns.member(i)));
    }
  }

  private static @Nullable StructColumn specificContext(Batch source, EventClass target) {
    StructColumn columns = source.specificContext();
    Structure left = target.specificContext();
    if (columns == null || left == null) {
      return null;
    }
    List<Column> members = new ArrayList<>();
    for (Member member : left.members()) {
      members.add(Objects.requireNonNull(columns.member(member.name())));
    }
    return StructColumn.of(left, members);
  }

  private void add(
      List<FieldCopy> copies,
      List<FieldRule> rules,
      Batch batch,
      @Nullable StructColumn source,
      @Nullable StructColumn target) {
    for (int i = 0; i < rules.size(); i++) {
      FieldRule rule = rules.get(i);
      Column from =
          rule.source().equals(LttngRules.CURRENT_THREAD)
              ? currentThread(batch)
              : source == null ? null : source.member(rule.source());
      Column to = target == null ? null : target.member(i);
      FieldCopy copy =
          from == null || to == null ? null : FieldCopy.of(rule.form(), from, to, processes);
      if (copy != null) {
        copies.add(copy);
      }
    }
  }

  private @Nullable Column currentThread(Batch batch) {
    StructColumn context = batch.commonContext();
    if (context == null) {
      return null;
    }
    for (FieldRule rule : plan.contextRules()) {
      if (rule.name().equals("tid")) {
        return context.member(rule.source());
      }
    }
    return null;
  }
}
