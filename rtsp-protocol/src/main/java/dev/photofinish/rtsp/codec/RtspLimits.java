package dev.photofinish.rtsp.codec;

/**
 * The bounds of what a peer may send before it is refused. A {@code $} frame needs no limit: its
 * length has 16 bits.
 *
 * @param startLine bytes of a request line or status line, default 8192
 * @param headerLine bytes of a header with all its folds, default 8192
 * @param headerCount header lines of a message, default 128
 * @param body bytes of a body, default 1048576
 * @param stray bytes in a row that are neither message nor frame, default 262144
 */
public record RtspLimits(int startLine, int headerLine, int headerCount, int body, int stray) {
  /** What cameras stay far below. */
  public static final RtspLimits DEFAULT = new RtspLimits(8192, 8192, 128, 1 << 20, 1 << 18);

  /** Refuses limits below 1. */
  public RtspLimits {
    positive("startLine", startLine);
    positive("headerLine", headerLine);
    positive("headerCount", headerCount);
    positive("body", body);
    positive("stray", stray);
  }

  private static void positive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1: " + value);
    }
  }
}
