package dev.photofinish.benchmarks.stream;

import java.io.IOException;
import java.net.Socket;

/** An RTSP server that sends a video as fast as it is read, to the last connection that plays. */
public final class FloodServer extends MeasuredServer {
  private final PacedVideo video;
  private volatile Object playing = this;
  private volatile long sent;

  public FloodServer(PacedVideo video) throws IOException {
    super(video);
    this.video = video;
  }

  @Override
  public long sent() {
    return sent;
  }

  @Override
  void play(Socket client) {
    playing = client;
    daemon(() -> flood(client));
  }

  private synchronized void flood(Socket client) {
    long bytes = sent;
    while (playing == client) {
      PacedVideo.Packets frame = video.next();
      write(client, frame.bytes());
      bytes += frame.bytes().length;
      sent = bytes;
    }
  }

  @Override
  void stop(Socket client) {
    if (playing == client) {
      playing = this;
    }
  }
}
