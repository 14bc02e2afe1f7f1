package dev.photofinish.benchmarks.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Takes interleaved frames of one connection. */
final class TcpReader implements Readers.Input {
  private final SocketChannel channel;
  private final ReceivedPackets.Order order = new ReceivedPackets.Order();

  /** The beginning of a frame whose end has not come. */
  private byte[] rest = new byte[2_048];

  private int restLength;

  private TcpReader(SocketChannel channel) {
    this.channel = channel;
  }

  static void start(String url, InetAddress from, Readers readers) throws IOException {
    Handshake handshake = Handshake.connect(url, from);
    readers.owns(handshake);
    handshake.play(handshake.describe(), "RTP/AVP/TCP;unicast;interleaved=0-1");
    TcpReader reader = new TcpReader(handshake.channel());
    reader.keep(handshake.rest());
    readers.register(handshake.channel(), reader);
  }

  @Override
  public boolean read(ByteBuffer scratch, ReceivedPackets to) throws IOException {
    scratch.clear().put(rest, 0, restLength);
    int count = channel.read(scratch);
    long now = System.nanoTime();
    scratch.flip();
    while (scratch.remaining() >= 4) {
      int at = scratch.position();
      int length = scratch.getShort(at + 2) & 0xffff;
      if (scratch.get(at) != '$') {
        throw new IOException("no frame");
      }
      if (scratch.remaining() < 4 + length) {
        break;
      }
      if (scratch.get(at + 1) == 0) {
        to.packet(scratch, at + 4, length, order, now);
      }
      scratch.position(at + 4 + length);
    }
    keep(scratch);
    return count >= 0;
  }

  private void keep(ByteBuffer of) {
    restLength = of.remaining();
    if (restLength > rest.length) {
      rest = new byte[2 * restLength];
    }
    of.get(rest, 0, restLength);
  }
}
