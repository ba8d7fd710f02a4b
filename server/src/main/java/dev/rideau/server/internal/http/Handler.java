package dev.rideau.server.internal.http;

/// Answers requests of a route; called by several threads at once.
@FunctionalInterface
public interface Handler {
  /// May block. What it throws becomes an answer: [HttpFailure] as it says, the rest 500.
  Response handle(Request request) throws Exception;
}
