package dev.rideau.server.internal.http;

import dev.rideau.tables.DatabaseException;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One request and its answer.
// What Netty does in the end is seen where it ends: the connection closes, or goes on.
@SuppressWarnings("FutureReturnValueIgnored")
final class Exchange {
  /// How long a client may read nothing of an answer.
  private static final long SLOWEST_SECONDS = 30;

  private static final String POLICY =
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:;"
          + " frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

  private final Connection connection;
  private final ChannelHandlerContext context;
  private final Request request;
  private final Cancel cancel;
  private final boolean keepsAlive;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition writable = lock.newCondition();

  Exchange(
      Connection connection,
      ChannelHandlerContext context,
      Request request,
      Cancel cancel,
      boolean keepsAlive) {
    this.connection = connection;
    this.context = context;
    this.request = request;
    this.cancel = cancel;
    this.keepsAlive = keepsAlive;
  }

  /// Answers; on a thread that may block.
  void run(Exchanges exchanges) {
    ScheduledFuture<?> limit;
    try {
      limit =
          exchanges
              .timer()
              .schedule(cancel::timeOut, exchanges.limits().answerSeconds(), TimeUnit.SECONDS);
    } catch (java.util.concurrent.RejectedExecutionException stopping) {
      answer(Response.failure(503, "the server stops", null));
      return;
    }
    try {
      answer(exchanges.guard().readable(request, response(exchanges)));
    } catch (RuntimeException | OutOfMemoryError failure) {
      // There is no answer and will be none: the client must not wait for it.
      context.close();
    } finally {
      limit.cancel(false);
    }
  }

  private Response response(Exchanges exchanges) {
    try {
      Response refused = exchanges.guard().check(request);
      return refused != null ? refused : exchanges.router().answer(request);
    } catch (HttpFailure failure) {
      return failure(failure.status(), String.valueOf(failure.getMessage()), failure.advice());
    } catch (CancellationException cancelled) {
      return tooLong();
    } catch (DatabaseException failure) {
      String message = String.valueOf(failure.getMessage());
      return switch (failure.kind()) {
        case STATEMENT -> failure(isRefusal(message) ? 403 : 400, message, null);
        case RESOURCES -> failure(507, message, "ask for less");
        case CANCELLED -> tooLong();
        case OTHER -> failure(isRefusal(message) ? 403 : 500, message, null);
      };
    } catch (OutOfMemoryError failure) {
      // What took the memory is let go by now, and who asked for it is told.
      return failure(507, "the server has not enough memory for this answer", "ask for less");
    } catch (Exception | StackOverflowError failure) {
      return failure(
          500,
          failure.getClass().getSimpleName() + ": " + failure.getMessage(),
          "this is a fault of rideau");
    }
  }

  // What the database does not let statements of strangers do.
  private static boolean isRefusal(String message) {
    return message.startsWith("Permission Error")
        || message.contains("read-only mode")
        || message.contains("configuration has been locked");
  }

  private Response tooLong() {
    return cancel.isTimeout()
        ? failure(504, "the answer takes too long", "ask for less, or a shorter time")
        : failure(503, "cancelled", null);
  }

  // In the form that those who ask there understand.
  private Response failure(int status, String message, @Nullable String advice) {
    return request.rawPath().startsWith("/tsp/")
        ? Response.protocolFailure(status, message, advice)
        : Response.failure(status, message, advice);
  }

  /// Sends an answer; from any thread.
  void answer(Response response) {
    try {
      deliver(response);
    } finally {
      response.end();
    }
  }

  private void deliver(Response response) {
    if (cancel.isCancelled() && !cancel.isTimeout()) {
      return; // the client has left
    }
    boolean isHead = request.method().equals("HEAD");
    Response.Writer writer = response.writer();
    if (writer == null || isHead) {
      ChannelFuture sent = send(context, response, keepsAlive, isHead);
      sent.addListener(_ -> connection.done(context, keepsAlive));
      return;
    }
    boolean isWhole = false;
    HttpResponse head =
        new DefaultHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(response.status()));
    fill(head.headers(), response, keepsAlive);
    HttpUtil.setTransferEncodingChunked(head, true);
    context.write(head, context.voidPromise());
    try (OutputStream out = new BufferedOutputStream(new Body(), 32 << 10)) {
      writer.write(out);
      out.flush();
      isWhole = true;
    } catch (IOException | RuntimeException | OutOfMemoryError cut) {
      // The status is sent already: a body without its end tells the client.
      isWhole = false;
    }
    if (isWhole) {
      context
          .writeAndFlush(new DefaultLastHttpContent())
          .addListener(_ -> connection.done(context, keepsAlive));
    } else {
      context.close();
    }
  }

  /// Sends an answer whose body is there.
  static ChannelFuture send(
      ChannelHandlerContext context, Response response, boolean keepsAlive, boolean isHead) {
    DefaultFullHttpResponse message =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(response.status()),
            isHead ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(response.body()));
    fill(message.headers(), response, keepsAlive);
    if (isHead && response.writer() != null) {
      HttpUtil.setTransferEncodingChunked(message, true); // how long it would be is not known
    } else {
      message.headers().set(HttpHeaderNames.CONTENT_LENGTH, response.body().length);
    }
    return context.writeAndFlush(message);
  }

  private static void fill(HttpHeaders headers, Response response, boolean keepsAlive) {
    headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set(HttpHeaderNames.CONTENT_SECURITY_POLICY, POLICY);
    response.headers().forEach(headers::set);
    if (!keepsAlive) {
      headers.set(HttpHeaderNames.CONNECTION, "close");
    }
  }

  /// The client has left.
  void leave() {
    cancel.cancel();
    signal();
  }

  /// The client may have read on.
  void signal() {
    lock.lock();
    try {
      writable.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Chunks of the body; waits for a client that reads slowly.
  private final class Body extends OutputStream {
    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      awaitReader();
      context.writeAndFlush(
          new DefaultHttpContent(Unpooled.copiedBuffer(bytes, from, length)),
          context.voidPromise());
    }

    private void awaitReader() throws IOException {
      lock.lock();
      try {
        long left = TimeUnit.SECONDS.toNanos(SLOWEST_SECONDS);
        while (!context.channel().isWritable()) {
          if (cancel.isCancelled() || !context.channel().isActive() || left <= 0) {
            throw new IOException("the client does not read");
          }
          left = writable.awaitNanos(left);
        }
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw new IOException("stopped", stopped);
      } finally {
        lock.unlock();
      }
      if (cancel.isCancelled()) {
        throw new IOException("nobody waits for this answer");
      }
    }
  }
}
