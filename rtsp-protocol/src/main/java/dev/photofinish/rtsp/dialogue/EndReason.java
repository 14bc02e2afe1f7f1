package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.message.RtspUrl;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The reason why a dialogue, or the connection it was held on, is over.
 *
 * @param reason human-readable: what was seen, to which request
 * @param location where the camera sent us, with {@link Kind#REDIRECTED} alone
 * @param status what the camera answered, with {@link Kind#AT_CAPACITY} alone; else 0
 * @param retryAfter for how long the camera asked to be left alone, with {@link Kind#AT_CAPACITY}
 *     alone; zero if it did not
 */
public record EndReason(
    Kind kind, String reason, @Nullable RtspUrl location, int status, Duration retryAfter) {

  /** The kinds, by what follows. */
  public enum Kind {
    /** We left: TEARDOWN was answered, or was not in time. */
    LEFT,
    /** Go on at {@link EndReason#location}. */
    REDIRECTED,
    /** 401 to our credentials: trying again locks accounts. */
    UNAUTHORIZED,
    /** 401, and there are no credentials that may be sent to this host. */
    LOGIN_NEEDED,
    /** 401, and no challenge that can be answered: no credentials were sent. */
    LOGIN_UNKNOWN,
    /** 453 or 503: no place for one more client. */
    AT_CAPACITY,
    /** 404 to DESCRIBE: there is no stream at this address. */
    NOT_FOUND,
    /** 457 to PLAY: there is nothing to play in that range. */
    NO_SUCH_RANGE,
    /** 461 to each transport that was offered, or keys that are of no use for what is encrypted. */
    NO_TRANSPORT,
    /** 461 to PLAY by a transport that SETUP was granted by: another may bring the media. */
    TRANSPORT_REFUSED,
    /** Any other answer that stops us. */
    REFUSED,
    /** 454 before there was a session to lose. */
    SESSION_LOST,
    /** We lack what it needs, such as ports. */
    LOCAL,
    /** No answer. */
    SILENT,
    /** The camera said that it is over. */
    ENDED_BY_CAMERA,
    /** The camera's answer breaks the protocol. */
    BROKEN,
    /** What answers at the address speaks another protocol. */
    NOT_RTSP,
    /** The connection was closed by the camera. */
    CLOSED,
    /** The connection was reset, or the network gave up on it. */
    RESET,
    /** All of the recording that was asked for was played. */
    PLAYED_TO_THE_END,
    /** Neither media nor an answer. */
    DEAD,
    /** Answers, but no media for too long. */
    STALLED,
    /** Plays over UDP, and nothing of it reaches us. */
    UNREACHED
  }

  public EndReason(Kind kind, String reason) {
    this(kind, reason, null, 0, Duration.ZERO);
  }
}
