package dev.photofinish.rtsp.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads one transport; parameters come in any order, the protocol among them. */
final class TransportParser {
  private String protocol = "";
  private Optional<Pair> interleaved = Optional.empty();
  private Optional<Pair> clientPort = Optional.empty();
  private Optional<Pair> serverPort = Optional.empty();
  private OptionalLong ssrc = OptionalLong.empty();
  private final List<Parameter> others = new ArrayList<>();

  private TransportParser() {}

  static TransportHeader parse(String text) throws RtspFormatException {
    var parser = new TransportParser();
    for (Parameter parameter : Parameter.parseAll(text, ';')) {
      parser.add(parameter);
    }
    if (parser.saysNothing()) {
      throw new RtspFormatException(
          "Transport header", text, "a transport, for example RTP/AVP/TCP;interleaved=0-1");
    }
    return new TransportHeader(
        parser.protocol,
        parser.interleaved,
        parser.clientPort,
        parser.serverPort,
        parser.ssrc,
        parser.others);
  }

  private boolean saysNothing() {
    return protocol.isEmpty()
        && interleaved.isEmpty()
        && clientPort.isEmpty()
        && serverPort.isEmpty();
  }

  private void add(Parameter parameter) throws RtspFormatException {
    if (parameter.is("interleaved")) {
      interleaved = pair(parameter, Pair.HIGHEST_CHANNEL);
    } else if (parameter.is("client_port")) {
      clientPort = pair(parameter, Pair.HIGHEST_PORT);
    } else if (parameter.is("server_port")) {
      serverPort = pair(parameter, Pair.HIGHEST_PORT);
    } else if (parameter.is("ssrc")) {
      ssrc = Syntax.hex(parameter.text().trim());
    } else if (isProtocol(parameter)) {
      protocol = parameter.name();
    } else {
      others.add(parameter);
    }
  }

  private boolean isProtocol(Parameter parameter) {
    return protocol.isEmpty() && parameter.value().isEmpty() && parameter.name().contains("/");
  }

  private static Optional<Pair> pair(Parameter parameter, int highest) throws RtspFormatException {
    if (parameter.text().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Pair.parse(parameter.text(), highest, parameter.name() + " of the Transport header"));
  }
}
