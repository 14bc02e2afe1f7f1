package dev.photofinish.relay;

import dev.photofinish.relay.source.Talk;
import dev.photofinish.relay.source.TalkPoint;
import dev.photofinish.rtsp.client.BackChannel;
import dev.photofinish.rtsp.client.MediaStream;
import dev.photofinish.rtsp.client.RtpPacket;
import dev.photofinish.rtsp.message.MediaFormat;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.Ticker;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The back channel of a camera, and those who talk over it. Any thread uses it. */
final class Talkers {
  private static final Logger LOG = LoggerFactory.getLogger(Talkers.class);

  /** The clock of audio whose description does not say: that of G.711 (RFC 3551). */
  private static final int USUAL_CLOCK = 8_000;

  /** The way to the camera over its present connection. */
  interface Line {
    /** What it takes; empty while there is no connection that takes audio. */
    Optional<MediaFormat> format();

    /** Sends a payload, which is released; false where it was dropped. */
    boolean send(ByteBuf payload, int samples);
  }

  private final String camera;
  private final Line line;
  private final Runnable wanted;
  private final Ticker clock;
  private final Floor floor = new Floor();
  private final Set<Talker> open = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Point point;

  /**
   * @param camera its name
   * @param wanted called when someone begins to talk
   */
  Talkers(String camera, Line line, Runnable wanted, Ticker clock) {
    this.camera = camera;
    this.line = line;
    this.wanted = wanted;
    this.clock = clock;
  }

  /** What a connection of the camera takes; empty where it takes no audio. */
  void described(Optional<MediaFormat> format) {
    point = format.map(Point::new).orElse(null);
  }

  /** Empty before the camera was first seen, and where it took no audio when it was last. */
  Optional<TalkPoint> point() {
    return Optional.ofNullable(point);
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  private static MediaStream stream(MediaFormat format) {
    OptionalInt clockRate = OptionalInt.of(format.clockRate().orElse(USUAL_CLOCK));
    MediaFormat known =
        new MediaFormat(
            format.payloadType(), format.codec(), clockRate, format.channels(), format.fmtp());
    return MediaStream.of(0, "audio", known, false);
  }

  private final class Point implements TalkPoint {
    private final MediaStream media;

    Point(MediaFormat format) {
      this.media = stream(format);
    }

    @Override
    public MediaStream media() {
      return media;
    }

    @Override
    public Talk open(String talker) {
      Talker opened = new Talker(media, talker);
      open.add(opened);
      wanted.run();
      return opened;
    }
  }

  private final class Talker implements Talk {
    private final MediaStream media;
    private final String name;
    private final PacketDuration duration;
    private Optional<MediaFormat> lastFormat = Optional.empty();
    private boolean taken;
    private boolean heard;
    private boolean refused;
    private long packets;
    private long dropped;

    Talker(MediaStream media, String name) {
      this.media = media;
      this.name = name;
      this.duration = new PacketDuration(media);
    }

    @Override
    public void packet(RtpPacket packet) {
      int samples = duration.of(packet);
      boolean hasFloor = floor.take(this, clock.nanoTime());
      say(hasFloor);
      if (hasFloor && send(packet, samples)) {
        packets++;
      } else {
        dropped++;
      }
    }

    private void say(boolean hasFloor) {
      if (hasFloor && !heard) {
        LOG.info("{} talks to {}", name, camera);
      } else if (!hasFloor && !refused) {
        LOG.info("{} is not heard at {}, since another talks to it", name, camera);
      }
      heard = hasFloor;
      refused = !hasFloor;
    }

    private boolean send(RtpPacket packet, int samples) {
      int length = packet.payloadLength();
      if (length == 0 || length > BackChannel.MOST_BYTES) {
        return false;
      }
      return isTaken(line.format()) && line.send(packet.payload().retain(), samples);
    }

    /** Whether the camera takes what is sent; the payload type is the connection's affair. */
    private boolean isTaken(Optional<MediaFormat> format) {
      if (!format.equals(lastFormat)) {
        lastFormat = format;
        taken =
            format
                .map(Talkers::stream)
                .filter(to -> TrackMatch.isSame(media, to))
                .filter(to -> to.formatParameters().equals(media.formatParameters()))
                .isPresent();
      }
      return taken;
    }

    /** The camera's connection reports by its own clock. */
    @Override
    public void reported(int of, long ntp, long rtpTime) {}

    @Override
    public long packets() {
      return packets;
    }

    @Override
    public long dropped() {
      return dropped;
    }

    @Override
    public void close() {
      floor.leave(this);
      if (open.remove(this) && packets + dropped > 0) {
        LOG.info(
            "{} no longer talks to {}: {} packets, {} dropped", name, camera, packets, dropped);
      }
    }
  }
}
