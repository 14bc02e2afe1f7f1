package dev.photofinish.cli.gst;

import dev.photofinish.relay.source.SourceTrack;
import dev.photofinish.rtsp.client.MediaStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The caps of a track's packets as text, with the fields that {@code rtspsrc} makes of a session
 * description: {@code application/x-rtp, media=(string)"video", payload=(int)96, ...}.
 */
final class CapsText {
  /** Beside letters and digits, what the name of a field may have. */
  private static final String NAME = "_-+/:.";

  private static final int MOST_PARAMETERS = 64;

  private final Map<String, String> fields = new LinkedHashMap<>();

  private CapsText() {}

  static String of(SourceTrack track) {
    CapsText caps = new CapsText();
    MediaStream media = track.media();
    caps.string("media", media.media());
    caps.number("payload", "int", media.payloadType());
    if (media.clockRate() > 0) {
      caps.number("clock-rate", "int", media.clockRate());
    }
    if (!media.codec().equals("unknown")) {
      caps.string("encoding-name", media.codec().toUpperCase(Locale.ROOT));
    }
    if (media.channels() > 0) {
      caps.string("encoding-params", String.valueOf(media.channels()));
    }
    caps.number("ssrc", "uint", track.ssrc());
    caps.parameters(media.formatParameters());
    StringBuilder text = new StringBuilder("application/x-rtp");
    caps.fields.forEach((name, value) -> text.append(", ").append(name).append('=').append(value));
    return text.toString();
  }

  private void number(String name, String type, long value) {
    fields.put(name, "(" + type + ")" + value);
  }

  private void string(String name, String value) {
    fields.put(name, "(string)" + quoted(value));
  }

  /** RFC 4566 {@code fmtp}: parameters between semicolons; one without a value is 1. */
  private void parameters(String text) {
    for (String parameter : text.split(";", MOST_PARAMETERS + 1)) {
      int equals = parameter.indexOf('=');
      String name = (equals < 0 ? parameter : parameter.substring(0, equals)).strip();
      String value = equals < 0 ? "1" : unquoted(parameter.substring(equals + 1).strip());
      String field = name.toLowerCase(Locale.ROOT);
      if (isName(field) && fields.size() < MOST_PARAMETERS) {
        fields.putIfAbsent(field, "(string)" + quoted(value));
      }
    }
  }

  private static boolean isName(String text) {
    return !text.isEmpty()
        && isLetter(text.charAt(0))
        && text.chars().allMatch(c -> isLetter(c) || isDigit(c) || NAME.indexOf(c) >= 0);
  }

  private static boolean isLetter(int c) {
    return c >= 'a' && c <= 'z';
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /** Some cameras quote values; depayloaders do not expect it. */
  private static String unquoted(String value) {
    boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  /** As {@code gst_value_deserialize} reads it: what is no printable ASCII is octal. */
  private static String quoted(String value) {
    StringBuilder text = new StringBuilder("\"");
    for (byte signed : value.getBytes(StandardCharsets.UTF_8)) {
      int octet = signed & 0xff;
      if (octet == '"' || octet == '\\') {
        text.append('\\').append((char) octet);
      } else if (octet >= ' ' && octet < 0x7f) {
        text.append((char) octet);
      } else {
        text.append(String.format(Locale.ROOT, "\\%03o", octet));
      }
    }
    return text.append('"').toString();
  }
}
