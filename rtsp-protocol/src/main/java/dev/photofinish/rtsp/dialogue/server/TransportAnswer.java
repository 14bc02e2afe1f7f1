package dev.photofinish.rtsp.dialogue.server;

import dev.photofinish.rtsp.message.Pair;
import dev.photofinish.rtsp.message.Parameter;
import dev.photofinish.rtsp.message.TransportHeader;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes the Transport header of an answer to SETUP (RFC 2326 section 12.39). */
final class TransportAnswer {
  private TransportAnswer() {}

  /**
   * The transport that is open, in the protocol's spelling of the reader.
   *
   * @throws IllegalArgumentException where the driver opened another kind than it was asked for
   */
  static TransportHeader of(TransportHeader asked, TransportOffer made, ServedTransport open) {
    if (made instanceof TransportOffer.Secured secured) {
      return of(asked, secured.way(), open);
    }
    if (made instanceof TransportOffer.Interleaved offer
        && open instanceof ServedTransport.Interleaved) {
      return header(asked, open, Optional.of(offer.channels()), Optional.empty(), Optional.empty());
    }
    if (made instanceof TransportOffer.Udp offer && open instanceof ServedTransport.Udp udp) {
      return header(
          asked, open, Optional.empty(), Optional.of(offer.ports()), Optional.of(udp.ports()));
    }
    if (made instanceof TransportOffer.Multicast && open instanceof ServedTransport.Multicast) {
      return header(asked, open, Optional.empty(), Optional.empty(), Optional.empty());
    }
    throw new IllegalArgumentException(open + " is no answer to " + made);
  }

  private static TransportHeader header(
      TransportHeader asked,
      ServedTransport open,
      Optional<Pair> channels,
      Optional<Pair> clientPorts,
      Optional<Pair> serverPorts) {
    String protocol = asked.protocol();
    return new TransportHeader(
        protocol.isEmpty() ? "RTP/AVP" + (channels.isPresent() ? "/TCP" : "") : protocol,
        channels,
        clientPorts,
        serverPorts,
        open.ssrc(),
        parameters(asked, open));
  }

  private static List<Parameter> parameters(TransportHeader asked, ServedTransport open) {
    var parameters = new ArrayList<Parameter>();
    if (open instanceof ServedTransport.Multicast multicast) {
      parameters.add(new Parameter("multicast", Optional.empty()));
      parameters.add(parameter("destination", text(multicast.group())));
      multicast.source().ifPresent(source -> parameters.add(parameter("source", text(source))));
      parameters.add(parameter("port", multicast.ports().toString()));
      parameters.add(parameter("ttl", "" + multicast.ttl()));
      return parameters;
    }
    parameters.add(new Parameter("unicast", Optional.empty()));
    if (open instanceof ServedTransport.Udp udp) {
      udp.source().ifPresent(source -> parameters.add(parameter("source", text(source))));
    }
    if (Offers.mode(asked) == Offers.Mode.RECORD) {
      parameters.add(parameter("mode", asked.parameter("mode").orElseThrow()));
    }
    return parameters;
  }

  private static Parameter parameter(String name, String value) {
    return new Parameter(name, Optional.of(value));
  }

  /** Without a zone, which is this host's affair. */
  private static String text(InetAddress address) {
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    return zone < 0 ? text : text.substring(0, zone);
  }
}
