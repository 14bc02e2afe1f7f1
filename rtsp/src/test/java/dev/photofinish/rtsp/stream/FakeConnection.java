package dev.photofinish.rtsp.stream;

/** A connection that is nothing but a name. */
final class FakeConnection extends PlayedConnection {
  FakeConnection(String name) {
    super(name);
  }

  @Override
  public String toString() {
    return remote();
  }
}
