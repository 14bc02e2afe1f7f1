package dev.photofinish.rtsp.dialogue.server;

import dev.photofinish.rtsp.key.MediaKeys;
import dev.photofinish.rtsp.message.Direction;
import dev.photofinish.rtsp.message.MediaDescription;
import dev.photofinish.rtsp.message.MediaFormat;
import dev.photofinish.rtsp.message.Parameter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/**
 * Writes the SDP of a served stream (RFC 4566, RFC 2326 appendix C).
 *
 * <p>Of what a camera described, the meaning is written, never its lines: nothing that it sent can
 * add a line, and controls, ports and addresses are the server's.
 */
public final class SessionDescriptionWriter {
  /** RFC 4585 section 4.2, and the way through relays. */
  private static final Set<String> WRITTEN = Set.of("rtcp-fb", "x-photofinish-relays");

  private final StringBuilder text = new StringBuilder();

  private SessionDescriptionWriter() {}

  /**
   * The SDP text, each line ended by CR LF. Tracks have the controls {@code trackID=1} and so on.
   * The back channel is {@code sendonly}, as the ONVIF Streaming Specification has it in section
   * 5.3: the direction is the client's.
   *
   * @param number of the session, for the {@code o=} line, 0 or more
   * @param ipv6 whether the server's address is of IPv6
   */
  public static String write(ServedStream stream, long number, boolean ipv6) {
    var writer = new SessionDescriptionWriter();
    writer.session(stream.title(), number, ipv6 ? "IN IP6 ::" : "IN IP4 0.0.0.0");
    for (int index = 0; index < stream.media().size(); index++) {
      MediaDescription media = stream.media().get(index);
      writer.media(media, index, media.direction(), stream.keys(index));
    }
    int last = stream.media().size();
    stream
        .backChannel()
        .ifPresent(
            media -> writer.media(media, last, Optional.of(Direction.SENDONLY), stream.keys(last)));
    return writer.text.toString();
  }

  /** The control of a track, by its index from 0: relative to the URL of the stream. */
  public static String control(int index) {
    return StreamUrl.control(index);
  }

  /** RFC 4566 section 5: the order of the lines is fixed. An empty name is written {@code -}. */
  private void session(String title, long number, String address) {
    String name = clean(title).trim();
    line("v=0");
    line("o=- " + number + " 1 " + address);
    line("s=" + (name.isEmpty() ? "-" : name));
    line("c=" + address);
    line("t=0 0");
    line("a=control:*");
    line("a=range:npt=now-");
  }

  private void media(
      MediaDescription media, int index, Optional<Direction> direction, Optional<ServedKeys> keys) {
    String types =
        media.formats().stream()
            .map(format -> String.valueOf(format.payloadType()))
            .collect(Collectors.joining(" "));
    line(
        "m=" + token(media.type()) + " 0 " + (keys.isPresent() ? "RTP/SAVP " : "RTP/AVP ") + types);
    media.bandwidth().ifPresent(this::bandwidth);
    media.formats().forEach(this::format);
    media.attributes().stream()
        .filter(attribute -> WRITTEN.contains(attribute.name()))
        .forEach(attribute -> line("a=" + attribute.name() + ":" + clean(attribute.value())));
    keys.map(ServedKeys::keys).map(MediaKeys::attributes).orElse(List.of()).stream()
        .map(attribute -> "a=" + attribute.name() + ":" + attribute.value())
        .forEach(this::line);
    media.frameRate().ifPresent(rate -> line("a=framerate:" + plain(rate)));
    direction.map(SessionDescriptionWriter::name).ifPresent(name -> line("a=" + name));
    line("a=control:" + control(index));
  }

  /** RFC 3890: {@code TIAS} is bits a second, for what is no whole number of kilobits. */
  private void bandwidth(double kilobits) {
    boolean whole = kilobits == Math.rint(kilobits);
    line(whole ? "b=AS:" + (long) kilobits : "b=TIAS:" + Math.round(1000 * kilobits));
  }

  private void format(MediaFormat format) {
    int type = format.payloadType();
    String codec = token(format.codec());
    if (!codec.isEmpty() && format.clockRate().isPresent()) {
      int channels = format.channels().orElse(1);
      String rate = codec + "/" + format.clockRate().getAsInt();
      line("a=rtpmap:" + type + " " + rate + (channels > 1 ? "/" + channels : ""));
    }
    if (!format.fmtp().isEmpty()) {
      String parameters =
          format.fmtp().stream()
              .map(SessionDescriptionWriter::parameter)
              .collect(Collectors.joining("; "));
      line("a=fmtp:" + type + " " + parameters);
    }
  }

  private static String parameter(Parameter parameter) {
    String name = clean(parameter.name()).replace(";", "").replace("\"", "");
    return new Parameter(name, parameter.value().map(SessionDescriptionWriter::clean)).toFmtp();
  }

  private static String name(Direction direction) {
    return direction.name().toLowerCase(Locale.ROOT);
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  private static String token(String name) {
    return kept(name, c -> c > ' ' && c < 0x7f && c != '/');
  }

  /** Without control characters: a line of SDP ends at the first. */
  private static String clean(String value) {
    return kept(value, c -> !Character.isISOControl(c));
  }

  private static String kept(String value, IntPredicate allowed) {
    return value
        .chars()
        .filter(allowed)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private void line(String line) {
    text.append(line).append("\r\n");
  }
}
