package dev.rideau.tracer.internal.session;

import dev.rideau.tracer.EventRule;
import dev.rideau.tracer.EventWriter;
import dev.rideau.tracer.TraceEvent;
import dev.rideau.tracer.TracerException;
import dev.rideau.tracer.internal.emit.SerialiserCompiler;
import dev.rideau.tracer.internal.emit.Target;
import dev.rideau.tracer.internal.emit.Tracepoint;
import dev.rideau.tracer.internal.schema.EventShape;
import dev.rideau.tracer.internal.schema.ShapeReader;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.WeakHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The instrumentation points and sessions of the process. One lock guards all of it; emitting
/// never takes it.
public final class Registry {
  private static final System.Logger LOGGER = System.getLogger("dev.rideau.tracer");
  private static final ReentrantLock LOCK = new ReentrantLock();
  private static final List<Tracepoint> POINTS = new ArrayList<>();
  private static final Map<String, String> OWNERS = new HashMap<>();
  private static final Map<Class<?>, Object> IMPLEMENTATIONS = new WeakHashMap<>();
  private static final List<Rules> SESSIONS = new ArrayList<>();

  private Registry() {}

  /// The implementation of a provider; the same one for each call.
  public static Object provider(MethodHandles.Lookup lookup, Class<?> type) {
    LOCK.lock();
    try {
      Object known = IMPLEMENTATIONS.get(type);
      if (known != null) {
        return known;
      }
      if (!type.isInterface()) {
        throw new TracerException(type.getName() + ": is not an interface");
      }
      List<Method> events = new ArrayList<>();
      List<Method> questions = new ArrayList<>();
      split(type, events, questions);
      List<Tracepoint> points = new ArrayList<>();
      for (Method event : events) {
        points.add(new Tracepoint(ShapeReader.method(type, event)));
      }
      List<Integer> answers = new ArrayList<>();
      for (Method question : questions) {
        answers.add(answer(question, events));
      }
      claim(points, type);
      Object made =
          SerialiserCompiler.provider(in(lookup, type), events, points, questions, answers);
      IMPLEMENTATIONS.put(type, made);
      publish(points, type);
      return made;
    } finally {
      LOCK.unlock();
    }
  }

  // Sorted, because the JVM gives methods in any order.
  private static void split(Class<?> type, List<Method> events, List<Method> questions) {
    Method[] methods = type.getMethods();
    Arrays.sort(methods, Comparator.comparing(Method::toString));
    for (Method method : methods) {
      if (!Modifier.isAbstract(method.getModifiers())) {
        continue;
      }
      boolean isQuestion =
          method.getReturnType() == boolean.class
              && method.getParameterCount() == 0
              && !method.isAnnotationPresent(TraceEvent.class)
              && method.getName().endsWith("Enabled");
      (isQuestion ? questions : events).add(method);
    }
  }

  private static int answer(Method question, List<Method> events) {
    String name = question.getName();
    String wanted = name.substring(0, name.length() - "Enabled".length());
    for (int i = 0; i < events.size(); i++) {
      if (events.get(i).getName().equals(wanted)) {
        return i;
      }
    }
    throw new TracerException(
        question.getDeclaringClass().getName() + "." + name + ": there is no event " + wanted);
  }

  /// The writer of a record; the same one for each call.
  public static EventWriter<?> writer(MethodHandles.Lookup lookup, Class<?> type) {
    LOCK.lock();
    try {
      Object known = IMPLEMENTATIONS.get(type);
      if (known != null) {
        return (EventWriter<?>) known;
      }
      List<Tracepoint> points = List.of(new Tracepoint(ShapeReader.record(type)));
      claim(points, type);
      EventWriter<?> made = SerialiserCompiler.writer(in(lookup, type), points.getFirst());
      IMPLEMENTATIONS.put(type, made);
      publish(points, type);
      return made;
    } finally {
      LOCK.unlock();
    }
  }

  // The same class of another class loader may come again, with the same fields.
  private static void claim(List<Tracepoint> points, Class<?> type) {
    TreeSet<String> names = new TreeSet<>();
    for (Tracepoint point : points) {
      String name = point.shape().name();
      String owner = OWNERS.get(name);
      if (!names.add(name) || (owner != null && !owner.equals(type.getName()))) {
        throw new TracerException(
            type.getName()
                + ": the event "
                + name
                + " has been declared before, by "
                + (owner == null ? type.getName() : owner)
                + "; choose another name");
      }
    }
  }

  private static void publish(List<Tracepoint> points, Class<?> type) {
    points.forEach(point -> OWNERS.put(point.shape().name(), type.getName()));
    POINTS.addAll(points);
    for (Tracepoint point : points) {
      for (Rules session : SESSIONS) {
        for (String fault : session.faults(point)) {
          LOGGER.log(System.Logger.Level.WARNING, fault);
        }
      }
    }
    points.forEach(Registry::link);
  }

  private static MethodHandles.Lookup in(MethodHandles.Lookup lookup, Class<?> type) {
    try {
      return PackageDoor.open(lookup, type);
    } catch (IllegalAccessException closed) {
      throw new TracerException(
          type.getName()
              + ": its package is closed to the tracer; pass MethodHandles.lookup(), or open the"
              + " package to dev.rideau.tracer",
          closed);
    }
  }

  private static void link(Tracepoint point) {
    Target first = null;
    for (Rules session : SESSIONS) {
      first = session.targets(point, first);
    }
    point.retarget(first);
  }

  /// Lets a session take part.
  public static void add(Rules session) {
    change(() -> SESSIONS.add(session));
  }

  /// Lets rules take part that act on events once all sessions have recorded them: targets are put
  /// in front of those that are there.
  public static void add(TriggerRules rules) {
    change(() -> SESSIONS.addFirst(rules));
  }

  /// Adds a rule to a session.
  ///
  /// @throws TracerException when it makes no sense
  public static void enable(Rules session, EventRule rule) {
    change(() -> session.add(rule, POINTS));
  }

  /// Removes the rules with a pattern.
  public static boolean disable(Rules session, String pattern) {
    boolean[] removed = new boolean[1];
    change(() -> removed[0] = session.remove(pattern));
    return removed[0];
  }

  /// Begins or ends recording.
  public static void activate(Rules session, boolean active) {
    change(() -> session.activate(active));
  }

  /// Whether the session records.
  public static boolean isActive(Rules session) {
    LOCK.lock();
    try {
      return session.isActive();
    } finally {
      LOCK.unlock();
    }
  }

  /// Takes a session out for ever.
  public static void remove(Rules session) {
    change(() -> {
      session.activate(false);
      SESSIONS.remove(session);
    });
  }

  private static void change(Runnable change) {
    LOCK.lock();
    try {
      change.run();
      POINTS.forEach(Registry::link);
    } finally {
      LOCK.unlock();
    }
  }

  /// The events that the process has declared, by name.
  public static List<EventShape> shapes() {
    LOCK.lock();
    try {
      return POINTS.stream()
          .map(Tracepoint::shape)
          .sorted(Comparator.comparing(EventShape::name))
          .toList();
    } finally {
      LOCK.unlock();
    }
  }

  /// The point of that name, or null.
  public static @Nullable Tracepoint point(String name) {
    LOCK.lock();
    try {
      return POINTS.stream()
          .filter(each -> each.shape().name().equals(name))
          .findFirst()
          .orElse(null);
    } finally {
      LOCK.unlock();
    }
  }
}
