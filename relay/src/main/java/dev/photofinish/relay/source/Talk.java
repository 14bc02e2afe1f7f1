package dev.photofinish.relay.source;

/**
 * A way to talk to a camera. What comes while the camera is away, takes other audio than before, or
 * is talked to by another, is dropped and counted. Methods are called by one thread at a time.
 */
public interface Talk extends IncomingPackets, AutoCloseable {
  /** Packets that were handed to the camera's connection. */
  long packets();

  /** Packets that were not. */
  long dropped();

  /** Ends it; another talker is heard at once. */
  @Override
  void close();
}
