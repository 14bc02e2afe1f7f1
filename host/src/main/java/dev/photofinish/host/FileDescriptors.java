package dev.photofinish.host;

/**
 * Recognizes exceptions of a process, or a host, that has no file descriptor left: a condition of
 * this side, which says nothing about the peer.
 */
public final class FileDescriptors {
  /** The condition in a sentence that says what to do. */
  public static final String NONE_LEFT =
      "this process or host has no file descriptor left (too many open files): raise the limit"
          + " with ulimit -n, or open fewer connections";

  private static final int MOST_CAUSES = 16;

  private FileDescriptors() {}

  /** Linux's EMFILE and ENFILE, in the words of strerror that the JDK and Netty both repeat. */
  public static boolean areUsedUp(Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
      String message = cause.getMessage();
      if (message != null && message.contains("Too many open files")) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }
}
