package dev.photofinish.connect;

import dev.photofinish.connect.route.Endpoint;
import dev.photofinish.connect.route.ProxySettings;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A proxy that speaks HTTP CONNECT and SOCKS5, byte by byte as the RFCs have them. It resolves
 * every name to where {@code destination} is.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a peer that is gone is gone
final class ProxyPeer {
  /** The proxy's reactions to a request for a connection. */
  enum Answer {
    CONNECTS,
    REFUSES,
    REFUSES_AND_CLOSES,
    REFUSES_CREDENTIALS_AND_CLOSES,
    FAILS_TO_REACH,
    TIMES_OUT,
    SAYS_NOTHING,
    CLOSES,
    TALKS_NONSENSE
  }

  private static final Charset ISO = StandardCharsets.ISO_8859_1;

  private final InetSocketAddress destination;
  private final Answer answer;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();

  private ProxyPeer(Endpoint destination, Answer answer) {
    this.destination = new InetSocketAddress(destination.host(), destination.port());
    this.answer = answer;
  }

  record Running(Endpoint endpoint, List<String> asked, AtomicInteger connections) {
    ProxySettings settings(ProxySettings.Kind kind) {
      return new ProxySettings(kind, endpoint, null, null);
    }
  }

  /** Starts one; {@code user} and {@code pass} are its credentials if it wants any. */
  static Running start(Peers peers, Endpoint destination, Answer answer, boolean wantsCredentials) {
    return start(peers, "127.0.0.1", 0, destination, answer, wantsCredentials);
  }

  /** Starts one at an address of the caller's choice. */
  static Running start(
      Peers peers,
      String host,
      int port,
      Endpoint destination,
      Answer answer,
      boolean wantsCredentials) {
    ProxyPeer proxy = new ProxyPeer(destination, answer);
    Endpoint endpoint =
        peers.start(
            host,
            port,
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel channel) {
                proxy.connections.incrementAndGet();
                channel.pipeline().addLast(proxy.new Client(wantsCredentials));
              }
            });
    return new Running(endpoint, proxy.asked, proxy.connections);
  }

  /** One client: collects bytes until a message is whole, answers, then passes on. */
  private final class Client extends ChannelInboundHandlerAdapter {
    private final boolean wantsCredentials;
    private final StringBuilder bytes = new StringBuilder();
    private boolean greeted;
    private boolean admitted;

    Client(boolean wantsCredentials) {
      this.wantsCredentials = wantsCredentials;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ByteBuf in = (ByteBuf) message;
      while (in.isReadable()) {
        bytes.append((char) in.readUnsignedByte());
      }
      in.release();
      if (bytes.length() > 0 && bytes.charAt(0) == 'C') {
        http(ctx);
      } else {
        socks(ctx);
      }
    }

    private void http(ChannelHandlerContext ctx) {
      if (bytes.indexOf("\r\n\r\n") < 0) {
        return;
      }
      String request = bytes.toString();
      asked.add(request.split(" ", -1)[1]);
      boolean right = request.contains("Basic dXNlcjpwYXNz\r\n"); // user:pass
      if (wantsCredentials && !right) {
        say(ctx, "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n");
        return;
      }
      switch (answer) {
        case CONNECTS -> connect(ctx, "HTTP/1.1 200 Connection established\r\n\r\n");
        case REFUSES -> say(ctx, "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
        case REFUSES_AND_CLOSES -> sayAndClose(ctx, "500 Unable to connect");
        case REFUSES_CREDENTIALS_AND_CLOSES -> sayAndClose(ctx, "401 Unauthorized");
        case FAILS_TO_REACH -> say(ctx, "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
        case TIMES_OUT -> say(ctx, "HTTP/1.1 504 Gateway Timeout\r\nContent-Length: 0\r\n\r\n");
        case TALKS_NONSENSE -> say(ctx, "SSH-2.0-OpenSSH\r\n\r\n");
        case CLOSES -> ctx.close();
        case SAYS_NOTHING -> {}
      }
    }

    /** RFC 1928 sections 3 to 6, RFC 1929 section 2. */
    private void socks(ChannelHandlerContext ctx) {
      if (answer == Answer.SAYS_NOTHING) {
        return;
      }
      if (!greeted) {
        greeted = true;
        boolean offered = bytes.indexOf("\2", 2) >= 0;
        bytes.setLength(0);
        admitted = !wantsCredentials;
        say(ctx, wantsCredentials ? (offered ? "\5\2" : "\5\u00ff") : "\5\0");
      } else if (!admitted) {
        admitted = bytes.toString().equals("\1\4user\4pass");
        bytes.setLength(0);
        say(ctx, admitted ? "\1\0" : "\1\1");
      } else {
        asked.add(name());
        String rest = "\0\1\0\0\0\0\0\0";
        switch (answer) {
          case CONNECTS -> connect(ctx, "\5\0" + rest);
          case REFUSES -> say(ctx, "\5\2" + rest);
          case FAILS_TO_REACH -> say(ctx, "\5\4" + rest);
          case TIMES_OUT -> say(ctx, "\5\6" + rest);
          case TALKS_NONSENSE -> say(ctx, "SSH-2.0-OpenSSH\r\n\r\n");
          default -> ctx.close();
        }
      }
    }

    private String name() {
      return bytes.charAt(3) == 3
          ? bytes.substring(5, 5 + bytes.charAt(4))
          : "address type " + (int) bytes.charAt(3);
    }

    private void say(ChannelHandlerContext ctx, String text) {
      ctx.writeAndFlush(ctx.alloc().buffer().writeBytes(text.getBytes(ISO)));
    }

    /** As tinyproxy does: where the answer ends is where the connection ends. */
    private void sayAndClose(ChannelHandlerContext ctx, String status) {
      say(ctx, "HTTP/1.0 " + status + "\r\nConnection: close\r\n\r\nSorry.");
      ctx.close();
    }

    private void connect(ChannelHandlerContext client, String answer) {
      new Bootstrap()
          .group(client.channel().eventLoop())
          .channel(NioSocketChannel.class)
          .option(ChannelOption.AUTO_READ, false)
          .handler(new Pipe(client.channel()))
          .connect(destination)
          .addListener(
              (ChannelFuture done) -> {
                client.pipeline().replace(this, null, new Pipe(done.channel()));
                done.channel().config().setAutoRead(true);
                // The answer and what the target says at once leave in one segment.
                client.write(client.alloc().buffer().writeBytes(answer.getBytes(ISO)));
                client.channel().eventLoop().schedule(client::flush, 50, TimeUnit.MILLISECONDS);
              });
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ctx.close();
    }
  }

  private static final class Pipe extends ChannelInboundHandlerAdapter {
    private final Channel other;

    Pipe(Channel other) {
      this.other = other;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      if (other.isOpen()) {
        other.writeAndFlush(message);
      } else {
        ReferenceCountUtil.release(message);
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      other.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ctx.close();
    }
  }
}
