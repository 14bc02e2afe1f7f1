package dev.photofinish.relay.rtsp;

/** The way by which a reader's requests come. */
enum ConnectionKind {
  TCP("tcp", false, false),
  TLS("tls", true, false),
  HTTP("http", false, true),
  HTTPS("https", true, true);

  private final String text;
  private final boolean encrypted;
  private final boolean tunnel;

  ConnectionKind(String text, boolean encrypted, boolean tunnel) {
    this.text = text;
    this.encrypted = encrypted;
    this.tunnel = tunnel;
  }

  static ConnectionKind of(boolean encrypted, boolean tunnel) {
    if (tunnel) {
      return encrypted ? HTTPS : HTTP;
    }
    return encrypted ? TLS : TCP;
  }

  boolean isEncrypted() {
    return encrypted;
  }

  boolean isTunnel() {
    return tunnel;
  }

  /** The name of the transport where media comes the same way. */
  @Override
  public String toString() {
    return text;
  }
}
