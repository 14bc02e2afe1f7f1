package dev.photofinish.rtsp.message;

import java.util.OptionalInt;

/**
 * Two neighbouring numbers of a Transport header, channels or ports: the first for RTP, the second
 * for RTCP.
 */
public record Pair(int rtp, int rtcp) {
  static final int HIGHEST_CHANNEL = 255;
  static final int HIGHEST_PORT = 65535;

  /**
   * Reads {@code 4-5} or {@code 4}, which means {@code 4-5} too.
   *
   * @param highest what both may be at most
   * @param where names the parameter in the error
   */
  static Pair parse(String text, int highest, String where) throws RtspFormatException {
    int dash = text.indexOf('-');
    OptionalInt rtp = Syntax.unsigned((dash < 0 ? text : text.substring(0, dash)).trim());
    if (rtp.isPresent()) {
      OptionalInt rtcp =
          dash < 0
              ? OptionalInt.of(rtp.getAsInt() + 1)
              : Syntax.unsigned(text.substring(dash + 1).trim());
      if (rtcp.isPresent() && Math.max(rtp.getAsInt(), rtcp.getAsInt()) <= highest) {
        return new Pair(rtp.getAsInt(), rtcp.getAsInt());
      }
    }
    throw new RtspFormatException(
        where, text, "two numbers up to " + highest + ", for example 0-1");
  }

  @Override
  public String toString() {
    return rtp + "-" + rtcp;
  }
}
