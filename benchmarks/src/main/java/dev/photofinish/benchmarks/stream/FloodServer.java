package dev.photofinish.benchmarks.stream;

import java.io.IOException;
import java.net.Socket;

/** An RTSP server that sends a video as fast as it is read, to the last connection that plays. */
public final class FloodServer extends MeasuredServer {
  private final PacedVideo video;

  public FloodServer(PacedVideo video) throws IOException {
    super(video);
    this.video = video;
  }

  @Override
  void send(Socket client) {
    while (isPlaying(client)) {
      byte[] frame = video.next().bytes();
      write(client, frame);
      sent(frame.length);
    }
  }
}
