package dev.photofinish.benchmarks.receiving;

import com.sun.management.ThreadMXBean;
import dev.photofinish.benchmarks.PairedDifference;
import dev.photofinish.benchmarks.stream.FloodServer;
import dev.photofinish.benchmarks.stream.TestVideo;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.CameraListener;
import dev.photofinish.rtsp.client.CameraStream;
import dev.photofinish.rtsp.client.RtpPacket;
import dev.photofinish.rtsp.client.RtspClient;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/**
 * The processor time and the allocation of one packet over interleaved TCP, from the socket to a
 * listener that does nothing, beside a loop over NIO that reads the same and walks from packet to
 * packet: by the account of the thread that reads, in pairs.
 *
 * <p>{@code PacketCost [pairs] [packets of a block] [bytes of a packet]}.
 */
public final class PacketCost {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int WARM_UP_PAIRS = 6;
  private static final int MBITS = 4;
  private static final int BUFFER = 1 << 16;
  private static final int FRAMING = 4;
  private static final int SKIPPED = 100_000;

  private final FloodServer server;
  private final long packets;

  private PacketCost(FloodServer server, long packets) {
    this.server = server;
    this.packets = packets;
  }

  public static void main(String[] arguments) throws Exception {
    int pairs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 40;
    long packets = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1_000_000;
    int length = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1400;
    try (FloodServer server = new FloodServer(TestVideo.encode(MBITS, length))) {
      new PacketCost(server, packets).run(pairs);
    }
  }

  private void run(int pairs) throws Exception {
    PairedDifference cpu = new PairedDifference(pairs);
    PairedDifference bytes = new PairedDifference(pairs);
    for (int pair = -WARM_UP_PAIRS; pair < pairs; pair++) {
      Cost loop = loop();
      Cost client = client();
      if (pair >= 0) {
        cpu.add(loop.nanos(), client.nanos());
        bytes.add(loop.bytes(), client.bytes());
      }
    }
    System.out.println(PairedDifference.HEADER);
    System.out.println(cpu.line("a packet", "CPU ns"));
    System.out.println(bytes.line("a packet", "bytes allocated"));
  }

  /** Of one packet. */
  private record Cost(double nanos, double bytes) {}

  /** Counts packets on one thread, and what it spends on them after the first few. */
  private final class Meter {
    private final CompletableFuture<Cost> cost = new CompletableFuture<>();
    private long count;
    private long nanos;
    private long bytes;

    void packet() {
      count++;
      if (count == SKIPPED) {
        nanos = THREADS.getCurrentThreadCpuTime();
        bytes = allocated();
      } else if (count == SKIPPED + packets) {
        double spent = THREADS.getCurrentThreadCpuTime() - nanos;
        cost.complete(new Cost(spent / packets, (double) (allocated() - bytes) / packets));
      }
    }

    private static long allocated() {
      return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    }
  }

  private Cost client() throws Exception {
    Meter meter = new Meter();
    CameraListener listener =
        new CameraListener() {
          @Override
          public void packet(CameraStream stream, RtpPacket packet) {
            meter.packet();
          }
        };
    Camera camera = Camera.at(server.url());
    try (RtspClient client = new RtspClient()) {
      client.start(camera, listener);
      return meter.cost.get();
    }
  }

  private Cost loop() throws IOException {
    Meter meter = new Meter();
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), URI.create(server.url()).getPort());
    try (Selector selector = Selector.open();
        SocketChannel channel = SocketChannel.open(address)) {
      channel.write(ByteBuffer.wrap("PLAY * RTSP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ);
      ByteBuffer in = ByteBuffer.allocateDirect(BUFFER);
      while (in.position() < 1 || in.get(in.position() - 1) != '$') {
        in.limit(in.position() + 1); // the answer, to the first packet's first byte
        read(selector, channel, in);
      }
      in.clear().put((byte) '$');
      while (!meter.cost.isDone()) {
        read(selector, channel, in);
        in.flip();
        while (in.remaining() >= FRAMING) {
          int length = in.getShort(in.position() + 2) & 0xffff;
          if (in.remaining() < FRAMING + length) {
            break;
          }
          in.position(in.position() + FRAMING + length);
          meter.packet();
        }
        in.compact();
      }
      return meter.cost.join();
    }
  }

  private static void read(Selector selector, SocketChannel channel, ByteBuffer in)
      throws IOException {
    selector.select();
    selector.selectedKeys().clear();
    if (channel.read(in) < 0) {
      throw new IOException("the server closed the connection");
    }
  }
}
