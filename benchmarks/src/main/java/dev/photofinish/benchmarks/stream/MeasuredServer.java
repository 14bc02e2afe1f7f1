package dev.photofinish.benchmarks.stream;

import java.io.IOException;
import java.net.Socket;

/** A server that sends to the last connection that plays, and counts what it sends. */
public abstract class MeasuredServer extends VideoServer {
  private volatile Object playing = this;
  private volatile long sent;

  MeasuredServer(PacedVideo video) throws IOException {
    super(video, 1);
  }

  /** Sends, and says so by {@link #sent(int)}, while the connection {@link #isPlaying}. */
  abstract void send(Socket client);

  final boolean isPlaying(Socket client) {
    return playing == client;
  }

  /** So many bytes of media more were sent. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // by one thread at a time
  final void sent(int bytes) {
    sent += bytes;
  }

  /** Bytes of media that were sent so far. */
  public final long sent() {
    return sent;
  }

  @Override
  final void play(Socket client) {
    playing = client;
    daemon(() -> sendAlone(client));
  }

  private synchronized void sendAlone(Socket client) {
    send(client);
  }

  @Override
  final void stop(Socket client) {
    if (playing == client) {
      playing = this;
    }
  }
}
