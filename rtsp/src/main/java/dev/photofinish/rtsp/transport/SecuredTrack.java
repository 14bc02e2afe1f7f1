package dev.photofinish.rtsp.transport;

import dev.photofinish.rtp.srtp.SrtpKey;
import dev.photofinish.rtp.srtp.SrtpReceiver;
import dev.photofinish.rtp.srtp.SrtpSuite;
import dev.photofinish.rtsp.key.MasterKey;
import dev.photofinish.rtsp.key.MediaKeys;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/**
 * Decrypts what comes for one track, where it lies (RFC 3711).
 *
 * <p>A description may give keys to media that it does not call encrypted: UniFi Protect. Then the
 * first packets tell: until one of them is authentic they are taken as they are, and after {@value
 * #TRIES} that are not, all are.
 */
final class SecuredTrack {
  /** So many keys of a description are tried at most, the strongest: each costs a forged packet. */
  static final int MOST_KEYS = 16;

  static final int TRIES = 16;

  private final SrtpReceiver receiver;
  private boolean secured;
  private int inTheClear;

  /** For packets that lie in several pieces. */
  private ByteBuffer scratch = ByteBuffer.allocate(0);

  SecuredTrack(MediaKeys keys) {
    this.receiver =
        new SrtpReceiver(
            keys.incoming().stream().distinct().limit(MOST_KEYS).map(SecuredTrack::srtp).toList(),
            keys.rollovers());
    this.secured = keys.promised();
  }

  static SrtpKey srtp(MasterKey key) {
    SrtpSuite suite = SrtpSuite.valueOf(key.suite().name());
    return new SrtpKey(suite, key.key(), key.salt(), key.mki());
  }

  /**
   * Decrypts the {@code length} bytes at {@code index}.
   *
   * @param control whether they are RTCP
   * @return how many are the packet; negative as {@link SrtpReceiver} answers where it must be
   *     dropped
   */
  int open(ByteBuf in, int index, int length, boolean control) {
    if (!secured && inTheClear == TRIES) {
      return length;
    }
    int opened =
        in.nioBufferCount() == 1
            ? open(in.internalNioBuffer(index, length), control)
            : openCopy(in, index, length, control);
    secured |= opened >= 0;
    if (secured) {
      return opened;
    }
    inTheClear++;
    return length;
  }

  private int open(ByteBuffer bytes, boolean control) {
    return control ? receiver.rtcp(bytes) : receiver.rtp(bytes);
  }

  private int openCopy(ByteBuf in, int index, int length, boolean control) {
    if (scratch.capacity() < length) {
      scratch = ByteBuffer.allocate(length);
    }
    scratch.clear().limit(length);
    in.getBytes(index, scratch);
    int opened = open(scratch.flip(), control);
    if (opened >= 0) {
      in.setBytes(index, scratch);
    }
    return opened;
  }
}
