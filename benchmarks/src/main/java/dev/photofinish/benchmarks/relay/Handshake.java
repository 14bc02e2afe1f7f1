package dev.photofinish.benchmarks.relay;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** A reader's requests up to PLAY, one after the other; what comes behind is left to the caller. */
final class Handshake implements AutoCloseable {
  private static final int MOST_BYTES = 1 << 16;
  private static final int LOCALS = 50;
  private static final int RECEIVE_BUFFER = 1 << 18;

  private final SocketChannel channel;
  private final String url;
  private final ByteBuffer in = ByteBuffer.allocate(MOST_BYTES).limit(0);
  private int sequence;

  private Handshake(SocketChannel channel, String url) {
    this.channel = channel;
    this.url = url;
  }

  /** An answer of status 200. */
  private record Answer(String head, String body) {
    /** The value of a header. */
    Optional<String> header(String name) {
      return head.lines()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
          .findFirst()
          .map(line -> line.substring(name.length() + 1).strip());
    }
  }

  /** A server that answers otherwise. */
  static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
      super(message);
    }
  }

  /** One of many addresses of this host: relays bound what one address may have. */
  static InetAddress local(int reader) throws IOException {
    return InetAddress.getByAddress(new byte[] {127, 0, 1, (byte) (1 + reader % LOCALS)});
  }

  /**
   * @param from the address to connect from
   */
  static Handshake connect(String url, InetAddress from) throws IOException {
    URI uri = URI.create(url);
    SocketChannel channel = SocketChannel.open();
    channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
    channel.bind(new InetSocketAddress(from, 0));
    channel.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
    return new Handshake(channel, url);
  }

  /** The URL of the first media. */
  String describe() throws IOException {
    Answer answer = ask("DESCRIBE", url, "Accept: application/sdp\r\n");
    String base = answer.header("content-base").orElse(url);
    String media = answer.body().substring(answer.body().indexOf("m=video"));
    String control =
        media.lines().filter(line -> line.startsWith("a=control:")).findFirst().orElseThrow();
    String of = control.substring(control.indexOf(':') + 1).strip();
    return of.contains("://") ? of : base + (base.endsWith("/") ? "" : "/") + of;
  }

  /**
   * Sets a media up and plays.
   *
   * @param transport the header's value
   * @return the answer's Transport
   */
  String play(String media, String transport) throws IOException {
    Answer answer = ask("SETUP", media, "Transport: " + transport + "\r\n");
    String session = answer.header("session").orElseThrow().split(";", 2)[0];
    ask("PLAY", url, "Session: " + session + "\r\nRange: npt=0.000-\r\n");
    return answer.header("transport").orElseThrow();
  }

  private Answer ask(String method, String target, String headers) throws IOException {
    String request =
        "%s %s RTSP/1.0\r\nCSeq: %d\r\n%s\r\n".formatted(method, target, ++sequence, headers);
    ByteBuffer out = ByteBuffer.wrap(request.getBytes(StandardCharsets.ISO_8859_1));
    while (out.hasRemaining()) {
      channel.write(out);
    }
    return answer(method);
  }

  /** Frames may come before an answer. */
  private Answer answer(String method) throws IOException {
    while (true) {
      if (in.remaining() >= 4 && in.get(in.position()) == '$') {
        int length = 4 + (in.getShort(in.position() + 2) & 0xffff);
        if (in.remaining() >= length) {
          in.position(in.position() + length);
          continue;
        }
      } else if (in.hasRemaining() && in.get(in.position()) != '$') {
        Optional<Answer> whole = whole();
        if (whole.isPresent()) {
          String status = whole.get().head().split(" ", 3)[1];
          if (!status.equals("200")) {
            throw new RefusedException(method + " was answered with " + status);
          }
          return whole.get();
        }
      }
      read();
    }
  }

  private Optional<Answer> whole() {
    String text =
        new String(in.array(), in.position(), in.remaining(), StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      return Optional.empty();
    }
    Answer head = new Answer(text.substring(0, end), "");
    int length = head.header("content-length").map(Integer::parseInt).orElse(0);
    int all = end + 4 + length;
    if (text.length() < all) {
      return Optional.empty();
    }
    in.position(in.position() + all);
    return Optional.of(new Answer(head.head(), text.substring(end + 4, all)));
  }

  private void read() throws IOException {
    in.compact();
    int count = channel.read(in);
    in.flip();
    if (count <= 0) {
      throw new EOFException("the server closed the connection");
    }
  }

  /** The connection, which is the caller's. */
  SocketChannel channel() {
    return channel;
  }

  /** What came behind the last answer. */
  ByteBuffer rest() {
    return in;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
