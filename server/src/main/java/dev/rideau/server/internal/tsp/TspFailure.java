package dev.rideau.server.internal.tsp;

import dev.rideau.server.internal.http.HttpFailure;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Requests that cannot be answered.
final class TspFailure {
  private TspFailure() {}

  static HttpFailure malformed(String title, @Nullable String detail) {
    return new HttpFailure(400, title, detail);
  }

  static HttpFailure unknown(String what, String id) {
    return new HttpFailure(404, "no such " + what, "'" + TspText.shortened(id) + "' is not there");
  }

  /// Something else has the name that was wanted.
  static final class Conflict extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String detail;
    private final transient Map<String, Object> about;

    /// @param about what has the name, as a member of the answer
    Conflict(String title, String detail, Map<String, Object> about) {
      super(title, null, false, false);
      this.detail = detail;
      this.about = about;
    }

    String detail() {
      return detail;
    }

    Map<String, Object> about() {
      return about;
    }
  }
}
