package dev.photofinish.rtsp.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Collects the lines of one media and makes it when all are there. */
final class SdpMediaParser {
  private static final int HIGHEST_PORT = 65535;
  private static final int HIGHEST_PAYLOAD_TYPE = 127;
  private static final String SHAPE = "<media> <port> <protocol> <payload types>";

  private final int lineNumber;
  private final String line;
  private final String type;
  private final int port;
  private final String protocol;
  private final List<String> formats;
  private final List<Attribute> attributes = new ArrayList<>();
  private OptionalDouble bandwidth = OptionalDouble.empty();

  private SdpMediaParser(int lineNumber, String line, String[] fields, int port) {
    this.lineNumber = lineNumber;
    this.line = line;
    this.type = fields[0].toLowerCase(Locale.ROOT).replaceFirst("/.*", "");
    this.port = port;
    this.protocol = fields[2];
    this.formats = List.of(fields).subList(3, fields.length);
  }

  /** Reads {@code video 0 RTP/AVP 96}; a count after the port, {@code 49170/2}, is ignored. */
  static SdpMediaParser begin(int lineNumber, String line) throws RtspFormatException {
    String[] fields = line.split("\\s+");
    if (fields.length < 4) {
      throw malformed(lineNumber, line, SHAPE);
    }
    OptionalLong port = Syntax.unsigned(fields[1].replaceFirst("/.*", ""), HIGHEST_PORT);
    if (port.isEmpty()) {
      throw malformed(lineNumber, line, "a port from 0 to 65535 in " + SHAPE);
    }
    return new SdpMediaParser(lineNumber, line, fields, (int) port.getAsLong());
  }

  private static RtspFormatException malformed(int lineNumber, String line, String expected) {
    return new RtspFormatException("SDP line " + lineNumber, "m=" + line, expected);
  }

  List<Attribute> attributes() {
    return attributes;
  }

  void bandwidth(String value) {
    String[] parts = value.split(":", 2);
    OptionalInt number = parts.length < 2 ? OptionalInt.empty() : Syntax.unsigned(parts[1].trim());
    if (number.isPresent() && bandwidth.isEmpty()) {
      if (parts[0].equalsIgnoreCase("AS")) {
        bandwidth = OptionalDouble.of(number.getAsInt());
      } else if (parts[0].equalsIgnoreCase("TIAS")) {
        bandwidth = OptionalDouble.of(number.getAsInt() / 1000.0);
      }
    }
  }

  static Optional<Direction> direction(List<Attribute> attributes) {
    return attributes.stream()
        .flatMap(attribute -> Direction.of(attribute.name()).stream())
        .findFirst();
  }

  MediaDescription finish(Optional<Direction> sessionDirection) throws RtspFormatException {
    return new MediaDescription(
        type,
        port,
        protocol,
        formats(),
        Attribute.find(attributes, "control").filter(url -> !url.isEmpty()),
        direction(attributes).or(() -> sessionDirection),
        bandwidth,
        frameRate(),
        attributes);
  }

  private List<MediaFormat> formats() throws RtspFormatException {
    List<RtpMap> maps =
        values("rtpmap").stream().flatMap(value -> RtpMap.parse(value).stream()).toList();
    List<MediaFormat> known = payloadTypes(maps).stream().map(pt -> format(pt, maps)).toList();
    if (known.isEmpty()) {
      throw malformed(lineNumber, line, "payload types from 0 to 127 in " + SHAPE);
    }
    return known;
  }

  /** Those of the media line; where it has none, as TP-Link's, those of the rtpmap lines. */
  private List<Integer> payloadTypes(List<RtpMap> maps) {
    List<Integer> listed =
        formats.stream()
            .map(format -> (int) Syntax.unsigned(format, HIGHEST_PAYLOAD_TYPE).orElse(-1))
            .filter(payloadType -> payloadType >= 0)
            .distinct()
            .toList();
    return listed.isEmpty() ? maps.stream().map(RtpMap::payloadType).distinct().toList() : listed;
  }

  private MediaFormat format(int payloadType, List<RtpMap> maps) {
    RtpMap map =
        maps.stream()
            .filter(candidate -> candidate.payloadType() == payloadType)
            .findFirst()
            .or(() -> StaticPayloadType.find(payloadType))
            .orElse(new RtpMap(payloadType, "", OptionalInt.empty(), OptionalInt.empty()));
    return new MediaFormat(
        payloadType, map.codec(), map.clockRate(), map.channels(), fmtp(payloadType));
  }

  private List<Parameter> fmtp(int payloadType) {
    for (String value : values("fmtp")) {
      String[] parts = value.split("\\s+", 2);
      if (parts.length == 2 && Syntax.unsigned(parts[0]).orElse(-1) == payloadType) {
        return Parameter.parseAll(parts[1], ';');
      }
    }
    return List.of();
  }

  private List<String> values(String name) {
    return attributes.stream()
        .filter(attribute -> attribute.name().equalsIgnoreCase(name))
        .map(Attribute::value)
        .toList();
  }

  /** The first that is a number: H264DVR sends {@code 0S} before the true one. */
  private OptionalDouble frameRate() {
    return values("framerate").stream()
        .filter(value -> value.matches("[0-9]{1,6}(\\.[0-9]{1,9})?"))
        .mapToDouble(Double::parseDouble)
        .findFirst();
  }
}
