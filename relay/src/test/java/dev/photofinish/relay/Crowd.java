package dev.photofinish.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Connections from many addresses of the loopback that say nothing, or what a test says. */
public final class Crowd implements AutoCloseable {
  /** Descriptors for everything else of a test. */
  private static final int SPARE = 1_000;

  private final List<SocketChannel> open = new ArrayList<>();

  /**
   * As many as wanted, or as this process may have descriptors for.
   *
   * @param served of them by a server of this process
   */
  public static int size(int wanted, int served) throws IOException {
    String line =
        Files.readAllLines(Path.of("/proc/self/limits")).stream()
            .filter(limit -> limit.startsWith("Max open files"))
            .findFirst()
            .orElseThrow();
    String most = line.split(" {2,}", -1)[1];
    return most.equals("unlimited")
        ? wanted
        : Math.min(wanted, Integer.parseInt(most) - served - SPARE);
  }

  /**
   * Connects.
   *
   * @param count of connections
   * @param ofAddress how many come from one address; the first is 127.0.1.1
   * @param connected called now and then
   */
  public Crowd(SocketAddress server, int count, int ofAddress, Runnable connected)
      throws IOException {
    for (int i = 0; i < count; i++) {
      SocketChannel one = SocketChannel.open();
      open.add(one);
      int host = i / ofAddress;
      byte[] from = {127, 0, (byte) (1 + host / 250), (byte) (1 + host % 250)};
      one.bind(new InetSocketAddress(InetAddress.getByAddress(from), 0));
      one.connect(server);
      one.configureBlocking(false);
      if (i % 100 == 99) {
        connected.run();
      }
    }
  }

  /** Those that the server has not closed. */
  public int open() {
    open.removeIf(Crowd::isEnded);
    return open.size();
  }

  private static boolean isEnded(SocketChannel channel) {
    boolean isEnded;
    try {
      isEnded = channel.read(ByteBuffer.allocate(1024)) < 0;
    } catch (IOException e) {
      isEnded = true; // by a reset
    }
    if (isEnded) {
      close(channel);
    }
    return isEnded;
  }

  /** The most that are open of one address. */
  public long openOfAddress() {
    Map<InetAddress, Long> counts =
        open.stream()
            .collect(
                Collectors.groupingBy(
                    one -> one.socket().getLocalAddress(), Collectors.counting()));
    return counts.values().stream().mapToLong(Long::longValue).max().orElse(0);
  }

  /**
   * Sends a text and filler behind it, a byte on each at each step, as long as any is open.
   *
   * @param most bytes by which all must have ended
   * @param also taken with each step
   */
  public void sendInCrumbs(String begin, int most, Pace pace, Pace.Step also) throws Exception {
    var crumbs = new AtomicInteger();
    pace.run(
        () -> open() > 0,
        () -> {
          int i = crumbs.getAndIncrement();
          assertThat(i).as("crumbs").isLessThan(most);
          send(i < begin.length() ? begin.charAt(i) : 'a');
          also.take();
        });
  }

  /** Sends a byte on each. */
  public void send(char next) {
    for (SocketChannel one : open) {
      try {
        one.write(ByteBuffer.wrap(new byte[] {(byte) next}));
      } catch (IOException e) {
        // It has ended; open() says so.
      }
    }
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    open.forEach(Crowd::close);
  }
}
