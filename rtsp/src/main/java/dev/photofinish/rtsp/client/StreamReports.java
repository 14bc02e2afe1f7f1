package dev.photofinish.rtsp.client;

import dev.photofinish.clientlimit.ClientLimit;
import dev.photofinish.race.RaceReport;
import dev.photofinish.rtsp.message.MediaFormat;
import dev.photofinish.rtsp.transport.ReceivedPacket;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports what happens to one stream to its listeners. Its state is read by any thread. */
final class StreamReports {
  private static final Logger LOG = LoggerFactory.getLogger(CameraStream.class);

  private final CameraStream stream;
  private final CameraListener listeners;
  private final StreamFrames frames;
  private boolean saidKeys;
  private boolean saidNoBackChannel;
  private volatile CameraState state = CameraState.CONNECTING;

  StreamReports(CameraStream stream, CameraListener listeners) {
    this.stream = stream;
    this.listeners = listeners;
    this.frames = new StreamFrames(stream.url());
    if (Listeners.takesFrames(listeners)) {
      frames.add(new ListenerFrames(stream, listeners));
    }
  }

  CameraState state() {
    return state;
  }

  void state(CameraState to, String reason) {
    CameraState from = state;
    state = to;
    listeners.state(stream, from, to, reason);
    if (to.isFinal()) {
      frames.over(to == CameraState.FAILED ? stream.url() + ": " + reason : null);
    }
  }

  /** The frames of its media, for all who take them. */
  StreamFrames frames() {
    return frames;
  }

  void race(RaceReport report) {
    listeners.race(stream, report);
  }

  void retry(int attempt, Duration delay, String strategy, String reason) {
    listeners.retry(stream, attempt, delay, strategy, reason);
  }

  void described(List<MediaStream> streams, List<LeftOutMedia> leftOut) {
    listeners.described(stream, streams, leftOut);
  }

  /**
   * Whether audio can be sent to the camera is known.
   *
   * @param missing why it cannot; empty where it can, and where nobody asked for it
   */
  void backChannel(Optional<MediaFormat> format, String missing) {
    format.ifPresent(takes -> LOG.info("{}: takes audio: {}", stream.url(), describe(takes)));
    if (!missing.isEmpty() && !saidNoBackChannel) {
      saidNoBackChannel = true;
      LOG.warn("{}: audio cannot be sent to the camera: {}", stream.url(), missing);
    }
  }

  private static String describe(MediaFormat format) {
    String codec = format.codec().isEmpty() ? "unknown" : format.codec();
    OptionalInt rate = format.clockRate();
    return rate.isPresent() ? codec + "/" + rate.getAsInt() : codec;
  }

  /** Keys came by which anyone who reads the connection decrypts the media: said once. */
  void keysCameInTheClear() {
    if (!saidKeys) {
      saidKeys = true;
      LOG.warn(
          "{}: media is encrypted (SRTP), but its keys come over a connection that is not: use an"
              + " rtsps:// address, if the camera has one",
          stream.url());
    }
  }

  void packet(MediaStream media, ReceivedPacket packet) {
    listeners.packet(stream, new RtpPacket(media, packet, packet.buffer(), packet.index()));
  }

  void rtcp(MediaStream media, ByteBuf packet) {
    listeners.rtcp(stream, media, packet);
  }

  /** What is known of an endpoint changed; null when it proved wrong. */
  void device(String endpoint, @Nullable ClientLimit profile) {
    listeners.device(stream, endpoint, profile);
  }
}
