package dev.photofinish.fleet.web;

import dev.photofinish.fleet.FleetNode;
import dev.photofinish.race.address.Addresses;
import dev.photofinish.relay.web.access.Authorizer;
import dev.photofinish.relay.web.http.HttpInitializer;
import dev.photofinish.relay.web.http.HttpSettings;
import dev.photofinish.relay.web.http.Route;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The page, the API, the health and the metrics of a node: HTTP/1.1 on one address, with the
 * logins, the bounds and the guards against pages of other sites that a relay's page has.
 */
public final class FleetServer implements AutoCloseable {
  private static final Duration REQUEST = Duration.ofSeconds(10);
  private static final Duration IDLE = Duration.ofSeconds(60);
  private static final int CONNECTIONS = 1024;
  private static final int CONNECTIONS_OF_ADDRESS = 128;
  private static final int DEFAULT_PORT = 8081;
  private static final long CLOSE_SECONDS = 1;

  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final Channel listener;

  private FleetServer(Builder from) throws IOException {
    HttpSettings settings =
        new HttpSettings(
            from.tls,
            names(from),
            from.authorizer,
            CONNECTIONS,
            CONNECTIONS_OF_ADDRESS,
            REQUEST,
            IDLE);
    HttpInitializer initializer = new HttpInitializer(settings, routes(from.node), connections);
    listener = initializer.listen(from.loops, from.address);
  }

  static List<Route> routes(FleetNode node) {
    List<Route> routes = new ArrayList<>(FleetPage.routes());
    routes.addAll(new FleetRoutes(node).routes());
    routes.addAll(new ListRoutes(node).routes());
    return routes;
  }

  /**
   * A server that does not run yet.
   *
   * @param loops to run on, which are not ended
   */
  public static Builder builder(FleetNode node, EventLoopGroup loops) {
    return new Builder(node, loops);
  }

  /** The settings of a server; everything but the node and the loops has a default. */
  public static final class Builder {
    private final FleetNode node;
    private final EventLoopGroup loops;
    private InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), DEFAULT_PORT);
    private @Nullable SslContext tls;
    private Authorizer authorizer = Authorizer.LOOPBACK;
    private Set<String> hostNames = Set.of();

    private Builder(FleetNode node, EventLoopGroup loops) {
      this.node = node;
      this.loops = loops;
    }

    /** Where it listens: port 8081 of loopback by default; port 0 takes one that is free. */
    public Builder address(InetSocketAddress value) {
      address = value;
      return this;
    }

    /** Serves {@code https}; null, the default, for {@code http}. */
    public Builder tls(@Nullable SslContext value) {
      tls = value;
      return this;
    }

    /** Who may do what; {@link Authorizer#LOOPBACK} by default. */
    public Builder authorizer(Authorizer value) {
      authorizer = value;
      return this;
    }

    /**
     * Names that browsers may call this server by, without port, besides addresses, {@code
     * localhost} and the node's own; none by default. Others are refused, since a foreign page can
     * have its name lead here (DNS rebinding).
     */
    public Builder hostNames(Set<String> value) {
      hostNames = Set.copyOf(value);
      return this;
    }

    /**
     * Listens.
     *
     * @throws IOException if the address cannot be listened at
     */
    public FleetServer start() throws IOException {
      FleetServer started = new FleetServer(this);
      node.servesPageAt(started.url(node, tls != null));
      return started;
    }
  }

  /** Other nodes, and those who follow their links, know the node by the host of its name. */
  private static Set<String> names(Builder from) {
    Set<String> names = new HashSet<>(from.hostNames);
    names.add(host(from.node));
    return names;
  }

  private static String host(FleetNode node) {
    return node.name().substring(0, node.name().lastIndexOf(':'));
  }

  private String url(FleetNode node, boolean secure) {
    String at =
        address().getAddress().isAnyLocalAddress()
            ? host(node) + ":" + address().getPort()
            : Addresses.text(address());
    return (secure ? "https://" : "http://") + at + "/";
  }

  /** The address that it listens at, with the port that was chosen. */
  public InetSocketAddress address() {
    return (InetSocketAddress) listener.localAddress();
  }

  /** Ends within 2 s: no new connections, then the present ones. */
  @Override
  public void close() {
    listener.close().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    connections.close().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
  }
}
