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

  private Offers() {}

  /**
   * Those that can be served at all, at most 8.
   *
   * @throws RtspFormatException if a transport cannot be read
   */
  static List<TransportHeader> read(RtspRequest request) throws RtspFormatException {
    var offers = new ArrayList<TransportHeader>();
    for (String header : request.headers().all(HeaderNames.TRANSPORT)) {
      for (TransportHeader asked : TransportHeader.parseAll(header)) {
        if (offers.size() < MOST && isPlain(asked) && hasWay(asked)) {
          offers.add(asked);
        }
      }
    }
    return offers;
  }

  /** Neither encrypted nor for what a reader sends. */
  private static boolean isPlain(TransportHeader asked) {
    String mode = asked.parameter("mode").orElse("PLAY");
    return PROTOCOLS.contains(asked.protocol().toUpperCase(Locale.ROOT))
        && mode.equalsIgnoreCase("PLAY");
  }

  /** Unicast over UDP needs ports; multicast has to be said, though RFC 2326 has it as default. */
  private static boolean hasWay(TransportHeader asked) {
    boolean ports =
        asked.clientPort().filter(pair -> pair.rtp() > 0 && pair.rtcp() > 0).isPresent();
    return asked.isTcp() || asked.isMulticast() || ports;
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
