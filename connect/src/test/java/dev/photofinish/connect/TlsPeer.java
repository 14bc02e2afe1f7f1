package dev.photofinish.connect;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.photofinish.connect.route.Endpoint;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;

/** A server with a certificate that nobody knows; it greets after the handshake. */
@SuppressWarnings("FutureReturnValueIgnored") // a peer that is gone is gone
final class TlsPeer {
  private TlsPeer() {}

  static Endpoint start(Peers peers) throws Exception {
    X509Bundle certificate =
        new CertificateBuilder()
            .subject("CN=peer")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    SslContext tls =
        SslContextBuilder.forServer(
                certificate.getKeyPair().getPrivate(), certificate.getCertificatePath())
            .build();
    Endpoint plain =
        peers.start(
            "127.0.0.1",
            0,
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel channel) {
                channel.pipeline().addLast(tls.newHandler(channel.alloc()), new Greeter());
              }
            });
    return new Endpoint(plain.host(), plain.port(), true);
  }

  private static final class Greeter extends ChannelInboundHandlerAdapter {
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event == SslHandshakeCompletionEvent.SUCCESS) {
        ctx.writeAndFlush(ctx.alloc().buffer().writeBytes("hello".getBytes(US_ASCII)));
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ctx.close();
    }
  }
}
