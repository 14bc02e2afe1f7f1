package dev.photofinish.rtsp.codec;

import dev.photofinish.rtp.RtpFormatException;
import dev.photofinish.rtsp.message.Attribute;
import dev.photofinish.rtsp.message.Authorization;
import dev.photofinish.rtsp.message.Challenge;
import dev.photofinish.rtsp.message.HeaderNames;
import dev.photofinish.rtsp.message.Headers;
import dev.photofinish.rtsp.message.MediaDescription;
import dev.photofinish.rtsp.message.MediaFormat;
import dev.photofinish.rtsp.message.Method;
import dev.photofinish.rtsp.message.PresentationUrls;
import dev.photofinish.rtsp.message.RangeHeader;
import dev.photofinish.rtsp.message.Received;
import dev.photofinish.rtsp.message.RtpInfo;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.RtspMessage;
import dev.photofinish.rtsp.message.RtspUrl;
import dev.photofinish.rtsp.message.SessionDescription;
import dev.photofinish.rtsp.message.SessionHeader;
import dev.photofinish.rtsp.message.TransportHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Prints what was understood of a camera's data, as lines that a person can compare with the data.
 */
final class CameraDataText {
  private static final String ASKED = "rtsp://camera/asked";

  /** Reads something, or says what is wrong with it. */
  @FunctionalInterface
  interface Reading {
    List<String> lines() throws RtspFormatException, RtpFormatException;
  }

  private CameraDataText() {}

  static List<String> orError(Reading reading) {
    try {
      return reading.lines();
    } catch (RtspFormatException | RtpFormatException e) {
      return List.of("error: " + e.getMessage());
    }
  }

  static List<String> sdp(String text) {
    return orError(() -> sdp(SessionDescription.parse(text), Headers.empty()));
  }

  private static List<String> sdp(SessionDescription sdp, Headers headers)
      throws RtspFormatException {
    var lines = new ArrayList<String>();
    var urls = PresentationUrls.of(RtspUrl.parse(ASKED), headers, sdp);
    lines.add("session " + quote(sdp.name()) + " -> " + urls.aggregate());
    for (MediaDescription media : sdp.media()) {
      lines.add(media(sdp, media) + " -> " + urls.media(media));
      media.formats().forEach(format -> lines.add("  " + format(format)));
    }
    sdp.leftOut().forEach(error -> lines.add("left out: " + error));
    return lines;
  }

  private static String media(SessionDescription sdp, MediaDescription media) {
    return media.type()
        + (media.port() == 0 ? "" : " port " + media.port())
        + " "
        + media.protocol()
        + media.direction().map(direction -> " " + direction).orElse("")
        + (sdp.isBackChannel(media) ? " BACK CHANNEL" : "")
        + number(" kbit/s ", media.bandwidth())
        + number(" fps ", media.frameRate())
        + " attributes "
        + String.join(",", media.attributes().stream().map(Attribute::name).toList());
  }

  private static String format(MediaFormat format) {
    String names =
        String.join(",", format.fmtp().stream().map(parameter -> parameter.name()).toList());
    return format.payloadType()
        + " "
        + (format.codec().isEmpty() ? "unknown" : format.codec())
        + number("/", format.clockRate())
        + number("/", format.channels())
        + (names.isEmpty() ? "" : " fmtp " + names);
  }

  private static String number(String before, OptionalInt value) {
    return value.isPresent() ? before + value.getAsInt() : "";
  }

  private static String number(String before, OptionalDouble value) {
    return value.isPresent() ? before + value.getAsDouble() : "";
  }

  private static String quote(String text) {
    return '"' + text + '"';
  }

  /** Every event of a connection; frames are counted by channel. */
  static List<String> connection(byte[] bytes) {
    Decoded decoded = Decoded.of(bytes);
    var lines = new ArrayList<String>();
    for (Object event : decoded.events) {
      if (event instanceof Received received) {
        lines.add("at " + received.offset() + ": " + received.message().startLine());
        lines.addAll(message(received.message()).stream().map(line -> "  " + line).toList());
      } else if (event instanceof StrayBytes stray) {
        lines.add("at " + stray.offset() + ": " + stray.length() + " stray bytes");
      } else if (event instanceof Throwable error) {
        lines.add("error: " + error.getMessage());
      }
    }
    lines.addAll(frames(decoded.frames()));
    return lines.isEmpty() ? List.of("nothing") : lines;
  }

  private static List<String> frames(List<Decoded.Frame> frames) {
    var counts = new TreeMap<Integer, int[]>();
    for (Decoded.Frame frame : frames) {
      int[] count = counts.computeIfAbsent(frame.channel(), channel -> new int[2]);
      count[0]++;
      count[1] += frame.length();
    }
    return counts.entrySet().stream()
        .map(
            e ->
                "channel "
                    + e.getKey()
                    + ": "
                    + e.getValue()[0]
                    + " frames, "
                    + e.getValue()[1]
                    + " bytes")
        .toList();
  }

  private static List<String> message(RtspMessage message) {
    Headers headers = message.headers();
    var lines = new ArrayList<String>();
    lines.add(
        "CSeq "
            + (message.cseq().isPresent() ? message.cseq().getAsInt() : "missing")
            + ", "
            + headers.entries().size()
            + " headers, "
            + message.body());
    value(headers, HeaderNames.SESSION)
        .ifPresent(v -> lines.addAll(orError(() -> List.of("Session " + SessionHeader.parse(v)))));
    value(headers, HeaderNames.TRANSPORT)
        .ifPresent(v -> lines.addAll(orError(() -> transports(v))));
    value(headers, HeaderNames.RTP_INFO).ifPresent(v -> lines.addAll(orError(() -> rtpInfo(v))));
    value(headers, HeaderNames.RANGE)
        .ifPresent(v -> lines.addAll(orError(() -> List.of("Range " + RangeHeader.parse(v)))));
    value(headers, HeaderNames.PUBLIC)
        .ifPresent(v -> lines.add("Public " + Method.parseAll(List.of(v))));
    if (headers.has(HeaderNames.WWW_AUTHENTICATE)) {
      lines.addAll(orError(() -> challenges(headers.all(HeaderNames.WWW_AUTHENTICATE))));
    }
    if (headers.has(HeaderNames.AUTHORIZATION)) {
      lines.add("Authorization present");
    }
    if (message.body().text().startsWith("v=") || message.body().text().contains("\nm=")) {
      lines.addAll(orError(() -> sdp(SessionDescription.parse(message.body().text()), headers)));
    }
    return lines;
  }

  private static Optional<String> value(Headers headers, String name) {
    return headers.first(name);
  }

  private static List<String> transports(String value) throws RtspFormatException {
    return TransportHeader.parseAll(value).stream()
        .map(transport -> "Transport " + (transport.isTcp() ? "TCP " : "") + transport)
        .toList();
  }

  private static List<String> rtpInfo(String value) throws RtspFormatException {
    return RtpInfo.parseAll(value).stream().map(stream -> "RTP-Info " + stream).toList();
  }

  private static List<String> challenges(List<String> values) throws RtspFormatException {
    return Challenge.parseAll(values).stream().map(c -> "Challenge " + c).toList();
  }

  /** A header's value, by the name of the header in the data. */
  static List<String> header(String name, String value) {
    return orError(
        () ->
            switch (name) {
              case "authenticate" -> challenges(List.of(value));
              case "authorization" -> authorization(value);
              case "range" -> List.of("Range " + RangeHeader.parse(value));
              case "rtp_info" -> rtpInfo(value);
              case "session" -> List.of("Session " + SessionHeader.parse(value));
              case "transport" -> transports(value);
              default -> List.of("not read: " + name);
            });
  }

  /** All of it: the data's credentials are examples of RFCs and tests. */
  private static List<String> authorization(String value) throws RtspFormatException {
    return List.of("Authorization " + Authorization.parse(value).headerValue());
  }
}
