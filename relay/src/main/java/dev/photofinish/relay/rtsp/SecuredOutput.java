package dev.photofinish.relay.rtsp;

import dev.photofinish.relay.source.OutgoingPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts what goes by another output (RFC 3711). Each reader has its own key, so nothing of it is
 * shared with others.
 */
final class SecuredOutput implements TrackOutput {
  private final SecuredMedia media;
  private final TrackOutput way;
  private final SecuredReports reports;
  private final Consumer<String> broken;
  private boolean lost;

  /**
   * @param media taken for this output, which gives it back
   * @param broken takes why nothing more can be sent
   */
  SecuredOutput(
      SecuredMedia media, TrackOutput way, SecuredReports reports, Consumer<String> broken) {
    this.media = media;
    this.way = way;
    this.reports = reports;
    this.broken = broken;
  }

  @Override
  public boolean hasRoom() {
    return way.hasRoom();
  }

  @Override
  public void send(OutgoingPacket packet) {
    switch (media.sequence().place(packet.sequence())) {
      case NEXT -> encrypt(packet);
      case REPEATED -> {} // and known
      case LOST -> lose();
    }
  }

  private void encrypt(OutgoingPacket packet) {
    byte[] secured = media.sender().rtp(ByteBufUtil.getBytes(packet.rtp()));
    ByteBuf framed = Unpooled.buffer(OutgoingPacket.INTERLEAVED_HEADER + secured.length);
    framed.writeByte('$').writeByte(2 * packet.track()).writeShort(secured.length);
    framed.writeBytes(secured);
    var own =
        new OutgoingPacket(packet.track(), packet.timestamp(), framed, packet.isDiscontinuity());
    way.send(own);
    own.release();
  }

  private void lose() {
    if (!lost) {
      lost = true;
      broken.accept("more packets were left out than SRTP can follow");
    }
  }

  @Override
  public void report(ByteBuf rtcp) {
    ByteBuf secured = Unpooled.wrappedBuffer(media.sender().rtcp(ByteBufUtil.getBytes(rtcp)));
    way.report(secured);
    secured.release();
  }

  @Override
  public boolean isReport(int channel) {
    return way.isReport(channel);
  }

  @Override
  public @Nullable ByteBuf readable(ByteBuf report) {
    return reports.open(report);
  }

  @Override
  public void flush() {
    way.flush();
  }

  @Override
  public void close() {
    way.close();
    media.leave();
  }
}
