package dev.photofinish.rtsp.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * One transport of a Transport header (RFC 2326 section 12.39).
 *
 * @param protocol for example {@code RTP/AVP} or {@code RTP/AVP/TCP}, in the sender's spelling;
 *     empty if the sender names none
 * @param interleaved the channels of {@code $} frames on the RTSP connection
 * @param clientPort the client's UDP ports
 * @param serverPort the server's UDP ports
 * @param ssrc the sender's synchronisation source; empty if missing or not 32 bits of hex, which
 *     some cameras send
 * @param parameters all others, in order: unicast, mode, source, destination, ttl and what nobody
 *     specified
 */
public record TransportHeader(
    String protocol,
    Optional<Pair> interleaved,
    Optional<Pair> clientPort,
    Optional<Pair> serverPort,
    OptionalLong ssrc,
    List<Parameter> parameters) {

  /** Keeps a copy of the list. */
  public TransportHeader {
    parameters = List.copyOf(parameters);
  }

  /** RTP interleaved on the connection, as a client asks for it. */
  public static TransportHeader tcp(int rtpChannel) {
    var channels = Optional.of(new Pair(rtpChannel, rtpChannel + 1));
    return unicast("RTP/AVP/TCP", channels, Optional.empty());
  }

  /** RTP to two UDP ports of ours, as a client asks for it. */
  public static TransportHeader udp(int rtpPort) {
    return udp("RTP/AVP", rtpPort);
  }

  /** RTP to two UDP ports of ours, the protocol as it is to be spelled. */
  public static TransportHeader udp(String protocol, int rtpPort) {
    var ports = Optional.of(new Pair(rtpPort, rtpPort + 1));
    return unicast(protocol, Optional.empty(), ports);
  }

  /**
   * RTP to a group of the server's choice, as a client asks for it.
   *
   * @param ttl hops that the packets may take; empty for the server's choice
   */
  public static TransportHeader multicast(OptionalInt ttl) {
    var parameters = new ArrayList<Parameter>();
    parameters.add(new Parameter("multicast", Optional.empty()));
    ttl.ifPresent(hops -> parameters.add(new Parameter("ttl", Optional.of("" + hops))));
    return new TransportHeader(
        "RTP/AVP",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        parameters);
  }

  /** The same by another profile than {@code RTP/AVP}, such as {@code RTP/SAVP}. */
  public TransportHeader withProfile(String profile) {
    return new TransportHeader(
        protocol.replace("RTP/AVP", profile),
        interleaved,
        clientPort,
        serverPort,
        ssrc,
        parameters);
  }

  /** The same for what the client sends ({@code mode=record}). */
  public TransportHeader recording() {
    var all = new ArrayList<>(parameters);
    all.add(new Parameter("mode", Optional.of("record")));
    return new TransportHeader(protocol, interleaved, clientPort, serverPort, ssrc, all);
  }

  private static TransportHeader unicast(
      String protocol, Optional<Pair> interleaved, Optional<Pair> clientPort) {
    var unicast = List.of(new Parameter("unicast", Optional.empty()));
    return new TransportHeader(
        protocol, interleaved, clientPort, Optional.empty(), OptionalLong.empty(), unicast);
  }

  /**
   * Reads a header of one transport or of several separated by commas; never empty.
   *
   * @throws RtspFormatException if there is none, or channels or ports that cannot be used
   */
  public static List<TransportHeader> parseAll(String value) throws RtspFormatException {
    var transports = new ArrayList<TransportHeader>();
    for (String transport : Syntax.split(value, ',')) {
      transports.add(TransportParser.parse(transport));
    }
    if (transports.isEmpty()) {
      throw new RtspFormatException(
          "Transport header", value, "a transport, for example RTP/AVP/TCP;interleaved=0-1");
    }
    return transports;
  }

  /**
   * Reads the transport of a response, the first if there are several.
   *
   * @throws RtspFormatException as {@link #parseAll}
   */
  public static TransportHeader parse(String value) throws RtspFormatException {
    return parseAll(value).get(0);
  }

  /** Whether media comes interleaved on the connection, by the protocol or by the channels. */
  public boolean isTcp() {
    return protocol.toUpperCase(Locale.ROOT).endsWith("/TCP") || interleaved.isPresent();
  }

  /** Whether media comes to a group. */
  public boolean isMulticast() {
    return parameters.stream().anyMatch(parameter -> parameter.is("multicast"));
  }

  /**
   * The ports of a group; empty if not said.
   *
   * @throws RtspFormatException if they cannot be read
   */
  public Optional<Pair> groupPorts() throws RtspFormatException {
    Optional<String> ports = parameter("port");
    return ports.isPresent()
        ? Optional.of(Pair.parse(ports.get(), Pair.HIGHEST_PORT, "port of the Transport header"))
        : Optional.empty();
  }

  /** The hops that packets to a group take, 0 to 255; empty if not said, or not a number. */
  public OptionalInt ttl() {
    return parameter("ttl").map(MulticastGroup::ttl).orElse(OptionalInt.empty());
  }

  /** The value of one of the other parameters, compared without case. */
  public Optional<String> parameter(String name) {
    return parameters.stream()
        .filter(parameter -> parameter.is(name))
        .findFirst()
        .flatMap(Parameter::value);
  }

  /** The header's value. */
  @Override
  public String toString() {
    var parts = new ArrayList<String>();
    if (!protocol.isEmpty()) {
      parts.add(protocol);
    }
    parameters.forEach(parameter -> parts.add(parameter.toString()));
    interleaved.ifPresent(pair -> parts.add("interleaved=" + pair));
    clientPort.ifPresent(pair -> parts.add("client_port=" + pair));
    serverPort.ifPresent(pair -> parts.add("server_port=" + pair));
    ssrc.ifPresent(source -> parts.add(String.format("ssrc=%08X", source)));
    return parts.stream().collect(Collectors.joining(";"));
  }
}
