package dev.photofinish.connect;

import dev.photofinish.connect.TestDns.Answer;
import dev.photofinish.connect.route.Endpoint;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Peers that refuse, reset, close, stay mute, answer, answer late, or speak TLS; each by its
 * address, and by names whose answers come late, twice, after a loss, or not at all.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a peer that is gone is gone
final class ChaosPeers implements AutoCloseable {
  private static final int ONE_NAME_IN = 8;

  private final Peers peers = new Peers();

  /** On an event loop of their own: handshakes are slow, and nobody else shall wait for them. */
  private final Peers secured = new Peers();

  private final TestDns dns = new TestDns();
  private final List<Endpoint> endpoints = new ArrayList<>();
  private final List<Endpoint> names;

  ChaosPeers() throws Exception {
    SslContext tls = tls();
    for (int i = 1; i <= 4; i++) {
      endpoints.add(Peers.refuses("127.0.1." + i));
      endpoints.add(peers.resets("127.0.2." + i));
      endpoints.add(peers.resetsAfter("127.0.3." + i, 5));
      endpoints.add(peers.closes("127.0.4." + i));
      endpoints.add(peers.mute("127.0.5." + i));
      endpoints.add(peers.greets("127.0.6." + i));
      endpoints.add(peers.greetsAfter("127.0.7." + i, 15L * i));
    }
    endpoints.add(greetsBehind(tls, "127.0.8.1"));
    names = named(endpoints);
  }

  private static SslContext tls() throws Exception {
    X509Bundle certificate =
        new CertificateBuilder()
            .subject("CN=chaos")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    return SslContextBuilder.forServer(
            certificate.getKeyPair().getPrivate(), certificate.getCertificatePath())
        .build();
  }

  private Endpoint greetsBehind(SslContext tls, String host) {
    Endpoint plain = secured.start(host, 0, new TlsGreeting(tls));
    return new Endpoint(plain.host(), plain.port(), true);
  }

  private static final class TlsGreeting extends ChannelInitializer<Channel> {
    private final SslContext tls;

    TlsGreeting(SslContext tls) {
      this.tls = tls;
    }

    @Override
    protected void initChannel(Channel channel) {
      channel.pipeline().addLast(tls.newHandler(channel.alloc()), new GreetWhenSecured());
    }
  }

  private static final class GreetWhenSecured extends ChannelInboundHandlerAdapter {
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event == SslHandshakeCompletionEvent.SUCCESS) {
        Peers.greet(ctx.channel());
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ctx.close();
    }
  }

  private List<Endpoint> named(List<Endpoint> numeric) {
    List<Endpoint> named = new ArrayList<>();
    for (int i = 0; i < numeric.size(); i++) {
      Endpoint peer = numeric.get(i);
      String name = "peer" + i + ".example";
      Answer answer = Answer.of(peer.host()).ttl(0);
      dns.aaaa(name, i % 2 == 0 ? Answer.of().after(20) : Answer.error(DnsResponseCode.NXDOMAIN));
      dns.a(
          name,
          switch (i % 5) {
            case 0 -> answer.after(30);
            case 1 -> answer.times(3);
            case 2 -> answer.losing(1);
            case 3 -> Answer.never();
            default -> answer;
          });
      named.add(new Endpoint(name, peer.port(), peer.tls()));
    }
    return named;
  }

  Endpoint any(Random random) {
    List<Endpoint> list = random.nextInt(ONE_NAME_IN) == 0 ? names : endpoints;
    return list.get(random.nextInt(list.size()));
  }

  InetSocketAddress nameServer() {
    return dns.address();
  }

  /** Connections accepted and still open on this side. */
  int open() {
    return peers.open() + secured.open();
  }

  @Override
  public void close() {
    peers.close();
    secured.close();
    dns.close();
  }
}
