package dev.photofinish.rtsp.client;

import dev.photofinish.clientlimit.ClientLimit;
import dev.photofinish.connect.observe.RaceListener;
import dev.photofinish.race.RaceReport;
import dev.photofinish.rtp.format.Frame;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes what a {@link CameraStream} reports to its user. All methods of one stream are called on
 * one thread, in the order things happened.
 *
 * <p><b>They must not block.</b> The thread is one of the client's few event loops, at most four
 * unless the client was given others, and each loop serves many cameras: a method that blocks
 * stalls its own stream and every other stream of the same loop, a quarter of all cameras or more;
 * no packet of theirs is read and no keep-alive is sent meanwhile. Work that takes time belongs on
 * a thread of the user's: retain the packet and hand it over, or take packets from a {@link
 * PacketReader} and frames from a {@link FrameReader}.
 *
 * <p>An exception thrown here is logged and otherwise ignored.
 */
public interface CameraListener {
  /** Takes everything and does nothing. */
  CameraListener NONE = new CameraListener() {};

  /** Reports each event to all of {@code listeners}, in this order, whatever one of them throws. */
  static CameraListener all(CameraListener... listeners) {
    return new Listeners(listeners);
  }

  /**
   * The listener of the stream's races while they run, called on the thread of the other methods.
   * Asked for once, on the thread that opens the stream and before its first race; {@link #race}
   * brings the reports in any case.
   */
  default RaceListener races(CameraStream stream) {
    return RaceListener.NONE;
  }

  /**
   * The stream went from one state to another.
   *
   * @param reason human-readable: what was seen, with address, time and CSeq where there is one
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
   * What is known of how many clients a camera takes has changed; every stream of the client
   * follows it ({@link RtspClient#profile}).
   *
   * @param endpoint such as {@code camera.example:554}
   * @param profile null when it showed that it takes more than was thought
   */
  default void device(CameraStream stream, String endpoint, @Nullable ClientLimit profile) {}

  /**
   * A connection's media are set up; packets of these streams follow. Each packet has one of these
   * very objects, by which ({@code ==}) it is told from one of the connection before, which may
   * have been described alike and may send until this one does.
   */
  default void described(CameraStream stream, List<MediaStream> streams) {}

  /**
   * As {@link #described(CameraStream, List)}, which it calls unless it is overridden.
   *
   * @param leftOut the media that were asked for, as {@code media} says, and could not be set up
   */
  default void described(
      CameraStream stream, List<MediaStream> streams, List<LeftOutMedia> leftOut) {
    described(stream, streams);
  }

  /**
   * One RTP packet, in the order of arrival.
   *
   * <p>The packet belongs to the client and is valid only during the call: {@code retain()} it to
   * keep it longer, and {@code release()} it then.
   */
  default void packet(CameraStream stream, RtpPacket packet) {}

  /**
   * One frame: a picture, some audio, a document. Frames are put together only for listeners that
   * override this method, and come after the packet that completes them; media of a payload format
   * that is not known come as packets alone, which the log says once.
   *
   * <p>All frames come, also those before the first key frame ({@link Frame#isKeyFrame}) and
   * damaged ones ({@link Frame#isDamaged}). {@link Frame#time} is on one clock for all media and
   * goes on from one connection to the next, where {@link Frame#isDiscontinuity} is set.
   *
   * <p>The frame belongs to the client and is valid only during the call: {@code retain()} it to
   * keep it longer, and {@code release()} it then, or {@link Frame#copy} it.
   */
  default void frame(CameraStream stream, MediaStream media, Frame frame) {}

  /**
   * One RTCP compound packet (RFC 3550 section 6.1), as it came. Valid only during the call, like
   * an RTP packet.
   */
  default void rtcp(CameraStream stream, MediaStream media, ByteBuf packet) {}
}
