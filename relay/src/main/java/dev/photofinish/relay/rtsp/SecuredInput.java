package dev.photofinish.relay.rtsp;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Decrypts what a reader sends to the camera by another input, and encrypts our reports on it. */
final class SecuredInput implements TrackInput {
  private final SecuredMedia media;
  private final TrackInput way;
  private final SecuredReports incoming;

  /**
   * @param media taken for this input, which gives it back
   */
  SecuredInput(SecuredMedia media, TrackInput way, SecuredReports incoming) {
    this.media = media;
    this.way = way;
    this.incoming = incoming;
  }

  @Override
  public boolean isUnordered() {
    return way.isUnordered();
  }

  @Override
  public void open(Receiver receiver) {
    way.open(
        new Receiver() {
          @Override
          public void rtp(ByteBuf packet) {
            @Nullable ByteBuf opened = incoming.openRtp(packet);
            if (opened != null) {
              receiver.rtp(opened);
            }
          }

          @Override
          public void rtcp(ByteBuf compound) {
            @Nullable ByteBuf opened = incoming.open(compound);
            if (opened != null) {
              receiver.rtcp(opened);
            }
          }
        });
  }

  @Override
  public void stop() {
    way.stop();
  }

  @Override
  public boolean frame(int channel, ByteBuf content) {
    return way.frame(channel, content);
  }

  @Override
  public void report(byte[] rtcp) {
    way.report(media.sender().rtcp(rtcp));
  }

  @Override
  public void close() {
    way.close();
    media.leave();
  }
}
