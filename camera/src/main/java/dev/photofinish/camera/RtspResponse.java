package dev.photofinish.camera;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A response under construction, RFC 2326 section 7. */
final class RtspResponse {

  private static final Map<Integer, String> REASONS =
      Map.ofEntries(
          Map.entry(200, "OK"),
          Map.entry(302, "Moved Temporarily"),
          Map.entry(400, "Bad Request"),
          Map.entry(401, "Unauthorized"),
          Map.entry(404, "Not Found"),
          Map.entry(405, "Method Not Allowed"),
          Map.entry(453, "Not Enough Bandwidth"),
          Map.entry(454, "Session Not Found"),
          Map.entry(455, "Method Not Valid in This State"),
          Map.entry(457, "Invalid Range"),
          Map.entry(459, "Aggregate Operation Not Allowed"),
          Map.entry(461, "Unsupported Transport"),
          Map.entry(500, "Internal Server Error"),
          Map.entry(501, "Not Implemented"),
          Map.entry(503, "Service Unavailable"),
          Map.entry(505, "RTSP Version Not Supported"),
          Map.entry(551, "Option not supported"));

  private record Header(String name, String value) {}

  private final int status;
  private final List<Header> headers = new ArrayList<>();
  private String body = "";

  RtspResponse(int status) {
    this.status = status;
  }

  /** The answer to {@code request}. */
  static RtspResponse to(RtspRequest request, int status) {
    return new RtspResponse(status)
        .header("CSeq", request.header("CSeq").orElse("0"))
        .header("Server", "Photofinish simulated camera");
  }

  RtspResponse header(String name, String value) {
    headers.add(new Header(name, value));
    return this;
  }

  RtspResponse body(String contentType, String text) {
    body = text;
    return header("Content-Type", contentType)
        .header("Content-Length", String.valueOf(text.getBytes(StandardCharsets.UTF_8).length));
  }

  /** The bytes on the wire, with the quirks that {@code options} ask for. */
  byte[] encode(CameraOptions options) {
    String end = options.get(Knob.BARE_LF) ? "\n" : "\r\n";
    boolean lower = options.get(Knob.LOWER_CASE);
    StringBuilder out = new StringBuilder("RTSP/1.0 " + status + " " + REASONS.get(status) + end);
    for (Header header : headers) {
      String name = lower ? header.name().toLowerCase(Locale.ROOT) : header.name();
      out.append(name).append(": ").append(header.value()).append(end);
    }
    return out.append(end).append(body).toString().getBytes(StandardCharsets.UTF_8);
  }
}
