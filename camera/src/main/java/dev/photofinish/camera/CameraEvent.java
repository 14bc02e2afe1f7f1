package dev.photofinish.camera;

import java.time.Duration;

/**
 * An event at a camera.
 *
 * @param at since the camera was started
 * @param connection which connection, numbered from 1 in the order in which they were accepted; 0
 *     for the camera as a whole
 * @param detail method, session or reason; never a password
 */
public record CameraEvent(Duration at, Kind kind, int connection, String detail) {

  /** The kinds of events. */
  public enum Kind {
    CONNECTED,
    /** A connection is over; the detail says who ended it. */
    CLOSED,
    /** A connection was closed, reset or left in silence because there were too many. */
    LIMITED,
    /** A request was answered 453 or 503 because the camera had no slot, or as a penalty. */
    REFUSED,
    /** A penalty for a client that came back too soon begins or grows. */
    BANNED,
    /** The POST connection of an HTTP tunnel came; the GET connection is the client. */
    POST_JOINED,
    /** The POST connection of an HTTP tunnel is closed. */
    POST_CLOSED,
    REQUEST,
    /** Something that is not RTSP arrived. */
    MALFORMED,
    SESSION_OPENED,
    /** A session is gone; the detail says why. */
    SESSION_ENDED,
    /** The connection of a session closed without TEARDOWN, or the session timed out. */
    SESSION_LEFT_BEHIND,
    /** A session had no request for the session timeout. */
    SESSION_EXPIRED,
    WRONG_CREDENTIALS,
    /** Wrong credentials locked the account. */
    LOCKED,
    PLAYING,
    MEDIA_STOPPED,
    /** A client asked for a key frame in a way that is answered with one. */
    KEY_FRAME_ASKED,
    /** Nothing is answered or sent for a while; the detail says why and how long. */
    FROZEN,
    /** The camera went down: connections dropped, new ones refused. */
    DOWN,
    UP
  }

  @Override
  public String toString() {
    String who = connection == 0 ? "camera" : "connection " + connection;
    return at.toMillis() + " ms " + who + " " + kind + (detail.isEmpty() ? "" : " " + detail);
  }
}
