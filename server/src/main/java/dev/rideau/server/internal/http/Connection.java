package dev.rideau.server.internal.http;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.TooLongHttpContentException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.timeout.IdleStateEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// A client's connection: requests one after the other, an answer for each. Used by the thread of
/// its event loop.
///
/// Bytes are read on while a request is being answered; else nobody would notice that the client
/// has left. Requests that come meanwhile wait, a few of them.
// What Netty does in the end is seen where it ends: the connection closes, or goes on.
@SuppressWarnings("FutureReturnValueIgnored")
final class Connection extends SimpleChannelInboundHandler<FullHttpRequest> {
  private final Exchanges exchanges;
  private final Deque<Exchange> waiting = new ArrayDeque<>();
  private @Nullable Exchange current;

  Connection(Exchanges exchanges) {
    this.exchanges = exchanges;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest message) {
    if (message.decoderResult().isFailure()) {
      refuse(context, message.decoderResult().cause());
      return;
    }
    if (waiting.size() >= exchanges.limits().pipelined()) {
      refuse(context, 429, "too many requests on one connection at once");
      return;
    }
    Cancel cancel = new Cancel();
    Request request;
    try {
      request = request(message, cancel);
    } catch (HttpFailure failure) {
      refuse(context, failure.status(), String.valueOf(failure.getMessage()));
      return;
    }
    Exchange exchange = new Exchange(this, context, request, cancel, HttpUtil.isKeepAlive(message));
    if (current == null) {
      run(exchange);
    } else {
      waiting.add(exchange);
    }
  }

  private static Request request(FullHttpRequest message, Cancel cancel) {
    String uri = message.uri();
    int question = uri.indexOf('?');
    String path = question < 0 ? uri : uri.substring(0, question);
    if (!path.startsWith("/") || path.indexOf('\0') >= 0) {
      throw HttpFailure.bad("the address must begin with '/'");
    }
    Map<String, String> headers = new java.util.TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Map.Entry<String, String> header : message.headers()) {
      headers.putIfAbsent(header.getKey(), header.getValue());
    }
    if (message.headers().getAll(HttpHeaderNames.HOST).size() > 1) {
      throw HttpFailure.bad("the request has two Hosts");
    }
    return new Request(
        message.method().name(),
        path,
        Percent.parameters(question < 0 ? "" : uri.substring(question + 1)),
        Map.of(),
        headers::get,
        ByteBufUtil.getBytes(message.content()),
        cancel);
  }

  private void run(Exchange exchange) {
    current = exchange;
    try {
      exchanges.workers().execute(() -> exchange.run(exchanges));
    } catch (RejectedExecutionException full) {
      exchange.answer(
          Response.failure(
                  503, "the server is answering too many requests", "ask again in a moment")
              .with("Retry-After", "1"));
    }
  }

  /// The answer was sent, or cannot be.
  void done(ChannelHandlerContext context, boolean keepsAlive) {
    current = null;
    if (!keepsAlive) {
      context.close();
      return;
    }
    Exchange next = waiting.poll();
    if (next != null) {
      run(next);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    Exchange exchange = current;
    if (exchange != null) {
      exchange.signal();
    }
    context.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    leave();
    context.fireChannelInactive();
  }

  private void leave() {
    Exchange exchange = current;
    current = null;
    waiting.clear();
    if (exchange != null) {
      exchange.leave();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    // Answers that take long are not idle; they have their own limit.
    if (event instanceof IdleStateEvent && (current == null || !context.channel().isWritable())) {
      context.close();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (context.channel().isActive() && cause instanceof io.netty.handler.codec.DecoderException) {
      refuse(context, cause);
    } else {
      context.close();
    }
  }

  private void refuse(ChannelHandlerContext context, Throwable cause) {
    switch (cause) {
      case TooLongHttpLineException _ -> refuse(context, 414, "the address is too long");
      case TooLongHttpHeaderException _ -> refuse(context, 431, "the headers are too long");
      case TooLongHttpContentException _ -> refuse(context, 413, "the body is too long");
      default -> refuse(context, 400, "this is no HTTP request");
    }
  }

  // What follows on such a connection cannot be understood.
  private void refuse(ChannelHandlerContext context, int status, String message) {
    leave();
    Exchange.send(context, Response.failure(status, message, null), false, false)
        .addListener(_ -> context.close());
  }
}
