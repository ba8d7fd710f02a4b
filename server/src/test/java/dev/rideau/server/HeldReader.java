package dev.rideau.server;

import dev.rideau.ctf.CtfTraceReader;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.Projection;
import dev.rideau.trace.Trace;
import dev.rideau.trace.TraceInput;
import dev.rideau.trace.TraceReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// Opens traces whose records cannot be read before somebody says so; times of records can.
final class HeldReader implements TraceReader {
  private final TraceReader reader = new CtfTraceReader();
  private final CountDownLatch released = new CountDownLatch(1);

  void release() {
    released.countDown();
  }

  @Override
  public String format() {
    return reader.format();
  }

  @Override
  public boolean probe(Path path) {
    return reader.probe(path);
  }

  @Override
  public List<Trace> open(List<TraceInput> inputs, DiagnosticSink diagnostics) {
    return reader.open(inputs, diagnostics).stream().map(this::held).toList();
  }

  private Trace held(Trace trace) {
    List<DataStream>[] streams = newList();
    Trace held =
        (Trace)
            Proxy.newProxyInstance(
                Trace.class.getClassLoader(),
                new Class<?>[] {Trace.class},
                (self, method, arguments) ->
                    method.getName().equals("dataStreams")
                        ? streams[0]
                        : answer(self, trace, method, arguments));
    streams[0] = trace.dataStreams().stream().map(stream -> held(stream, held)).toList();
    return held;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static List<DataStream>[] newList() {
    return new List[1];
  }

  private DataStream held(DataStream stream, Trace trace) {
    return (DataStream)
        Proxy.newProxyInstance(
            DataStream.class.getClassLoader(),
            new Class<?>[] {DataStream.class},
            (self, method, arguments) -> {
              if (method.getName().equals("trace")) {
                return trace;
              }
              if (method.getName().equals("cursor")
                  && !Projection.TIMESTAMPS.equals(arguments[2])) {
                released.await();
              }
              return answer(self, stream, method, arguments);
            });
  }

  @SuppressWarnings("ReferenceEquality") // what stands in for something equals itself alone
  private static Object answer(Object self, Object real, Method method, Object[] arguments)
      throws Throwable {
    switch (method.getName()) {
      case "equals":
        return self == arguments[0];
      case "hashCode":
        return System.identityHashCode(self);
      default:
        try {
          return method.invoke(real, arguments);
        } catch (InvocationTargetException failure) {
          throw failure.getCause();
        }
    }
  }
}
