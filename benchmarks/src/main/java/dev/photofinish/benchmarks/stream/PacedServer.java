package dev.photofinish.benchmarks.stream;

import java.io.IOException;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** An RTSP server that sends one video to each connection, over it, at the pace of a camera. */
public final class PacedServer extends VideoServer {
  private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
  private final Set<Socket> playing = new CopyOnWriteArraySet<>();
  private final PacedVideo video;
  private volatile long keySentAt;

  public PacedServer(PacedVideo video) throws IOException {
    super(video);
    this.video = video;
    long period = TimeUnit.SECONDS.toNanos(1) / PacedVideo.FRAMES_A_SECOND;
    var unused = pace.scheduleAtFixedRate(this::send, period, period, TimeUnit.NANOSECONDS);
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
    for (Socket client : playing) {
      write(client, frame.bytes());
    }
  }

  @Override
  void play(Socket client) {
    playing.add(client);
  }

  @Override
  void stop(Socket client) {
    playing.remove(client);
  }

  @Override
  public void close() {
    pace.shutdownNow();
    super.close();
  }
}
