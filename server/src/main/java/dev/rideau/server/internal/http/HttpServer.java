package dev.rideau.server.internal.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.TooLongHttpContentException;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// HTTP 1.1 on one address.
///
/// One thread moves bytes; it also notices when a client leaves. Handlers run on other threads, at
/// most [HttpLimits#threads()] at once: they may block, above all in the database, whose native
/// calls would hold up virtual threads just the same.
// What Netty does in the end is seen where it ends: the connection closes, or goes on.
@SuppressWarnings("FutureReturnValueIgnored")
public final class HttpServer implements AutoCloseable {
  private final EventLoopGroup eventLoops =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("rideau-http", true), NioIoHandler.newFactory());
  private final ThreadPoolExecutor workers;
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, new DefaultThreadFactory("rideau-timer", true));
  private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final Channel listener;

  private HttpServer(InetSocketAddress address, Router router, Guard guard, HttpLimits limits)
      throws IOException {
    workers =
        new ThreadPoolExecutor(
            0,
            limits.threads(),
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            new DefaultThreadFactory("rideau-answer", true));
    timer.setRemoveOnCancelPolicy(true);
    Exchanges exchanges = new Exchanges(router, guard, limits, workers, timer);
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(eventLoops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.SO_BACKLOG, 256)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK,
                new WriteBufferWaterMark(128 << 10, 512 << 10))
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    if (channels.size() >= limits.connections()) {
                      channel.close();
                      return;
                    }
                    channels.add(channel);
                    channel
                        .pipeline()
                        .addLast(
                            new IdleStateHandler(0, 0, limits.idleSeconds()),
                            new HttpServerCodec(
                                new HttpDecoderConfig()
                                    .setMaxInitialLineLength(limits.lineBytes())
                                    .setMaxHeaderSize(limits.headerBytes())),
                            new WholeRequests(limits.bodyBytes()),
                            new Connection(exchanges));
                  }
                });
    try {
      listener = bootstrap.bind(address).syncUninterruptibly().channel();
    } catch (RuntimeException | Error failure) {
      close(null);
      throw failure;
    } catch (Throwable failure) {
      // Netty throws what the system said as it is, although the method does not declare it.
      close(null);
      throw new IOException(failure.getMessage(), failure);
    }
  }

  /// Listens on an address; port 0 stands for any free one.
  ///
  /// @throws IOException when the address cannot be had
  public static HttpServer start(
      InetSocketAddress address, Router router, Guard guard, HttpLimits limits) throws IOException {
    return new HttpServer(address, router, guard, limits);
  }

  /// Where it listens.
  public InetSocketAddress address() {
    return (InetSocketAddress) listener.localAddress();
  }

  /// Stops; requests that are being answered are cancelled.
  @Override
  public void close() {
    close(listener);
  }

  private void close(@org.jspecify.annotations.Nullable Channel open) {
    if (open != null) {
      open.close().awaitUninterruptibly(1000);
    }
    channels.close().awaitUninterruptibly(1000);
    workers.shutdown();
    timer.shutdownNow();
    eventLoops.shutdownGracefully(0, 500, TimeUnit.MILLISECONDS);
  }

  /// Requests with their bodies; those that are too long are refused as others are.
  private static final class WholeRequests extends HttpObjectAggregator {
    WholeRequests(int mostBytes) {
      super(mostBytes, true);
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage message) {
      context.fireExceptionCaught(new TooLongHttpContentException("body"));
    }
  }
}
