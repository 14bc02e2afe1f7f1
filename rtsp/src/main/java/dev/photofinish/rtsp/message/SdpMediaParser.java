package dev.photofinish.rtsp.message;

import java.util.ArrayList;
import java.util.Arrays;
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
  private final String[] fields;
  private final List<Attribute> attributes = new ArrayList<>();
  private OptionalDouble bandwidth = OptionalDouble.empty();

  /**
   * @param line what follows {@code m=}, for example {@code video 0 RTP/AVP 96}
   */
  SdpMediaParser(int lineNumber, String line) {
    this.lineNumber = lineNumber;
    this.line = line;
    this.fields = line.split("\\s+", -1);
  }

  private RtspFormatException malformed(String expected) {
    return new RtspFormatException("SDP line " + lineNumber, "m=" + line, expected + SHAPE);
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

  /**
   * The media with all its lines.
   *
   * @throws RtspFormatException if the media line cannot be used
   */
  MediaDescription finish(Optional<Direction> sessionDirection) throws RtspFormatException {
    if (fields.length < 4) {
      throw malformed("");
    }
    return new MediaDescription(
        type(),
        port(),
        fields[2],
        formats(),
        Attribute.find(attributes, "control").filter(url -> !url.isEmpty()),
        direction(attributes).or(() -> sessionDirection),
        bandwidth,
        frameRate(),
        attributes);
  }

  /** Without what TP-Link adds: {@code application/TP-LINK}. */
  private String type() {
    return fields[0].toLowerCase(Locale.ROOT).replaceFirst("/.*", "");
  }

  /** Without a count of ports, {@code 49170/2}. */
  private int port() throws RtspFormatException {
    OptionalLong port = Syntax.unsigned(fields[1].replaceFirst("/.*", ""), HIGHEST_PORT);
    if (port.isEmpty()) {
      throw malformed("a port from 0 to 65535 in ");
    }
    return (int) port.getAsLong();
  }

  private List<MediaFormat> formats() throws RtspFormatException {
    List<RtpMap> maps =
        values("rtpmap").stream().flatMap(value -> RtpMap.parse(value).stream()).toList();
    List<MediaFormat> known = payloadTypes(maps).stream().map(pt -> format(pt, maps)).toList();
    if (known.isEmpty()) {
      throw malformed("payload types from 0 to 127 in ");
    }
    return known;
  }

  /** Those of the media line; where it has none, as TP-Link's, those of the rtpmap lines. */
  private List<Integer> payloadTypes(List<RtpMap> maps) {
    List<Integer> listed =
        Arrays.stream(fields)
            .skip(3)
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
            .map(this::withChannels)
            .findFirst()
            .or(() -> StaticPayloadType.find(payloadType))
            .orElse(new RtpMap(payloadType, "", OptionalInt.empty(), OptionalInt.empty()));
    return new MediaFormat(
        payloadType, map.codec(), map.clockRate(), map.channels(), fmtp(payloadType));
  }

  /** RFC 4566 section 6: "This parameter is OPTIONAL and may be omitted if the number is one." */
  private RtpMap withChannels(RtpMap map) {
    boolean one = map.channels().isEmpty() && type().equals("audio");
    return one
        ? new RtpMap(map.payloadType(), map.codec(), map.clockRate(), OptionalInt.of(1))
        : map;
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
