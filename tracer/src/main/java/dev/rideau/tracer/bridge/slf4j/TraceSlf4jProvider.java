package dev.rideau.tracer.bridge.slf4j;

import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.helpers.NOP_FallbackServiceProvider;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/// An SLF4J provider that emits log records as events and passes them on to the provider that would
/// have been there without it. Chosen by
/// `-Dslf4j.provider=dev.rideau.tracer.bridge.slf4j.TraceSlf4jProvider`.
public final class TraceSlf4jProvider implements SLF4JServiceProvider {
  private static final String API_VERSION = "2.0.99";

  private SLF4JServiceProvider next = new NOP_FallbackServiceProvider();
  private @Nullable ILoggerFactory loggers;

  @Override
  public void initialize() {
    for (SLF4JServiceProvider each : ServiceLoader.load(SLF4JServiceProvider.class)) {
      if (!(each instanceof TraceSlf4jProvider)) {
        next = each;
        break;
      }
    }
    next.initialize();
    ILoggerFactory factory = next.getLoggerFactory();
    loggers = name -> TraceSlf4jLogger.of(name, factory.getLogger(name));
  }

  @Override
  public ILoggerFactory getLoggerFactory() {
    ILoggerFactory known = loggers;
    return known == null ? next.getLoggerFactory() : known;
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return next.getMarkerFactory();
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return next.getMDCAdapter();
  }

  @Override
  public String getRequestedApiVersion() {
    return API_VERSION;
  }
}
