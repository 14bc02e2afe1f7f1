package dev.photofinish.connect.dns;

import dev.photofinish.connect.cause.CauseMapper;
import dev.photofinish.connect.channel.Transport;
import dev.photofinish.race.address.Family;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DnsErrorCauseException;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsNameResolverChannelStrategy;
import io.netty.resolver.dns.DnsNameResolverTimeoutException;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * DNS with one resolver for each family, so that AAAA and A are asked, answered, cached (for their
 * TTL) and lost apart. Made when the first name is asked for. Every resolution uses a socket of its
 * own, and so a source port that cannot be guessed (RFC 5452); none stays open between.
 */
public final class DnsResolver implements AutoCloseable {
  /** Three tries fit into the default racing-timeout. */
  private static final long QUERY_TIMEOUT_MILLIS = 1500;

  private final Transport transport;
  private final DnsSettings settings;
  private @Nullable DnsNameResolver ipv6;
  private @Nullable DnsNameResolver ipv4;
  private final Set<Channel> asking = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  public DnsResolver(Transport transport, DnsSettings settings) {
    this.transport = transport;
    this.settings = settings;
  }

  public void ask(String host, Family family, EventLoop loop, Resolver.Answer answer) {
    Promise<List<InetAddress>> promise = loop.newPromise();
    promise.addListener(
        (Future<List<InetAddress>> done) -> {
          if (done.isSuccess()) {
            answer.answered(done.getNow(), null);
          } else {
            answer.answered(List.of(), detail(host, family, done.cause()));
          }
        });
    try {
      Future<List<InetAddress>> unused = resolver(family).resolveAll(host, promise);
    } catch (RuntimeException e) {
      promise.tryFailure(e);
    }
  }

  private synchronized DnsNameResolver resolver(Family family) {
    if (closed) {
      throw new IllegalStateException("the connector is closed");
    }
    if (ipv6 == null || ipv4 == null) {
      ipv6 = build(ResolvedAddressTypes.IPV6_ONLY);
      ipv4 = build(ResolvedAddressTypes.IPV4_ONLY);
    }
    return family == Family.IPV6 ? ipv6 : ipv4;
  }

  private DnsNameResolver build(ResolvedAddressTypes types) {
    DnsNameResolverBuilder builder =
        new DnsNameResolverBuilder(transport.group().next())
            .datagramChannelFactory(whileOpen(transport.datagram()))
            .socketChannelFactory(whileOpen(transport.dnsStream()))
            .datagramChannelStrategy(DnsNameResolverChannelStrategy.ChannelPerResolution)
            .nameServerProvider(NameServers.of(settings.nameServers()))
            .hostsFileEntriesResolver((name, type) -> null)
            .queryTimeoutMillis(QUERY_TIMEOUT_MILLIS)
            .resolvedAddressTypes(types);
    if (settings.searchDomains() != null) {
      builder.searchDomains(settings.searchDomains());
    }
    return builder.build();
  }

  /**
   * Sockets of questions that are still open when the connector closes: an event loop that ends
   * does not close what comes to it meanwhile.
   */
  private <C extends Channel> ChannelFactory<C> whileOpen(ChannelFactory<C> factory) {
    return () -> {
      if (closed) {
        throw new ChannelException("the connector is closed");
      }
      C channel = factory.newChannel();
      asking.add(channel);
      channel.closeFuture().addListener(done -> asking.remove(channel));
      return channel;
    };
  }

  private static String detail(String host, Family family, Throwable thrown) {
    return Unresolved.question(host, family) + ": " + reason(thrown);
  }

  private static String reason(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof DnsErrorCauseException answered) {
        return word(answered.getCode());
      }
      if (cause instanceof DnsNameResolverTimeoutException) {
        return "no answer from the name server";
      }
    }
    return CauseMapper.detail(thrown);
  }

  /** As in RFC 1035 and its tools: {@code NXDOMAIN}, {@code SERVFAIL}. */
  private static String word(DnsResponseCode code) {
    String text = code.toString(); // such as NXDomain(3)
    return text.substring(0, text.indexOf('(')).toUpperCase(Locale.ROOT);
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (ipv6 != null && ipv4 != null) {
      ipv6.close();
      ipv4.close();
    }
    for (Channel channel : asking) {
      if (channel.isRegistered()) {
        ChannelFuture unused = channel.close();
      }
    }
  }
}
