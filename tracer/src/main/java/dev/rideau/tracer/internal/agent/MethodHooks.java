package dev.rideau.tracer.internal.agent;

import dev.rideau.tracer.Tracer;

/// What instrumented methods call.
public final class MethodHooks {
  private static final MethodEvents EVENTS = Tracer.provider(MethodEvents.class);

  private MethodHooks() {}

  /// A method begins.
  public static void enter(String method) {
    EVENTS.method_enter(method);
  }

  /// A method returns.
  public static void exit(String method) {
    EVENTS.method_exit(method);
  }

  /// A method ends with an exception.
  public static void thrown(Throwable thrown, String method) {
    EVENTS.method_throw(method, thrown.getClass().getName());
  }
}
