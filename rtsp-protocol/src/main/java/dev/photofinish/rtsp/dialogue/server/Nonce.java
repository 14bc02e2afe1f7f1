package dev.photofinish.rtsp.dialogue.server;

import dev.photofinish.rtsp.message.Authorization;
import dev.photofinish.rtsp.message.Authorization.ClientNonce;
import java.util.Optional;

/**
 * The nonce of a connection's challenges (RFC 7616 section 3.3): one at a time, for this connection
 * alone, so that an answer that was overheard is of no use on another.
 */
final class Nonce {
  private final ServerContext context;
  private String value = "";
  private long drawnAt;
  private int highestCount;

  Nonce(ServerContext context) {
    this.context = context;
  }

  /** The nonce to challenge with, drawn again when the last one is old. */
  String value(long now) {
    return value.isEmpty() || isOld(now) ? renewed(now) : value;
  }

  /** Another nonce than the last. */
  String renewed(long now) {
    value = context.drawId();
    drawnAt = now;
    highestCount = 0;
    return value;
  }

  /**
   * Whether an answer is made for this nonce, now, and is not a repetition: its {@code nc} is above
   * all before it. An answer without {@code qop}, as of RFC 2069, has none.
   */
  boolean isFresh(Authorization.Digest answer, long now) {
    if (value.isEmpty() || !answer.nonce().equals(value) || isOld(now)) {
      return false;
    }
    Optional<ClientNonce> counted = answer.counted().filter(ClientNonce::qop);
    if (counted.isEmpty()) {
      return true;
    }
    boolean isNew = counted.get().count() > highestCount;
    highestCount = Math.max(highestCount, counted.get().count());
    return isNew;
  }

  private boolean isOld(long now) {
    return now - drawnAt - context.settings().nonceLifetime().toNanos() >= 0;
  }
}
