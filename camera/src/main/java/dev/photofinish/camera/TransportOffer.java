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
 * @param tcp interleaved over TCP, else unicast over UDP
 * @param first the RTP channel or port; -1 where the client left it to the camera
 * @param second the RTCP channel or port
 */
record TransportOffer(boolean tcp, int first, int second) {

  private static final Pattern PAIR =
      Pattern.compile("(?:interleaved|client_port)=(\\d{1,5})(?:-(\\d{1,5}))?");

  /** The first alternative that {@code accepted} admits. */
  static Optional<TransportOffer> choose(String header, Transports accepted) {
    return Arrays.stream(header.split(",", -1))
        .map(TransportOffer::parse)
        .flatMap(Optional::stream)
        .filter(offer -> accepted != (offer.tcp ? Transports.UDP : Transports.TCP))
        .findFirst();
  }

  private static Optional<TransportOffer> parse(String text) {
    List<String> parts = Arrays.stream(text.split(";", -1)).map(String::strip).toList();
    String protocol = parts.get(0).toUpperCase(Locale.ROOT);
    boolean tcp = protocol.equals("RTP/AVP/TCP");
    boolean udp = protocol.equals("RTP/AVP") || protocol.equals("RTP/AVP/UDP");
    if ((!tcp && !udp) || parts.contains("multicast")) {
      return Optional.empty();
    }
    TransportOffer offer = pair(parts, tcp);
    return offer.valid() ? Optional.of(offer) : Optional.empty();
  }

  private static TransportOffer pair(List<String> parts, boolean tcp) {
    for (String part : parts) {
      Matcher matcher = PAIR.matcher(part);
      if (matcher.matches() && part.startsWith("interleaved") == tcp) {
        int first = Integer.parseInt(matcher.group(1));
        String second = matcher.group(2);
        return new TransportOffer(
            tcp, first, second == null ? first + 1 : Integer.parseInt(second));
      }
    }
    return new TransportOffer(tcp, -1, -1);
  }

  /** UDP needs ports to send to; a channel is one byte. */
  private boolean valid() {
    return tcp ? second <= 255 : first > 0 && second > 0 && first <= 65535 && second <= 65535;
  }
}
