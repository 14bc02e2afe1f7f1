package dev.photofinish.rtsp.transport;

import dev.photofinish.rtsp.dialogue.EndReason;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.RtspLimitException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the messages of one connection that cannot be read. One does no harm while media flows; it
 * is said once, and after {@value #MOST} within a minute the connection is given up.
 */
public final class MalformedMessages {
  private static final Logger LOG = LoggerFactory.getLogger(MalformedMessages.class);

  static final int MOST = 1000;
  private static final long WINDOW_NANOS = 60_000_000_000L;

  private int count;
  private long since;
  private boolean said;

  /**
   * One more came. In the set-up it was the answer, and one beyond a limit cannot be skipped:
   * either is the end.
   *
   * @param playing whether media flows
   * @return why the connection is given up; empty if it is not
   */
  public Optional<EndReason> add(
      String remote, RtspFormatException wrong, boolean playing, long now) {
    String message = String.valueOf(wrong.getMessage());
    if (!playing && OtherProtocol.isHttp(wrong)) {
      return Optional.of(OtherProtocol.http(remote, wrong));
    }
    if (wrong instanceof RtspLimitException || !playing) {
      return Optional.of(new EndReason(EndReason.Kind.BROKEN, message));
    }
    if (count == 0 || now - since >= WINDOW_NANOS) {
      since = now;
      count = 0;
    }
    count++;
    if (!said) {
      said = true;
      LOG.warn("{}: {}; said once for this connection", remote, message);
    }
    String why = " messages within a minute that break the protocol, the last: ";
    return count <= MOST
        ? Optional.empty()
        : Optional.of(new EndReason(EndReason.Kind.BROKEN, MOST + why + message));
  }
}
