package dev.rideau.ctf.internal.metadata.tsdl;

import dev.rideau.ctf.internal.metadata.tsdl.Syntax.Location;
import dev.rideau.trace.Scope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Knows how TSDL names the six scopes in locations that start from the top.
final class Locations {
  private Locations() {}

  /// A location that starts in a scope.
  record Absolute(Scope scope, List<String> path) {}

  static boolean isAbsolute(Location location, Reporter reporter) {
    return absolute(location, reporter) != null;
  }

  /// The scope and the rest of the path; null when the location is relative.
  static @Nullable Absolute absolute(Location location, Reporter reporter) {
    List<String> path = location.path();
    int size = path.size();
    String first = path.getFirst();
    if (size >= 3 && (first.equals("trace") || first.equals("stream"))) {
      Scope scope =
          switch (first + '.' + path.get(1) + '.' + path.get(2)) {
            case "trace.packet.header" -> Scope.PACKET_HEADER;
            case "stream.packet.context" -> Scope.PACKET_CONTEXT;
            case "stream.event.header" -> Scope.EVENT_HEADER;
            case "stream.event.context" -> Scope.COMMON_CONTEXT;
            default -> null;
          };
      return in(scope, location, 3, reporter);
    }
    if (size >= 2 && first.equals("event")) {
      Scope scope =
          switch (path.get(1)) {
            case "context" -> Scope.SPECIFIC_CONTEXT;
            case "fields" -> Scope.PAYLOAD;
            default -> null;
          };
      return in(scope, location, 2, reporter);
    }
    return null;
  }

  private static Absolute in(
      @Nullable Scope scope, Location location, int prefix, Reporter reporter) {
    if (scope == null) {
      throw reporter.fault(
          location.place(),
          Rule.LOCATION,
          "`" + location + "` does not begin with a known scope",
          "Scopes are trace.packet.header, stream.packet.context, stream.event.header,"
              + " stream.event.context, event.context and event.fields");
    }
    if (location.path().size() == prefix) {
      throw reporter.fault(
          location.place(),
          Rule.LOCATION,
          "`" + location + "` names a whole scope, not a field",
          "Add the name of a field");
    }
    return new Absolute(scope, location.path().subList(prefix, location.path().size()));
  }
}
