package dev.photofinish.rtsp.stream;

import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Stage;
import dev.photofinish.rtsp.dialogue.EndReason;
import dev.photofinish.rtsp.message.RtspUrl;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The side of a stream that knows the devices that it dials: answers what a {@link StreamMachine}
 * asks about them, and takes what it reports. All streams of a client share the answers, so that
 * none costs another its place.
 *
 * @param <C> the driver's connections
 */
public interface StreamLimits<C extends PlayedConnection> {

  /** Whether an address that a redirect named can be dialled at all. */
  boolean canDial(RtspUrl redirect);

  /** Asks for places for the next race; null for the camera's own addresses. */
  Admission admit(@Nullable RtspUrl redirect);

  /** Whether the device closes an older connection for a newer one. */
  boolean dropsOldest();

  /** Whether the stream may have one more connection beside {@code silent}. */
  boolean hasRoomBeside(C silent);

  /**
   * What the device left undone in an attempt that came no further than {@code stage},
   * human-readable: {@code the first request (DESCRIBE) was not answered}, {@code no media came}.
   *
   * @param endpoint which of those that were raced, from 0
   */
  String undone(int endpoint, Stage stage);

  /** How long the next race may take. */
  Duration racingTimeout();

  /** Gives the device's next races more time; false where there is no more. */
  boolean allowMoreTime();

  /**
   * A race was decided.
   *
   * @param silent the connection that stood before it, if one did
   * @param goingDown whether the device may be: what it reset then says nothing of a limit
   */
  void raced(RaceReport report, @Nullable C silent, boolean goingDown);

  /** The connection has media, for the first time or again. */
  void playing(C connection);

  /** A connection that had won its race is closed. */
  void ended(C connection, EndReason end);
}
