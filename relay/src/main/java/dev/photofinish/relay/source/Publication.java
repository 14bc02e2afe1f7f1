package dev.photofinish.relay.source;

/** The place that a publisher has at a source. Methods are called by one thread at a time. */
public interface Publication extends IncomingPackets {
  /**
   * Leaves the place; readers stay, as when a camera is away.
   *
   * @param reason human-readable
   */
  void close(String reason);
}
