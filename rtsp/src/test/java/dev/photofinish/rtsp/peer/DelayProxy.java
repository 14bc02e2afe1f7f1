package dev.photofinish.rtsp.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A TCP proxy that delivers each way's bytes after a delay, for one client, and counts the round
 * trips from its dial to the answer of PLAY: a new one begins where the client says something after
 * it heard something. The handshake of TCP, which the proxy cannot delay, is the first.
 */
final class DelayProxy implements AutoCloseable {
  private static final Pattern PLAY =
      Pattern.compile(
          "PLAY [^\r\n]+\r\n(?:[^\r\n]+\r\n)*?CSeq: *(\\d+)\r\n", Pattern.CASE_INSENSITIVE);

  /** Enough for every answer before the media. */
  private static final int MOST_TEXT = 1 << 16;

  private static final class Chunk {
    final byte[] bytes;
    final long due;

    Chunk(byte[] bytes, long due) {
      this.bytes = bytes;
      this.due = due;
    }
  }

  private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  private final int target;
  private final long delay;
  private final StringBuilder said = new StringBuilder();
  private final StringBuilder heard = new StringBuilder();
  private final CompletableFuture<Integer> played = new CompletableFuture<>();
  private int roundTrips = 1;
  private boolean clientHeard = true;

  /**
   * @param target port of the server, on this host
   * @param delay of each way
   */
  DelayProxy(int target, Duration delay) throws IOException {
    this.target = target;
    this.delay = delay.toNanos();
    start(this::accept);
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "delay-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return listener.getLocalPort();
  }

  /** The round trips of the client until PLAY was answered. */
  int roundTrips(Duration within) throws Exception {
    return played.get(within.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void accept() {
    try {
      Socket client = listener.accept();
      Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      forward(client, server, this::fromClient, bytes -> {});
      forward(server, client, bytes -> {}, this::toClient);
    } catch (IOException e) {
      played.completeExceptionally(e);
    }
  }

  private interface Note {
    void take(byte[] bytes);
  }

  private void forward(Socket from, Socket to, Note arrived, Note delivered) {
    BlockingQueue<Chunk> way = new LinkedBlockingQueue<>(10_000);
    start(() -> read(from, way, arrived));
    start(() -> write(to, way, delivered));
  }

  private void read(Socket from, BlockingQueue<Chunk> way, Note arrived) {
    try {
      InputStream in = from.getInputStream();
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        byte[] bytes = Arrays.copyOf(buffer, n);
        arrived.take(bytes);
        way.put(new Chunk(bytes, System.nanoTime() + delay));
      }
      way.put(new Chunk(new byte[0], System.nanoTime() + delay));
    } catch (IOException | InterruptedException e) {
      // One of the two went.
    }
  }

  private static void write(Socket to, BlockingQueue<Chunk> way, Note delivered) {
    try (to) {
      OutputStream out = to.getOutputStream();
      for (Chunk next = way.take(); next.bytes.length > 0; next = way.take()) {
        TimeUnit.NANOSECONDS.sleep(next.due - System.nanoTime());
        delivered.take(next.bytes);
        out.write(next.bytes);
      }
    } catch (IOException | InterruptedException e) {
      // One of the two went.
    }
  }

  private synchronized void fromClient(byte[] bytes) {
    if (clientHeard && !played.isDone()) {
      clientHeard = false;
      roundTrips++;
    }
    append(said, bytes);
  }

  /** Called before the client can see the bytes: what it says next, it says after them. */
  private synchronized void toClient(byte[] bytes) {
    clientHeard = true;
    append(heard, bytes);
    Matcher play = PLAY.matcher(said);
    if (play.find() && answers(play.group(1))) {
      played.complete(roundTrips);
    }
  }

  private boolean answers(String cseq) {
    return Pattern.compile("CSeq: *" + cseq + "\r\n", Pattern.CASE_INSENSITIVE)
        .matcher(heard)
        .find();
  }

  private static void append(StringBuilder text, byte[] bytes) {
    if (text.length() < MOST_TEXT) {
      text.append(new String(bytes, StandardCharsets.ISO_8859_1));
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
