package dev.photofinish.rtsp.client;

import dev.photofinish.clientlimit.ClientLimit;
import dev.photofinish.connect.RaceListener;
import dev.photofinish.race.RaceReport;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link CameraStream} tells its user. All methods of one stream are called on one thread,
 * in the order things happened, and must not block it: a listener that blocks is what stalls.
 *
 * <p>An exception thrown here is logged and otherwise ignored.
 */
public interface CameraListener {

  /** Tells each event to all of {@code listeners}, in this order, whatever one of them throws. */
  static CameraListener all(CameraListener... listeners) {
    return new Listeners(listeners);
  }

  /**
   * Who is told what happens in the stream's races while they are on, on the thread of the other
   * methods. Asked once, by who opens the stream and before its first race; {@link #race} brings
   * the reports in any case.
   */
  default RaceListener races(CameraStream stream) {
    return RaceListener.NONE;
  }

  /**
   * The stream went from one state to another.
   *
   * @param reason for people: what was seen, with address, time and CSeq where there is one
   */
  default void state(CameraStream stream, CameraState from, CameraState to, String reason) {}

  /** A race was decided, won or not. */
  default void race(CameraStream stream, RaceReport report) {}

  /**
   * The next race starts after {@code delay}.
   *
   * @param attempt the retry's number since media last was stable, from 1
   * @param strategy the retry strategy in the contract's words, such as {@code exponential-jitter}
   */
  default void retry(
      CameraStream stream, int attempt, Duration delay, String strategy, String reason) {}

  /**
   * What is known of how many clients a device takes has changed; every stream of the client goes
   * by it ({@link RtspClient#profile}).
   *
   * @param endpoint such as {@code camera.example:554}
   * @param profile null when it showed that it takes more than was thought
   */
  default void device(CameraStream stream, String endpoint, @Nullable ClientLimit profile) {}

  /** A connection's media are set up; packets of these streams follow. */
  default void described(CameraStream stream, List<MediaStream> streams) {}

  /**
   * One RTP packet, in the order of arrival.
   *
   * <p>The packet belongs to the client and is valid only during the call: {@code retain()} it to
   * keep it longer, and {@code release()} it then.
   */
  default void packet(CameraStream stream, RtpPacket packet) {}

  /**
   * One RTCP compound packet (RFC 3550 section 6.1), as it came. Valid only during the call, like
   * an RTP packet.
   */
  default void rtcp(CameraStream stream, MediaStream media, ByteBuf packet) {}
}
