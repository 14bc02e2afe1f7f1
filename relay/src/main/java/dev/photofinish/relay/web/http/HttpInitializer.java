package dev.photofinish.relay.web.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import java.util.List;

/** The handlers of a connection. */
public final class HttpInitializer extends ChannelInitializer<Channel> {
  private static final int MOST_LINE_BYTES = 4096;
  private static final int MOST_HEADER_BYTES = 16 << 10;
  private static final int MOST_BODY_BYTES = 64 << 10;

  private final HttpSettings settings;
  private final ChannelGroup channels;
  private final ConnectionLimit limit;
  private final SecurityHeaders headers = new SecurityHeaders();
  private final Dispatcher dispatcher;

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
    pipeline.addLast(headers);
    pipeline.addLast(new HttpObjectAggregator(MOST_BODY_BYTES, true));
    pipeline.addLast(new RequestHandler(dispatcher, deadline));
  }
}
