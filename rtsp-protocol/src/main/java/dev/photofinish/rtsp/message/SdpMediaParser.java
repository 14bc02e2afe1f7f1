package dev.photofinish.rtsp.message;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Collects the lines of one media and makes it when all are there. */
final class SdpMediaParser {
  private static final int HIGHEST_PORT = 65535;
  private static final int HIGHEST_PAYLOAD_TYPE = 127;
  static final String SOURCE_FILTER = "source-filter";
  private static final String SHAPE = "<media> <port> <protocol> <payload types>";

  private final int lineNumber;
  private final String line;
  private final List<String> fields;
  private final List<Attribute> attributes = new ArrayList<>();
  private Map<Integer, List<Parameter>> fmtp = Map.of();
  private OptionalDouble bandwidth = OptionalDouble.empty();
  private Optional<String> connection = Optional.empty();

  /**
   * @param line what follows {@code m=}, for example {@code video 0 RTP/AVP 96}
   */
  SdpMediaParser(int lineNumber, String line) {
    this.lineNumber = lineNumber;
    this.line = line;
    this.fields = fields(line);
  }

  private static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    var scanner = new TextScanner(line);
    while (!scanner.isAtEnd()) {
      fields.add(scanner.run(c -> !TextScanner.isSpace(c)));
      scanner.space();
    }
    return fields;
  }

  private RtspFormatException malformed(String expected) {
    return new RtspFormatException("SDP line " + lineNumber, "m=" + line, expected + SHAPE);
  }

  List<Attribute> attributes() {
    return attributes;
  }

  void connection(String value) {
    connection = Optional.of(value);
  }

  void bandwidth(String value) {
    int colon = Math.max(0, value.indexOf(':'));
    String modifier = value.substring(0, colon);
    OptionalInt number =
        Syntax.unsigned(value.substring(Math.min(colon + 1, value.length())).trim());
    if (number.isPresent() && bandwidth.isEmpty()) {
      if (modifier.equalsIgnoreCase("AS")) {
        bandwidth = OptionalDouble.of(number.getAsInt());
      } else if (modifier.equalsIgnoreCase("TIAS")) {
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
   * @param sessionDirection holds where the media has none of its own, and so do the next two
   * @param misplaced format parameters that stand under a media which does not list their payload
   *     type, by payload type
   * @throws RtspFormatException if the media line cannot be used
   */
  MediaDescription finish(
      Optional<Direction> sessionDirection,
      Optional<String> sessionConnection,
      Optional<String> sessionSourceFilter,
      Map<Integer, List<Parameter>> misplaced)
      throws RtspFormatException {
    fmtp = new LinkedHashMap<>(misplaced);
    fmtp.putAll(fmtp());
    if (fields.size() < 3) {
      throw malformed("");
    }
    return new MediaDescription(
        type(),
        port(),
        fields.get(2),
        formats(),
        Attribute.find(attributes, "control").filter(url -> !url.isEmpty()),
        direction(attributes).or(() -> sessionDirection),
        connection.or(() -> sessionConnection),
        Attribute.find(attributes, SOURCE_FILTER).or(() -> sessionSourceFilter),
        bandwidth,
        frameRate(),
        attributes);
  }

  /** Without what TP-Link adds: {@code application/TP-LINK}. */
  private String type() {
    return beforeSlash(fields.get(0)).toLowerCase(Locale.ROOT);
  }

  private static String beforeSlash(String field) {
    int slash = field.indexOf('/');
    return slash < 0 ? field : field.substring(0, slash);
  }

  /** Without a count of ports, {@code 49170/2}. */
  private int port() throws RtspFormatException {
    OptionalLong port = Syntax.unsigned(beforeSlash(fields.get(1)), HIGHEST_PORT);
    if (port.isEmpty()) {
      throw malformed("a port from 0 to 65535 in ");
    }
    return (int) port.getAsLong();
  }

  private List<MediaFormat> formats() throws RtspFormatException {
    Map<Integer, RtpMap> maps = new LinkedHashMap<>();
    for (String value : values("rtpmap")) {
      RtpMap.parse(value).ifPresent(map -> maps.putIfAbsent(map.payloadType(), map));
    }
    List<MediaFormat> known =
        payloadTypes(maps.keySet()).stream().map(type -> format(type, maps)).toList();
    if (known.isEmpty()) {
      throw malformed("payload types from 0 to 127 in ");
    }
    return known;
  }

  /** Those of the media line; where it has no number, as TP-Link's, those of the rtpmap lines. */
  private List<Integer> payloadTypes(Set<Integer> mapped) {
    List<Integer> listed =
        fields.stream()
            .skip(3)
            .map(format -> (int) Syntax.unsigned(format, HIGHEST_PAYLOAD_TYPE).orElse(-1))
            .filter(payloadType -> payloadType >= 0)
            .distinct()
            .toList();
    return listed.isEmpty() ? List.copyOf(mapped) : listed;
  }

  /** Whether the media line names {@code payloadType}. */
  boolean lists(int payloadType) {
    return fields.size() > 3 && fields.subList(3, fields.size()).contains("" + payloadType);
  }

  private MediaFormat format(int payloadType, Map<Integer, RtpMap> maps) {
    RtpMap map =
        Optional.ofNullable(maps.get(payloadType))
            .map(this::withChannels)
            .or(() -> StaticPayloadType.find(payloadType))
            .orElse(new RtpMap(payloadType, "", OptionalInt.empty(), OptionalInt.empty()));
    return new MediaFormat(
        payloadType,
        map.codec(),
        map.clockRate(),
        map.channels(),
        fmtp.getOrDefault(payloadType, List.of()));
  }

  /** RFC 4566 section 6: "This parameter is OPTIONAL and may be omitted if the number is one." */
  private RtpMap withChannels(RtpMap map) {
    boolean one = map.channels().isEmpty() && type().equals("audio");
    return one
        ? new RtpMap(map.payloadType(), map.codec(), map.clockRate(), OptionalInt.of(1))
        : map;
  }

  /** The format parameters of this media's attributes by payload type; the first ones count. */
  Map<Integer, List<Parameter>> fmtp() {
    Map<Integer, List<Parameter>> byType = new LinkedHashMap<>();
    for (String value : values("fmtp")) {
      var scanner = new TextScanner(value);
      long type =
          Syntax.unsigned(scanner.run(TextScanner::isDigit), HIGHEST_PAYLOAD_TYPE).orElse(-1);
      if (type >= 0 && scanner.space()) {
        byType.putIfAbsent((int) type, Parameter.parseAll(scanner.rest(), ';'));
      }
    }
    return byType;
  }

  private List<String> values(String name) {
    return attributes.stream()
        .filter(attribute -> attribute.name().equalsIgnoreCase(name))
        .map(Attribute::value)
        .toList();
  }

  private static boolean isRate(String text) {
    int dot = text.indexOf('.');
    String whole = dot < 0 ? text : text.substring(0, dot);
    return TextScanner.consistsOf(whole, 1, 6, TextScanner::isDigit)
        && (dot < 0 || TextScanner.consistsOf(text.substring(dot + 1), 1, 9, TextScanner::isDigit));
  }

  /** The first that is a number: H264DVR sends {@code 0S} before the true one. */
  private OptionalDouble frameRate() {
    return values("framerate").stream()
        .filter(SdpMediaParser::isRate)
        .mapToDouble(Double::parseDouble)
        .findFirst();
  }
}
