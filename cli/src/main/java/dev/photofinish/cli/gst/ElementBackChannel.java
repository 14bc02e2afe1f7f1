package dev.photofinish.cli.gst;

import dev.photofinish.relay.source.Source;
import dev.photofinish.relay.source.Talk;
import dev.photofinish.relay.source.TalkPoint;
import dev.photofinish.rtp.RtpFormatException;
import dev.photofinish.rtsp.client.MediaStream;
import dev.photofinish.rtsp.client.RtpPacket;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way of an element's audio to its camera. Used on the event loop of the socket. */
final class ElementBackChannel {
  private static final Logger LOG = LoggerFactory.getLogger(ElementBackChannel.class);

  private @Nullable MediaStream described;
  private @Nullable TalkPoint point;
  private @Nullable Talk talk;

  /**
   * The camera has described itself.
   *
   * @return what it takes, where that is not what it was; empty also where it takes no audio
   */
  Optional<MediaStream> described(Source source) {
    point = source.talkPoint().orElse(null);
    MediaStream media = point == null ? null : point.media();
    if (media == null || media.equals(described)) {
      return Optional.empty();
    }
    described = media;
    close();
    return Optional.of(media);
  }

  /**
   * Sends audio; before the camera has said that it takes any, it is dropped.
   *
   * @param bytes of a packet of RTP, not pooled
   */
  void send(ByteBuf bytes) {
    TalkPoint to = point;
    if (to == null) {
      return;
    }
    try {
      RtpPacket packet = RtpPacket.of(to.media(), bytes);
      if (talk == null) {
        talk = to.open("the pipeline");
      }
      talk.packet(packet);
    } catch (RtpFormatException e) {
      LOG.debug("audio of the host: {}", e.getMessage());
    }
  }

  void close() {
    if (talk != null) {
      talk.close();
      talk = null;
    }
  }
}
