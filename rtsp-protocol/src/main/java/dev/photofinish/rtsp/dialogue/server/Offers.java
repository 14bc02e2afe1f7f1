package dev.photofinish.rtsp.dialogue.server;

import dev.photofinish.rtsp.message.HeaderNames;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.RtspRequest;
import dev.photofinish.rtsp.message.TransportHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads the transports that a reader offers, in its order (RFC 2326 section 12.39). */
final class Offers {
  private static final int MOST = 8;

  /** An empty one: some readers name the channels alone. */
  private static final Set<String> PROTOCOLS = Set.of("", "RTP/AVP", "RTP/AVP/UDP", "RTP/AVP/TCP");

  private static final String SECURED = "RTP/SAVP";

  private Offers() {}

  /** The direction that a SETUP asks for, by the mode of its first transport. */
  enum Mode {
    PLAY,
    RECORD,
    UNSAID
  }

  /** RFC 2326 section 12.39: the default is PLAY; which some publishers forget. */
  static Mode mode(RtspRequest request) {
    try {
      String header = request.headers().first(HeaderNames.TRANSPORT).orElse("");
      return mode(TransportHeader.parse(header));
    } catch (RtspFormatException e) {
      return Mode.UNSAID;
    }
  }

  /** {@code receive} is what older publishers, and servers of Darwin's kind, say for RECORD. */
  static Mode mode(TransportHeader asked) {
    String mode = asked.parameter("mode").orElse("");
    if (mode.isEmpty()) {
      return Mode.UNSAID;
    }
    boolean records = mode.equalsIgnoreCase("RECORD") || mode.equalsIgnoreCase("RECEIVE");
    return records ? Mode.RECORD : Mode.PLAY;
  }

  /**
   * Those that can be served at all, at most 8.
   *
   * @param publishing whether the session is one for recording
   * @param toServer whether media comes from the client
   * @param secured whether the media is described with keys; then plain protocols are taken too,
   *     and mean encrypted ones: FFmpeg asks so for what is {@code RTP/SAVP}
   * @throws RtspFormatException if a transport cannot be read
   */
  static List<TransportHeader> read(
      RtspRequest request, boolean publishing, boolean toServer, boolean secured)
      throws RtspFormatException {
    var offers = new ArrayList<TransportHeader>();
    for (String header : request.headers().all(HeaderNames.TRANSPORT)) {
      for (TransportHeader asked : TransportHeader.parseAll(header)) {
        boolean known = isKnown(asked, secured) && isMeant(asked, publishing);
        if (offers.size() < MOST && known && hasWay(asked, toServer)) {
          offers.add(asked);
        }
      }
    }
    return offers;
  }

  /** {@code RTP/SAVP} alone where there are keys. */
  private static boolean isKnown(TransportHeader asked, boolean secured) {
    String protocol = asked.protocol().toUpperCase(Locale.ROOT);
    boolean savp = secured && protocol.startsWith(SECURED);
    return PROTOCOLS.contains(savp ? "RTP/" + protocol.substring("RTP/S".length()) : protocol);
  }

  /** In the direction of the session. */
  private static boolean isMeant(TransportHeader asked, boolean publishing) {
    String mode = asked.parameter("mode").orElse("PLAY");
    return publishing ? mode(asked) != Mode.PLAY : mode.equalsIgnoreCase("PLAY");
  }

  /**
   * Unicast over UDP needs ports; multicast has to be said, though RFC 2326 has it as default, and
   * is no way to one server.
   */
  private static boolean hasWay(TransportHeader asked, boolean toServer) {
    boolean ports =
        asked.clientPort().filter(pair -> pair.rtp() > 0 && pair.rtcp() > 0).isPresent();
    return asked.isTcp() || (asked.isMulticast() ? !toServer : ports);
  }

  /** What the driver is asked for; one of those that were {@link #read}. */
  static TransportOffer offer(TransportHeader asked, Sessions sessions) {
    if (asked.isTcp()) {
      return new TransportOffer.Interleaved(sessions.channels(asked.interleaved()));
    }
    return asked.isMulticast()
        ? new TransportOffer.Multicast(asked.ttl())
        : new TransportOffer.Udp(asked.clientPort().orElseThrow());
  }
}
