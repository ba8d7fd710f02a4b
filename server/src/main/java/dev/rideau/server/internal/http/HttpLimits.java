package dev.rideau.server.internal.http;

/// What a client may ask for at most.
///
/// @param connections at once; more are closed
/// @param threads requests that are answered at once; more are refused
/// @param lineBytes of the first line of a request
/// @param headerBytes of its headers
/// @param bodyBytes of its body
/// @param idleSeconds until a connection on which nothing happens is closed
/// @param answerSeconds until an answer is given up
/// @param pipelined requests of a connection that wait for the one before
public record HttpLimits(
    int connections,
    int threads,
    int lineBytes,
    int headerBytes,
    int bodyBytes,
    int idleSeconds,
    int answerSeconds,
    int pipelined) {
  /// What is usual.
  public static final HttpLimits USUAL =
      new HttpLimits(512, 64, 16 << 10, 32 << 10, 1 << 20, 120, 60, 16);
}
