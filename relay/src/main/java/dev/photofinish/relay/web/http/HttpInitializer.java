package dev.photofinish.relay.web.http;

import dev.photofinish.connect.channel.Transport;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;

/** The handlers of a connection. */
public final class HttpInitializer extends ChannelInitializer<Channel> {
  private static final int MOST_LINE_BYTES = 4096;
  private static final int MOST_HEADER_BYTES = 16 << 10;
  private static final int MOST_BODY_BYTES = 64 << 10;

  private final HttpSettings settings;
  private final ChannelGroup channels;
  private final ConnectionLimit limit;
  private final DateHeader date = new DateHeader();
  private final SecurityHeaders headers = new SecurityHeaders();
  private final Dispatcher dispatcher;
  private final EndlessAnswers endless = new EndlessAnswers();

  /**
   * @param channels that every connection is put into
   */
  public HttpInitializer(HttpSettings settings, List<Route> routes, ChannelGroup channels) {
    this.settings = settings;
    this.channels = channels;
    this.limit = new ConnectionLimit(settings.connections(), settings.connectionsOfAddress());
    this.dispatcher = new Dispatcher(routes, new SameSite(settings.names()), settings.authorizer());
  }

  @Override
  protected void initChannel(Channel channel) {
    channels.add(channel);
    ChannelPipeline pipeline = channel.pipeline();
    pipeline.addLast(limit);
    SslContext tls = settings.tls();
    if (tls != null) {
      pipeline.addLast(tls.newHandler(channel.alloc()));
    }
    RequestDeadline deadline = new RequestDeadline(settings.request(), settings.idle());
    pipeline.addLast(deadline);
    pipeline.addLast(
        new HttpServerCodec(
            new HttpDecoderConfig()
                .setMaxInitialLineLength(MOST_LINE_BYTES)
                .setMaxHeaderSize(MOST_HEADER_BYTES)));
    pipeline.addLast(date);
    pipeline.addLast(headers);
    pipeline.addLast(new RequestAggregator(MOST_BODY_BYTES));
    pipeline.addLast(new RequestHandler(dispatcher, deadline, endless));
  }

  /**
   * Ends answers without an end to those who have lost the right to them; called about once a
   * second.
   */
  public void endRevoked() {
    endless.endRevoked();
  }

  /**
   * Begins to listen.
   *
   * @throws IOException where that is not possible, such as a port that is taken
   */
  public Channel listen(EventLoopGroup loops, InetSocketAddress address) throws IOException {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops)
            .channelFactory(Transport.of(loops).server())
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(this);
    ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      String where = NetUtil.toSocketAddressString(address);
      throw new IOException(
          "cannot listen at " + where + ": " + bound.cause().getMessage(), bound.cause());
    }
    return bound.channel();
  }
}
