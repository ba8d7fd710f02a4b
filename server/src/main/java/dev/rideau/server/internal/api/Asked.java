package dev.rideau.server.internal.api;

import dev.rideau.reports.Report;
import dev.rideau.server.internal.http.Request;
import dev.rideau.server.internal.view.OpenTrace;
import dev.rideau.server.internal.view.OpenTraces;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What addresses below that of a trace have in common.
final class Asked {
  private static final String PARAMETER = "p.";

  private Asked() {}

  /// The trace that is asked about.
  static OpenTrace trace(Request request, OpenTraces traces) {
    return traces.named(request.segment("id"));
  }

  /// The report that is asked for, as this trace has it.
  static Report report(Request request, OpenTrace trace) {
    return trace.tables().named(request.segment("name"));
  }

  /// The machine that is asked about: `host` of a query, null for all.
  static @Nullable Integer host(Request request, OpenTrace trace) {
    String text = request.query("host");
    return text == null || text.isEmpty()
        ? null
        : request.number("host", 0, 0, Math.max(0, trace.hosts().size() - 1));
  }

  /// Values of `p.NAME` in a query.
  static Map<String, String> parameters(Request request) {
    Map<String, String> parameters = new LinkedHashMap<>();
    request
        .query()
        .forEach((name, values) -> {
          if (name.startsWith(PARAMETER) && !values.getFirst().isEmpty()) {
            parameters.put(name.substring(PARAMETER.length()), values.getFirst());
          }
        });
    return parameters;
  }
}
