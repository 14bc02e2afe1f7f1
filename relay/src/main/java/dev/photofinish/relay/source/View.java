package dev.photofinish.relay.source;

/** A viewer's place at a source. */
public interface View extends AutoCloseable {
  /** Leaves; may be called from any thread, and more than once. */
  @Override
  void close();
}
