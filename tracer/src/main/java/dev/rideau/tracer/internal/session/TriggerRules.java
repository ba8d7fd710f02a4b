package dev.rideau.tracer.internal.session;

import dev.rideau.tracer.internal.buffer.Stripes;
import dev.rideau.tracer.internal.emit.Leaf;
import dev.rideau.tracer.internal.emit.Target;
import dev.rideau.tracer.internal.emit.Tracepoint;
import dev.rideau.tracer.internal.filter.ConditionCompiler;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Rules that call something instead of recording. The call hides in the filter of a target, which
/// then says no: serialisers need not know.
public final class TriggerRules extends Rules {
  private static final MethodHandle ACT;

  static {
    try {
      ACT =
          MethodHandles.lookup()
              .findStatic(
                  TriggerRules.class,
                  "act",
                  MethodType.methodType(boolean.class, Consumer.class, String.class));
    } catch (ReflectiveOperationException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private final Consumer<String> action;

  /// @param action called with event and condition by the thread that emits, when the event has
  ///   been recorded; must be quick and must not throw
  public TriggerRules(Consumer<String> action) {
    this.action = action;
    activate(true);
  }

  @Override
  @Nullable Target targets(Tracepoint point, @Nullable Target next) {
    if (!isActive()) {
      return next;
    }
    List<Leaf> leaves = Leaf.of(point.shape().fields());
    Target first = next;
    for (Rule each : rules()) {
      if (!matches(each.rule(), point)) {
        continue;
      }
      List<Class<?>> types = leaves.stream().<Class<?>>map(Leaf::type).toList();
      MethodHandle refuse = MethodHandles.insertArguments(ACT, 0, action, reason(each, point));
      MethodHandle hit = MethodHandles.dropArguments(refuse, 0, types);
      MethodHandle miss =
          MethodHandles.dropArguments(MethodHandles.constant(boolean.class, false), 0, types);
      MethodHandle test =
          each.condition() == null ? null : ConditionCompiler.compile(each.condition(), leaves);
      if (each.condition() != null && test == null) {
        continue;
      }
      MethodHandle filter = test == null ? hit : MethodHandles.guardWithTest(test, hit, miss);
      first = new Target(Stripes.NONE, 0, false, filter, null, first);
    }
    return first;
  }

  private static String reason(Rule rule, Tracepoint point) {
    String condition = rule.rule().condition();
    return condition == null ? point.shape().name() : point.shape().name() + " where " + condition;
  }

  @SuppressWarnings("UnusedMethod") // by ACT
  private static boolean act(Consumer<String> action, String reason) {
    action.accept(reason);
    return false;
  }
}
