package dev.photofinish.cli.fleet;

/** A failure of one node. */
enum Failure {
  /** SIGKILL: its kernel closes its sockets. */
  KILLED("killed (SIGKILL)"),
  /** It still reaches cameras, and no other node. */
  PARTED("cut off from the other nodes, both ways"),
  DEAF("cut off from the other nodes, what comes to it"),
  MUTE("cut off from the other nodes, what it sends"),
  /** Nobody can close its connections. */
  CUT_OFF("cut off from everything"),
  /** Nobody can close its connections until it goes on. */
  STOPPED("stopped for 30 s (SIGSTOP), and continued"),
  /** Shorter than what others need to decide. */
  PAUSED("stopped for 2 s (SIGSTOP), and continued"),
  DRAINED("drained, ended (SIGTERM), and started again");

  private final String words;

  Failure(String words) {
    this.words = words;
  }

  /** Whether the camera is left with a connection that no node can close. */
  boolean leavesConnections() {
    return this == CUT_OFF || this == STOPPED;
  }

  /** Whether all is said before, so that nothing has to be noticed. */
  boolean isPlanned() {
    return this == DRAINED || this == PAUSED;
  }

  @Override
  public String toString() {
    return words;
  }
}
