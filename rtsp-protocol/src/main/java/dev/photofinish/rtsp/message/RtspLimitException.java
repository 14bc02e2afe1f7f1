package dev.photofinish.rtsp.message;

import java.util.OptionalInt;

/**
 * The peer sent more than a limit allows; what follows on its connection cannot be understood any
 * more.
 */
public final class RtspLimitException extends RtspFormatException {
  private final String limit;

  /**
   * @param limit name of the limit
   * @param maximum its value, with its unit
   * @param seen what exceeded it; shortened and escaped here
   * @param offset position in the connection of the first byte of what is too long
   * @param cseq of the message, where it is known by then
   */
  public RtspLimitException(
      String limit, String maximum, String seen, long offset, OptionalInt cseq) {
    super(limit, Excerpt.of(seen), "at most " + maximum, offset, cseq.orElse(-1));
    this.limit = limit;
  }

  /** Name of the limit, as in the options of the codec. */
  public String limit() {
    return limit;
  }
}
