package dev.photofinish.benchmarks.stream;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** An RTSP server that sends one video to each connection, over it, at the pace of a camera. */
public final class PacedServer implements AutoCloseable {
  /** Frames that may wait for a client that does not read; then it is closed. */
  private static final int MOST_WAITING = 100;

  private static final byte[] END = {};

  private final ServerSocket listener = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
  private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
  private final Map<Socket, BlockingQueue<byte[]>> playing = new ConcurrentHashMap<>();
  private final PacedVideo video;
  private volatile long keySentAt;

  public PacedServer(PacedVideo video) throws IOException {
    this.video = video;
    daemon(this::accept);
    long period = TimeUnit.SECONDS.toNanos(1) / PacedVideo.FRAMES_A_SECOND;
    var unused = pace.scheduleAtFixedRate(this::send, period, period, TimeUnit.NANOSECONDS);
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "server");
    thread.setDaemon(true);
    thread.start();
  }

  public String url() {
    return "rtsp://127.0.0.1:" + listener.getLocalPort() + "/video";
  }

  /** Connections that have been sent media and are open. */
  public int clients() {
    return playing.size();
  }

  /** When the last key frame began to be sent, of {@link System#nanoTime}. */
  public long keySentAt() {
    return keySentAt;
  }

  private void send() {
    PacedVideo.Packets frame = video.next();
    keySentAt = frame.isKey() ? System.nanoTime() : keySentAt;
    byte[] bytes = frame.bytes().clone();
    playing.forEach(
        (client, waiting) -> {
          if (!waiting.offer(bytes)) {
            stop(client);
            close(client);
          }
        });
  }

  /** Each client has a thread of its own: one that does not read holds up no other. */
  private void play(Socket client) {
    BlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    if (playing.putIfAbsent(client, waiting) == null) {
      daemon(
          () -> {
            try {
              for (byte[] frame = waiting.take(); frame.length > 0; frame = waiting.take()) {
                write(client, frame);
              }
            } catch (InterruptedException e) {
              // Nobody interrupts it.
            }
          });
    }
  }

  private void stop(Socket client) {
    BlockingQueue<byte[]> waiting = playing.remove(client);
    if (waiting != null) {
      waiting.clear();
      waiting.add(END);
    }
  }

  private static void close(Socket client) {
    try {
      client.close();
    } catch (IOException e) {
      // It is gone.
    }
  }

  private void write(Socket client, byte[] bytes) {
    try {
      client.getOutputStream().write(bytes); // at once: arrays are not mixed
    } catch (IOException e) {
      stop(client);
    }
  }

  private void accept() {
    try {
      while (!listener.isClosed()) {
        Socket client = listener.accept();
        client.setTcpNoDelay(true);
        daemon(() -> serve(client));
      }
    } catch (IOException e) {
      // It was closed: the end.
    }
  }

  private void serve(Socket client) {
    try (client) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.endsWith("RTSP/1.0")) {
          answer(client, line, in);
        }
      }
    } catch (IOException e) {
      // It left.
    } finally {
      stop(client);
    }
  }

  private void answer(Socket client, String request, BufferedReader in) throws IOException {
    String[] words = request.split(" ", -1);
    String sequence = "0";
    boolean takes = true;
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      String lower = line.toLowerCase(Locale.ROOT);
      sequence = lower.startsWith("cseq:") ? line.substring(5) : sequence;
      takes &= !lower.startsWith("transport:") || lower.contains("rtp/avp/tcp");
    }
    if (!takes) {
      String refusal = "RTSP/1.0 461 Unsupported Transport\r\nCSeq:" + sequence + "\r\n\r\n";
      write(client, refusal.getBytes(StandardCharsets.ISO_8859_1));
      return;
    }
    String session = "Session: 1;timeout=60\r\n";
    String description = video.description();
    String more =
        switch (words[0]) {
          case "OPTIONS" -> "Public: DESCRIBE, SETUP, PLAY, PAUSE, TEARDOWN, GET_PARAMETER\r\n\r\n";
          case "DESCRIBE" ->
              "Content-Base: %s/\r\nContent-Type: application/sdp\r\nContent-Length: %d\r\n\r\n%s"
                  .formatted(words[1], description.length(), description);
          case "SETUP" -> "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n" + session + "\r\n";
          default -> session + "\r\n";
        };
    String head = "RTSP/1.0 200 OK\r\nCSeq:" + sequence + "\r\n";
    write(client, (head + more).getBytes(StandardCharsets.ISO_8859_1));
    switch (words[0]) {
      case "PLAY" -> play(client);
      case "PAUSE", "TEARDOWN" -> stop(client);
      default -> {}
    }
  }

  @Override
  public void close() {
    pace.shutdownNow();
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
