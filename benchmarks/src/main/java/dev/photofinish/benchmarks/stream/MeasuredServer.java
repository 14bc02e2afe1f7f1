package dev.photofinish.benchmarks.stream;

import java.io.IOException;

/** A server that counts what it sends. */
public abstract class MeasuredServer extends VideoServer {
  MeasuredServer(PacedVideo video) throws IOException {
    super(video, 1);
  }

  /** Bytes of media that were sent so far. */
  public abstract long sent();
}
