package dev.photofinish.camera;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One alternative of a client's {@code Transport} header, RFC 2326 section 12.39.
 *
 * @param first the RTP channel or port; -1 where the client left it to the camera
 * @param second the RTCP channel or port
 * @param ttl hops for packets to a group; 0 where the client left them to the camera
 */
record TransportOffer(Transports kind, int first, int second, int ttl) {

  private static final Pattern TTL = Pattern.compile("ttl=(\\d{1,3})");
  private static final Pattern PAIR =
      Pattern.compile("(?:interleaved|client_port)=(\\d{1,5})(?:-(\\d{1,5}))?");

  /**
   * The first alternative that {@code accepted} admits.
   *
   * @param hasGroup whether packets can be sent to a group
   */
  static Optional<TransportOffer> choose(String header, Transports accepted, boolean hasGroup) {
    return Arrays.stream(header.split(",", -1))
        .map(TransportOffer::parse)
        .flatMap(Optional::stream)
        .filter(offer -> accepted == Transports.BOTH || accepted == offer.kind)
        .filter(offer -> hasGroup || offer.kind != Transports.MULTICAST)
        .findFirst();
  }

  boolean tcp() {
    return kind == Transports.TCP;
  }

  private static Optional<TransportOffer> parse(String text) {
    List<String> parts = Arrays.stream(text.split(";", -1)).map(String::strip).toList();
    String protocol = parts.get(0).toUpperCase(Locale.ROOT);
    boolean tcp = protocol.equals("RTP/AVP/TCP");
    boolean udp = protocol.equals("RTP/AVP") || protocol.equals("RTP/AVP/UDP");
    if (udp && parts.contains("multicast")) {
      return Optional.of(new TransportOffer(Transports.MULTICAST, -1, -1, ttl(parts)));
    }
    if ((!tcp && !udp) || parts.contains("multicast")) {
      return Optional.empty();
    }
    TransportOffer offer = pair(parts, tcp);
    return offer.valid() ? Optional.of(offer) : Optional.empty();
  }

  private static int ttl(List<String> parts) {
    for (String part : parts) {
      Matcher matcher = TTL.matcher(part);
      if (matcher.matches()) {
        return Math.min(255, Integer.parseInt(matcher.group(1)));
      }
    }
    return 0;
  }

  private static TransportOffer pair(List<String> parts, boolean tcp) {
    Transports kind = tcp ? Transports.TCP : Transports.UDP;
    for (String part : parts) {
      Matcher matcher = PAIR.matcher(part);
      if (matcher.matches() && part.startsWith("interleaved") == tcp) {
        int first = Integer.parseInt(matcher.group(1));
        String second = matcher.group(2);
        return new TransportOffer(
            kind, first, second == null ? first + 1 : Integer.parseInt(second), 0);
      }
    }
    return new TransportOffer(kind, -1, -1, 0);
  }

  /** UDP needs ports to send to; a channel is one byte. */
  private boolean valid() {
    return tcp() ? second <= 255 : first > 0 && second > 0 && first <= 65535 && second <= 65535;
  }
}
