package dev.rideau.tracer;

import dev.rideau.tracer.internal.control.ControlServer;
import dev.rideau.tracer.internal.control.StartUp;
import dev.rideau.tracer.internal.emit.Tracepoint;
import dev.rideau.tracer.internal.session.Registry;
import java.lang.invoke.MethodHandles;
import java.util.List;

/// Where a program gets its events from.
///
/// ```java
/// static final ShopEvents EVENTS = Tracer.provider(ShopEvents.class);
/// …
/// EVENTS.request(42, 200, "/index");
/// ```
///
/// Keep what is returned in a `static final` field: then a disabled event costs nothing.
public final class Tracer {
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

  static {
    StartUp.run();
  }

  private Tracer() {}

  /// The implementation of an interface whose methods are events.
  ///
  /// @throws TracerException when the interface is declared wrongly, or an event of that name
  ///   exists
  public static <T> T provider(Class<T> type) {
    return provider(LOOKUP, type);
  }

  /// The same for an interface in a package that is closed to the tracer.
  ///
  /// @param lookup `MethodHandles.lookup()` of a class in the same module
  public static <T> T provider(MethodHandles.Lookup lookup, Class<T> type) {
    return type.cast(Registry.provider(lookup, type));
  }

  /// What records events of a record class.
  ///
  /// @throws TracerException when the record is declared wrongly, or an event of that name exists
  public static <R extends Record> EventWriter<R> writer(Class<R> type) {
    return writer(LOOKUP, type);
  }

  /// The same for a record in a package that is closed to the tracer.
  ///
  /// @param lookup `MethodHandles.lookup()` of a class in the same module
  @SuppressWarnings("unchecked") // the generated writer casts
  public static <R extends Record> EventWriter<R> writer(
      MethodHandles.Lookup lookup, Class<R> type) {
    return (EventWriter<R>) Registry.writer(lookup, type);
  }

  /// Names of all events that the program has declared so far, sorted.
  public static List<String> eventNames() {
    return Registry.shapes().stream().map(shape -> shape.name()).toList();
  }

  /// Events that were thrown away because code of the program failed while their fields were taken,
  /// for instance an accessor that throws.
  public static long failedEvents() {
    return Tracepoint.failures();
  }

  /// Lets `rideau trace` make and control sessions in this process. Opened by itself with the first
  /// session.
  public static void openControl() {
    ControlServer.open();
  }

  /// Begins the making of a session.
  ///
  /// @param name letters, digits, `_`, `.` and `-`
  public static TraceSession.Builder session(String name) {
    return new TraceSession.Builder(name);
  }
}
