package dev.rideau.server.internal.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a client asks. Immutable.
public final class Request {
  private final String method;
  private final String rawPath;
  private final Map<String, List<String>> query;
  private final Map<String, String> segments;
  private final Headers headers;
  private final byte[] body;
  private final Cancel cancel;

  /// Headers by name, in any case.
  @FunctionalInterface
  public interface Headers {
    /// The first value, or null.
    @Nullable String first(String name);
  }

  /// @param segments what stands for names of the route
  public Request(
      String method,
      String rawPath,
      Map<String, List<String>> query,
      Map<String, String> segments,
      Headers headers,
      byte[] body,
      Cancel cancel) {
    this.method = method;
    this.rawPath = rawPath;
    this.query = query;
    this.segments = segments;
    this.headers = headers;
    this.body = body;
    this.cancel = cancel;
  }

  public String method() {
    return method;
  }

  /// The path without query, as it was sent.
  public String rawPath() {
    return rawPath;
  }

  /// The path, decoded, without query; for messages.
  public String path() {
    return Percent.decode(rawPath);
  }

  /// The part of the path that stands for `{name}` in the route.
  public String segment(String name) {
    String value = segments.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the route has no {" + name + "}");
    }
    return value;
  }

  /// All values in the query by name.
  public Map<String, List<String>> query() {
    return query;
  }

  /// The first value with that name in the query, or null.
  public @Nullable String query(String name) {
    List<String> values = query.get(name);
    return values == null || values.isEmpty() ? null : values.getFirst();
  }

  /// The same where there must be one.
  public String required(String name) {
    String value = query(name);
    if (value == null || value.isEmpty()) {
      throw HttpFailure.bad("'" + name + "' is missing");
    }
    return value;
  }

  /// A whole number in the query.
  public long number(String name, long otherwise) {
    String text = query(name);
    if (text == null || text.isEmpty()) {
      return otherwise;
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException failure) {
      throw HttpFailure.bad("'" + name + "' is no whole number: " + text);
    }
  }

  /// A whole number in the query that must lie between two bounds.
  public int number(String name, int otherwise, int least, int most) {
    long value = number(name, otherwise);
    if (value < least || value > most) {
      throw HttpFailure.bad("'" + name + "' must be " + least + " to " + most);
    }
    return (int) value;
  }

  /// The first header with that name, or null.
  public @Nullable String header(String name) {
    return headers.first(name);
  }

  public byte[] body() {
    return body;
  }

  public String bodyText() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /// The body as JSON.
  ///
  /// @throws HttpFailure when it is none
  public Json json() {
    return Json.parse(body);
  }

  /// Whether the client still waits.
  public Cancel cancel() {
    return cancel;
  }

  Request withSegments(Map<String, String> found) {
    return new Request(method, rawPath, query, found, headers, body, cancel);
  }
}
