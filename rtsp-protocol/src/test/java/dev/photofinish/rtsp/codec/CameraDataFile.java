package dev.photofinish.rtsp.codec;

import dev.photofinish.rtp.RtcpPacket;
import dev.photofinish.rtp.RtpFormatException;
import dev.photofinish.rtp.RtpHeader;
import io.netty.buffer.ByteBufUtil;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One file of the camera data, read in the way of its kind. */
record CameraDataFile(Path path) {
  private static final Pattern PACKET = Pattern.compile("\"([0-9a-f]{24,})\"");
  private static final Pattern JSON_SDP = Pattern.compile("\"mediaDescription\": \"([^\"]*)\"");
  private static final Pattern NAMED = Pattern.compile("# (.*?)  \\(.*\\)\n(.*)\n?");
  private static final Pattern GO_VALUE = Pattern.compile("(?:string|\\[]byte)\\(\"(.*)\"\\)");
  private static final Pattern CURL_REPLY =
      Pattern.compile("<(data[0-9]*)(?: crlf=\"headers\")?>\n(.*?)</\\1>", Pattern.DOTALL);

  byte[] bytes() {
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  String name() {
    return path.getFileName().toString();
  }

  /** What the library makes of the file. */
  List<String> description() {
    if (name().startsWith("headers__")) {
      return headers();
    }
    if (name().startsWith("fuzz__")) {
      return fuzzSeed();
    }
    if (name().endsWith(".json")) {
      return dump();
    }
    if (name().endsWith(".xml")) {
      return curlReplies();
    }
    if (text().contains("----8<----")) {
      return responses();
    }
    if (name().startsWith("sdp_test_")) {
      return CameraDataText.sdp(text().replaceAll("\\\\n\\\\\r?\n", "\n"));
    }
    if (name().endsWith(".pcap") || name().equals("bunny.rtsp")) {
      return CameraDataText.connection(bytes());
    }
    boolean sdp = name().endsWith(".sdp") || name().endsWith("_sdp.txt");
    boolean message = text().stripLeading().matches("(?s)(RTSP/|[A-Z_]+ ).*");
    return sdp && !message ? CameraDataText.sdp(text()) : messages(text());
  }

  private List<String> headers() {
    String header = name().replaceAll("headers__|\\.txt", "");
    var lines = new ArrayList<String>();
    Matcher named = NAMED.matcher(text());
    while (named.find()) {
      lines.add(named.group(1));
      CameraDataText.header(header, named.group(2)).forEach(line -> lines.add("  " + line));
    }
    return lines;
  }

  private List<String> fuzzSeed() {
    var lines = new ArrayList<String>();
    String kind = name().replaceFirst("fuzz__", "").replaceFirst("__[0-9a-f]+\\.txt", "");
    for (byte[] value : goValues()) {
      lines.addAll(fuzzed(kind, value));
    }
    return lines;
  }

  private static List<String> fuzzed(String kind, byte[] value) {
    String text = new String(value, StandardCharsets.UTF_8);
    return switch (kind) {
      case "headers__FuzzAuthenticateUnmarshal" -> CameraDataText.header("authenticate", text);
      case "headers__FuzzAuthorizationUnmarshal" -> CameraDataText.header("authorization", text);
      case "headers__FuzzRangeUnmarshal" -> CameraDataText.header("range", text);
      case "headers__FuzzRTPInfoUnmarshal" -> CameraDataText.header("rtp_info", text);
      case "headers__FuzzSessionUnmarshal" -> CameraDataText.header("session", text);
      case "headers__FuzzTransportsUnmarshal", "headers__FuzzKeyValParse" ->
          CameraDataText.header("transport", text);
      case "sdpunmarshaler__FuzzUnmarshal", "description__FuzzSessionUnmarshal" ->
          CameraDataText.sdp(text);
      case "rtcpunmarshaler__FuzzUnmarshal" -> CameraDataText.orError(() -> rtcp(value));
      default -> CameraDataText.connection(value);
    };
  }

  private static List<String> rtcp(byte[] value) throws RtpFormatException {
    return List.of(RtcpPacket.parseAll(ByteBuffer.wrap(value)).toString());
  }

  /** The values of a corpus file of Go's fuzzer: Go string literals. */
  List<byte[]> goValues() {
    return text()
        .lines()
        .map(GO_VALUE::matcher)
        .filter(Matcher::matches)
        .map(literal -> GoLiteral.bytes(literal.group(1)))
        .toList();
  }

  private List<String> dump() {
    var lines = new ArrayList<>(CameraDataText.sdp(dumpedSdp()));
    lines.addAll(CameraDataText.orError(() -> List.of(rtp(packets()))));
    return lines;
  }

  /** The description in a dump. */
  String dumpedSdp() {
    Matcher sdp = JSON_SDP.matcher(text());
    if (!sdp.find()) {
      throw new AssertionError("no description in " + path);
    }
    return sdp.group(1).replace("\\r\\n", "\r\n");
  }

  /** The RTP packets of a dump, from hex. */
  List<byte[]> packets() {
    var packets = new ArrayList<byte[]>();
    Matcher packet = PACKET.matcher(text());
    while (packet.find()) {
      packets.add(ByteBufUtil.decodeHexDump(packet.group(1)));
    }
    return packets;
  }

  private static String rtp(List<byte[]> packets) throws RtpFormatException {
    long payload = 0;
    int gaps = 0;
    int markers = 0;
    RtpHeader first = null;
    RtpHeader last = null;
    for (byte[] packet : packets) {
      RtpHeader header = RtpHeader.parse(ByteBuffer.wrap(packet));
      gaps += last != null && header.sequence() != (last.sequence() + 1) % 65536 ? 1 : 0;
      markers += header.marker() ? 1 : 0;
      payload += header.payloadLength();
      first = first == null ? header : first;
      last = header;
    }
    return packets.size()
        + " packets, "
        + gaps
        + " gaps, "
        + markers
        + " markers, "
        + payload
        + " bytes of payload, first "
        + first
        + ", last "
        + last;
  }

  private List<String> curlReplies() {
    var connection = new StringBuilder();
    Matcher reply = CURL_REPLY.matcher(text());
    while (reply.find()) {
      connection.append(curlText(reply.group(2)));
    }
    return CameraDataText.connection(connection.toString().getBytes(StandardCharsets.UTF_8));
  }

  static String curlText(String text) {
    return text.replace("%CR", "\r").replaceAll("%repeat\\[10 x  ]%", " ".repeat(10));
  }

  private List<String> responses() {
    var lines = new ArrayList<String>();
    for (String response : List.of(text().split("\n----8<----\n"))) {
      lines.addAll(messages(response));
    }
    return lines;
  }

  /** A message that the extraction left without the empty line at its end is read with it too. */
  private static List<String> messages(String text) {
    List<String> asItIs = CameraDataText.connection(text.getBytes(StandardCharsets.UTF_8));
    if (!asItIs.get(asItIs.size() - 1).contains("expected an empty line")) {
      return asItIs;
    }
    var lines = new ArrayList<>(asItIs);
    lines.add("with an empty line added:");
    lines.addAll(CameraDataText.connection((text + "\r\n\r\n").getBytes(StandardCharsets.UTF_8)));
    return lines;
  }
}
