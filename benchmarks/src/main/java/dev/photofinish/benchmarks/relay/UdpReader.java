package dev.photofinish.benchmarks.relay;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes the datagrams of one session. */
final class UdpReader implements Readers.Input {
  private static final Pattern SERVER_PORT = Pattern.compile("server_port=(\\d+)");
  private static final int RECEIVE_BUFFER = 1 << 20;
  private static final int FIRST_PORT = 20_000;
  private static final int LAST_PORT = 32_000;
  private static int nextPort = FIRST_PORT;

  private final DatagramChannel channel;
  private final ReceivedPackets.Order order = new ReceivedPackets.Order();

  private UdpReader(DatagramChannel channel) {
    this.channel = channel;
  }

  static void start(String url, InetAddress at, Readers readers) throws IOException {
    Handshake handshake = Handshake.connect(url, at);
    readers.owns(handshake);
    DatagramChannel rtp = DatagramChannel.open();
    readers.owns(rtp);
    DatagramChannel rtcp = DatagramChannel.open();
    readers.owns(rtcp);
    rtp.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
    int port = bind(at, rtp, rtcp);
    String ports = "client_port=%d-%d".formatted(port, port + 1);
    String answer = handshake.play(handshake.describe(), "RTP/AVP;unicast;" + ports);
    Matcher server = SERVER_PORT.matcher(answer);
    if (server.find()) {
      var from = (InetSocketAddress) handshake.channel().getRemoteAddress();
      rtp.connect(new InetSocketAddress(from.getAddress(), Integer.parseInt(server.group(1))));
    }
    readers.register(rtp, new UdpReader(rtp));
    readers.register(handshake.channel(), new Answers(handshake.channel()));
  }

  /** An even port and the one behind it. */
  private static synchronized int bind(InetAddress at, DatagramChannel rtp, DatagramChannel rtcp)
      throws IOException {
    while (true) {
      int port = nextPort;
      nextPort = nextPort + 2 < LAST_PORT ? nextPort + 2 : FIRST_PORT;
      try {
        rtcp.bind(new InetSocketAddress(at, port + 1));
        rtp.bind(new InetSocketAddress(at, port));
        return port;
      } catch (BindException e) {
        if (rtcp.getLocalAddress() != null) {
          throw e; // half a pair cannot be bound again: a run of its own finds others
        }
      }
    }
  }

  @Override
  public boolean read(ByteBuffer scratch, ReceivedPackets to) throws IOException {
    while (true) {
      scratch.clear();
      int length = channel.read(scratch);
      if (length <= 0) {
        return true;
      }
      to.packet(scratch, 0, length, order, System.nanoTime());
    }
  }

  /** The connection of the session, on which nothing is expected. */
  private record Answers(SocketChannel channel) implements Readers.Input {
    @Override
    public boolean read(ByteBuffer scratch, ReceivedPackets to) throws IOException {
      return channel.read(scratch.clear()) >= 0;
    }
  }
}
