package dev.photofinish.rtsp.transport;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * The sources of RTP that came before anything was set up: they are of an older session. live555
 * before 2015.05.03 (Reolink: scottlamb/retina#17) goes on sending to a connection that was closed,
 * and so to the next one that gets its number.
 */
final class OldSources {
  /** A camera has few sessions; a peer that makes sources up is not to fill the memory. */
  private static final int MOST = 8;

  private static final int RTP_HEADER = 12;
  private static final int SSRC = 8;

  private int[] ssrcs = {};

  /** The {@code length} bytes at {@code index} came early. */
  void add(ByteBuf in, int index, int length) {
    if (isRtp(in, index, length) && ssrcs.length < MOST && !areOf(in, index, length)) {
      ssrcs = Arrays.copyOf(ssrcs, ssrcs.length + 1);
      ssrcs[ssrcs.length - 1] = in.getInt(index + SSRC);
    }
  }

  /** Whether one of them sent the {@code length} bytes at {@code index}. */
  boolean areOf(ByteBuf in, int index, int length) {
    if (ssrcs.length == 0 || !isRtp(in, index, length)) {
      return false;
    }
    int ssrc = in.getInt(index + SSRC);
    for (int old : ssrcs) {
      if (old == ssrc) {
        return true;
      }
    }
    return false;
  }

  private static boolean isRtp(ByteBuf in, int index, int length) {
    return length >= RTP_HEADER
        && (in.getByte(index) & 0xc0) == 0x80
        && !TrackReceiver.isRtcp(in, index, length);
  }
}
