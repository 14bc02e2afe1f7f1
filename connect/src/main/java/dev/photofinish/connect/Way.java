package dev.photofinish.connect;

import dev.photofinish.connect.channel.InterfaceBinding;
import dev.photofinish.connect.channel.ProxyHandlers;
import dev.photofinish.connect.channel.Tunnel;
import dev.photofinish.connect.route.Endpoint;
import dev.photofinish.connect.route.Route;
import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.address.Via;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.handler.proxy.ProxyHandler;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import javax.net.ssl.SSLException;

/**
 * The way of an attempt's channels to its candidate: from the local address and through the
 * interface and the proxy that are chosen, with TLS where the endpoint has it.
 */
record Way(RaceContext context, Candidate candidate, Endpoint endpoint) {

  /** Takes what becomes of one channel on its way; called on its event loop. */
  interface Listener {
    /** The proxy has connected to the target. */
    void tunnelled();

    /** The TLS handshake is done, or has failed. */
    void handshaken(Future<?> handshake);

    void failed(Throwable cause);

    /** The proxy sent more than may be kept before it connected. */
    void overrun(String detail);
  }

  Channel newChannel() {
    return context.transport().stream().newChannel();
  }

  /**
   * Adds the handlers of the way.
   *
   * @param first the first of the channel's handlers, before those of the way
   */
  void prepare(Channel channel, ChannelHandler first, Listener listener) throws SSLException {
    // the race limits the time
    channel.config().setOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0);
    channel.pipeline().addLast(first);
    if (candidate.via() != null) {
      prepareRoute(channel, candidate.via(), first, listener);
    }
    if (endpoint.tls()) {
      context.tls().prepare(channel, endpoint).addListener(listener::handshaken);
    }
  }

  private void prepareRoute(Channel channel, Via via, ChannelHandler first, Listener listener) {
    Route route = context.route();
    if (!route.interfaces().isEmpty() && via.networkInterface() != null) {
      InterfaceBinding.bind(channel, via.networkInterface());
    }
    if (route.proxy() != null) {
      ProxyHandler proxy = ProxyHandlers.of(route.proxy(), candidate.remote());
      Tunnel tunnel = new Tunnel(first, listener::overrun);
      channel.pipeline().addLast(proxy, tunnel);
      proxy.connectFuture().addListener(done -> tunnelDone(channel, done, tunnel, listener));
    }
  }

  private static void tunnelDone(
      Channel channel, Future<?> done, Tunnel tunnel, Listener listener) {
    if (!done.isSuccess()) {
      listener.failed(done.cause());
    } else if (channel.isOpen()) {
      tunnel.open(channel.pipeline().context(tunnel));
      listener.tunnelled();
    }
  }

  ChannelFuture connect(Channel prepared) {
    InetAddress local = candidate.local();
    return prepared.connect(destination(), local == null ? null : new InetSocketAddress(local, 0));
  }

  private SocketAddress destination() {
    return isTunnelled() ? ProxyHandlers.destination(endpoint) : candidate.remote();
  }

  /** Whether the candidate is a proxy's address. */
  boolean isTunnelled() {
    return candidate.via() != null && candidate.via().tunnel() != null;
  }
}
