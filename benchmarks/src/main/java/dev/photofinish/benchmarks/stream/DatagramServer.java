package dev.photofinish.benchmarks.stream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * An RTSP server that sends a video over UDP at a steady rate, a few packets each millisecond, to
 * the last connection that plays.
 */
public final class DatagramServer extends MeasuredServer {
  private static final String PORTS = "client_port=";
  private static final int FRAMING = 4;
  private static final long TICK = TimeUnit.MILLISECONDS.toNanos(1);

  private final DatagramChannel media = bound();
  private final DatagramChannel control = bound();
  private final PacedVideo video;
  private final long bytesOfTick;
  private volatile InetSocketAddress to = new InetSocketAddress(0);

  /**
   * @param mbits the rate, in Mbit/s of RTP
   */
  public DatagramServer(PacedVideo video, int mbits) throws IOException {
    super(video);
    this.video = video;
    bytesOfTick = mbits * 1_000_000L / 8 / 1_000;
  }

  private static DatagramChannel bound() throws IOException {
    return DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  @Override
  Optional<String> transport(Socket client, String asked) throws IOException {
    int ports = asked.toLowerCase(Locale.ROOT).indexOf(PORTS);
    if (ports < 0) {
      return Optional.empty();
    }
    String first = asked.substring(ports + PORTS.length()).split("[-;]", 2)[0];
    to = new InetSocketAddress(client.getInetAddress(), Integer.parseInt(first));
    return Optional.of(asked + ";server_port=" + port(media) + "-" + port(control));
  }

  private static int port(DatagramChannel channel) throws IOException {
    return ((InetSocketAddress) channel.getLocalAddress()).getPort();
  }

  @Override
  void send(Socket client) {
    long due = System.nanoTime();
    long owed = 0;
    while (isPlaying(client)) {
      ByteBuffer frame = ByteBuffer.wrap(video.next().bytes());
      while (frame.hasRemaining() && isPlaying(client)) {
        if (owed <= 0) {
          due += TICK;
          owed += bytesOfTick;
          LockSupport.parkNanos(due - System.nanoTime());
        }
        int length = send(client, frame);
        owed -= length;
        sent(length);
      }
    }
  }

  private int send(Socket client, ByteBuffer frame) {
    int length = frame.getShort(frame.position() + 2) & 0xffff;
    ByteBuffer packet = frame.slice(frame.position() + FRAMING, length);
    frame.position(frame.position() + FRAMING + length);
    try {
      media.send(packet, to);
    } catch (IOException e) {
      stop(client); // its port, or ours, is closed
    }
    return length;
  }

  @Override
  public void close() {
    super.close();
    close(media);
    close(control);
  }

  private static void close(DatagramChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing is sent any more.
    }
  }
}
