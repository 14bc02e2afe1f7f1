package dev.photofinish.rtsp.dialogue.server;

import java.time.Duration;

/**
 * The settings of a server that hold for each of its connections.
 *
 * @param serverName what the {@code Server} header says
 * @param sessionTimeout after which a session without a sign of life is closed, in whole seconds;
 *     default 60 s
 * @param idleTimeout after which a connection without a session and without a request is closed;
 *     default 60 s
 * @param sourceTimeout in which a driver answers a ticket, a camera's set-up included; then the
 *     reader is answered 504; default 15 s
 * @param nonceLifetime after which a Digest nonce is replaced; default 5 min
 * @param failedLogins after which the connection is closed; default 5
 * @param pendingRequests that may wait behind the one being answered; with more the connection is
 *     closed; default 16
 * @param sessions that a connection may have, 4 at most; default 4
 */
public record ServerSettings(
    String serverName,
    Duration sessionTimeout,
    Duration idleTimeout,
    Duration sourceTimeout,
    Duration nonceLifetime,
    int failedLogins,
    int pendingRequests,
    int sessions) {

  /** The most sessions of a connection: 16 tracks each have their channels beside each other. */
  public static final int MOST_SESSIONS = 4;

  /** Refuses what is not above zero, and more sessions than {@link #MOST_SESSIONS}. */
  public ServerSettings {
    positive("sessionTimeout", sessionTimeout.toSeconds());
    positive("idleTimeout", idleTimeout.toNanos());
    positive("sourceTimeout", sourceTimeout.toNanos());
    positive("nonceLifetime", nonceLifetime.toNanos());
    positive("failedLogins", failedLogins);
    positive("pendingRequests", pendingRequests);
    positive("sessions", sessions);
    if (sessions > MOST_SESSIONS) {
      throw new IllegalArgumentException("sessions must be at most " + MOST_SESSIONS);
    }
  }

  private static void positive(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1: " + value);
    }
  }

  /** The defaults. */
  public static final ServerSettings DEFAULT =
      new ServerSettings(
          "photofinish",
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofSeconds(15),
          Duration.ofMinutes(5),
          5,
          16,
          4);
}
