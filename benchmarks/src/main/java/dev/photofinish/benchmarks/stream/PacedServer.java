package dev.photofinish.benchmarks.stream;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** An RTSP server that sends one video to each connection, over it, at the pace of a camera. */
public final class PacedServer extends VideoServer {
  /** Frames that may wait for a client that does not read; then it is closed. */
  private static final int MOST_WAITING = 100;

  private static final byte[] END = {};

  private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
  private final Map<Socket, BlockingQueue<byte[]>> playing = new ConcurrentHashMap<>();
  private final PacedVideo video;
  private volatile long keySentAt;

  public PacedServer(PacedVideo video) throws IOException {
    this(video, 1);
  }

  /**
   * The same at several ports.
   *
   * @param ports 1 or more
   */
  public PacedServer(PacedVideo video, int ports) throws IOException {
    super(video, ports);
    this.video = video;
    long period = TimeUnit.SECONDS.toNanos(1) / PacedVideo.FRAMES_A_SECOND;
    var unused = pace.scheduleAtFixedRate(this::send, period, period, TimeUnit.NANOSECONDS);
  }

  /** Connections that have been sent media and are open. */
  public int clients() {
    return playing.size();
  }

  /** Closes one of the connections that are sent media, if there is one, without a word. */
  public void hangUp(RandomGenerator choice) {
    List<Socket> all = List.copyOf(playing.keySet());
    if (!all.isEmpty()) {
      close(all.get(choice.nextInt(all.size())));
    }
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
  @Override
  void play(Socket client) {
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

  @Override
  void stop(Socket client) {
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

  @Override
  public void close() {
    pace.shutdownNow();
    super.close();
  }
}
