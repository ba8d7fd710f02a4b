package dev.rideau.tracer.internal.session;

import dev.rideau.tracer.EventRule;
import dev.rideau.tracer.LogLevel;
import dev.rideau.tracer.TracerException;
import dev.rideau.tracer.internal.emit.Leaf;
import dev.rideau.tracer.internal.emit.Target;
import dev.rideau.tracer.internal.emit.Tracepoint;
import dev.rideau.tracer.internal.filter.Condition;
import dev.rideau.tracer.internal.filter.ConditionCompiler;
import dev.rideau.tracer.internal.filter.ConditionFaults;
import dev.rideau.tracer.internal.filter.ConditionParser;
import dev.rideau.tracer.internal.filter.Glob;
import dev.rideau.tracer.internal.output.Recording;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a session records. Guarded by the lock of [Registry].
public class Rules {
  private static final String OWN = "rideau:";

  private final @Nullable Recording recording;
  private final List<Rule> rules = new ArrayList<>();
  private boolean active;

  record Rule(EventRule rule, @Nullable Condition condition) {}

  /// No rules yet, and not active.
  public Rules(Recording recording) {
    this.recording = recording;
  }

  /// For rules that record nothing.
  Rules() {
    recording = null;
  }

  final List<Rule> rules() {
    return rules;
  }

  /// Adds a rule. The condition is read now, so that its faults are known now.
  ///
  /// @param points that are declared already
  /// @throws TracerException when the rule makes no sense, for those points either
  final void add(EventRule rule, List<Tracepoint> points) {
    if (rule.pattern().isEmpty()) {
      throw new TracerException("a rule without the name of an event matches none; '*' is all");
    }
    String condition = rule.condition();
    Rule added = new Rule(rule, condition == null ? null : ConditionParser.parse(condition));
    for (Tracepoint point : points) {
      String fault = fault(added, point);
      if (fault != null) {
        throw new TracerException(fault);
      }
    }
    rules.add(added);
  }

  /// What is wrong with the rules for a point that is declared now.
  final List<String> faults(Tracepoint point) {
    List<String> faults = new ArrayList<>();
    for (Rule each : rules) {
      String fault = fault(each, point);
      if (fault != null) {
        faults.add(fault);
      }
    }
    return faults;
  }

  // Of many events some may have the field; one that is named must have it.
  private static @Nullable String fault(Rule rule, Tracepoint point) {
    String name = point.shape().name();
    Condition condition = rule.condition();
    if (condition == null || !rule.rule().pattern().equals(name)) {
      return null;
    }
    String fault = ConditionFaults.find(condition, Leaf.of(point.shape().fields()));
    return fault == null
        ? null
        : "condition of "
            + name
            + " that never holds: "
            + fault
            + ", in: "
            + rule.rule().condition();
  }

  final boolean remove(String pattern) {
    return rules.removeIf(each -> each.rule().pattern().equals(pattern));
  }

  final boolean isActive() {
    return active;
  }

  final void activate(boolean active) {
    this.active = active;
  }

  /// Puts the targets of this session for a point in front of others.
  @Nullable Target targets(Tracepoint point, @Nullable Target next) {
    if (!active || recording == null) {
      return next;
    }
    Target first = next;
    for (String channel : recording.channelNames()) {
      first = target(recording, point, channel, first);
    }
    return first;
  }

  // An event that several rules take is recorded once; it is wanted if any of them wants it.
  private @Nullable Target target(
      Recording recording, Tracepoint point, String channel, @Nullable Target next) {
    MethodHandle filter = null;
    boolean always = false;
    for (Rule each : rules) {
      if (!each.rule().channel().equals(channel) || !matches(each.rule(), point)) {
        continue;
      }
      if (each.condition() == null) {
        always = true;
        continue;
      }
      MethodHandle handle =
          ConditionCompiler.compile(each.condition(), Leaf.of(point.shape().fields()));
      if (handle != null) {
        filter = filter == null ? handle : ConditionCompiler.either(filter, handle);
      }
    }
    if (!always && filter == null) {
      return next;
    }
    Target target = recording.target(channel, point, always ? null : filter, next);
    return target == null ? next : target;
  }

  // What the tracer says of its own is only taken by name: a rule for all events that took stacks
  // into a channel with the context STACK would need a stack for each, and so on.
  static boolean matches(EventRule rule, Tracepoint point) {
    LogLevel least = rule.least();
    String name = point.shape().name();
    return (name.startsWith(OWN) ? rule.pattern().equals(name) : Glob.matches(rule.pattern(), name))
        && (least == null || point.shape().level().compareTo(least) <= 0);
  }
}
