package dev.rideau.server.internal.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// An answer: status, headers, and a body that is there already or is written piece by piece.
public final class Response {
  public static final String JSON = "application/json";
  public static final String BYTES = "application/octet-stream";

  private final int status;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final byte[] body;
  private final @Nullable Writer writer;
  private @Nullable Runnable atEnd;

  /// Writes a body. The stream blocks while the client does not read.
  @FunctionalInterface
  public interface Writer {
    void write(OutputStream out) throws IOException;
  }

  /// Writes JSON.
  @FunctionalInterface
  public interface JsonBody {
    void write(JsonGenerator json);
  }

  private Response(int status, String type, byte[] body, @Nullable Writer writer) {
    this.status = status;
    this.body = body;
    this.writer = writer;
    headers.put("Content-Type", type);
  }

  /// One JSON value.
  public static Response json(JsonBody body) {
    return json(200, body);
  }

  public static Response json(int status, JsonBody body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
    try (JsonGenerator json = Json.generator(bytes)) {
      body.write(json);
    }
    return new Response(status, JSON, bytes.toByteArray(), null);
  }

  public static Response bytes(String type, byte[] body) {
    return new Response(200, type, body, null);
  }

  /// For people to look at.
  static Response page(int status, String html) {
    return new Response(
        status, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8), null);
  }

  /// A body that is too large to be held.
  public static Response stream(String type, Writer writer) {
    return new Response(200, type, new byte[0], writer);
  }

  /// A file that was made for this answer only and is deleted when the answer is over.
  public static Response ownFile(String type, Path file) {
    return stream(type, out -> Files.copy(file, out)).atEnd(() -> delete(file));
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException stays) {
      // It lies in a folder that is deleted at the end.
      return;
    }
  }

  /// An answer without body.
  public static Response empty(int status) {
    return new Response(status, "text/plain; charset=utf-8", new byte[0], null);
  }

  /// What a failure tells.
  public static Response failure(int status, String message, @Nullable String advice) {
    return failure(status, message, advice, "error", "advice");
  }

  /// The same as the Trace Server Protocol has it.
  public static Response protocolFailure(int status, String message, @Nullable String advice) {
    return failure(status, message, advice, "title", "detail");
  }

  private static Response failure(
      int status, String message, @Nullable String advice, String first, String second) {
    return json(
        status,
        json -> {
          json.writeStartObject();
          json.writeStringProperty(first, message);
          if (advice != null) {
            json.writeStringProperty(second, advice);
          } else if (first.equals("error")) {
            json.writeNullProperty(second);
          }
          json.writeEndObject();
        });
  }

  /// The same with a header more.
  public Response with(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /// Lets browsers save it under a name.
  public Response named(String fileName) {
    StringBuilder safe = new StringBuilder();
    fileName
        .chars()
        .forEach(c ->
            safe.append(
                c < 128 && (Character.isLetterOrDigit(c) || c == '.' || c == '-')
                    ? (char) c
                    : '_'));
    return with("Content-Disposition", "attachment; filename=\"" + safe + "\"");
  }

  /// What to do when the answer is over, whether it was sent or not: for what only this answer
  /// needs.
  Response atEnd(Runnable action) {
    atEnd = action;
    return this;
  }

  /// The answer is over.
  void end() {
    Runnable action = atEnd;
    atEnd = null;
    if (action != null) {
      action.run();
    }
  }

  public int status() {
    return status;
  }

  public Map<String, String> headers() {
    return headers;
  }

  public byte[] body() {
    return body;
  }

  /// Null when the body is there already.
  public @Nullable Writer writer() {
    return writer;
  }
}
