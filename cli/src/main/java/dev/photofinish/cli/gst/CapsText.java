package dev.photofinish.cli.gst;

import dev.photofinish.relay.source.SourceTrack;
import dev.photofinish.rtsp.client.MediaStream;
import dev.photofinish.rtsp.message.Attribute;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The caps of a track's packets as text, with the fields that {@code rtspsrc} makes of a session
 * description: {@code application/x-rtp, media=(string)"video", payload=(int)96, ...}.
 */
final class CapsText {
  /** Beside letters and digits, what the name of a field may have. */
  private static final String NAME = "_-+/:.";

  private static final int MOST_PARAMETERS = 64;

  /**
   * Attributes that are fields already, that have keys, or that are about what the camera sent: its
   * SSRC and its timestamps are others here.
   */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "rtpmap",
          "fmtp",
          "control",
          "range",
          "rtcp-fb",
          "crypto",
          "key-mgmt",
          "ssrc",
          "rid",
          "simulcast",
          "ts-refclk",
          "mediaclk");

  /** RFC 8285 section 5, without a direction and without attributes. */
  private static final Pattern EXTENSION = Pattern.compile("([0-9]{1,4}) +(\\S+)");

  private final Map<String, String> fields = new LinkedHashMap<>();

  private CapsText() {}

  /**
   * The caps of what comes.
   *
   * @param attributes of the session and of the media, in this order
   */
  static String of(SourceTrack track, List<Attribute> attributes) {
    CapsText caps = new CapsText();
    caps.media(track.media());
    caps.number("ssrc", "uint", track.ssrc());
    caps.parameters(track.media().formatParameters());
    attributes.forEach(attribute -> caps.attribute(attribute, track.media().payloadType()));
    return caps.text();
  }

  /** The caps of what the camera takes, marked as {@code rtspsrc} marks them. */
  static String ofBackChannel(MediaStream media) {
    CapsText caps = new CapsText();
    caps.media(media);
    caps.parameters(media.formatParameters());
    caps.string("a-sendonly", "");
    return caps.text();
  }

  private void media(MediaStream media) {
    string("media", media.media());
    number("payload", "int", media.payloadType());
    if (media.clockRate() > 0) {
      number("clock-rate", "int", media.clockRate());
    }
    if (!media.codec().equals("unknown")) {
      string("encoding-name", media.codec().toUpperCase(Locale.ROOT));
    }
    if (media.channels() > 0) {
      string("encoding-params", String.valueOf(media.channels()));
    }
  }

  private String text() {
    StringBuilder text = new StringBuilder("application/x-rtp");
    fields.forEach((name, value) -> text.append(", ").append(name).append('=').append(value));
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

  /** An attribute that is in no field yet; one that begins with x- keeps its name. */
  private void attribute(Attribute attribute, int payloadType) {
    String name = attribute.name();
    String field = name.startsWith("x-") ? name : "a-" + name;
    String value = attribute.value();
    if (name.equals("framesize")) {
      String own = payloadType + " ";
      if (!value.startsWith(own)) {
        return;
      }
      value = value.substring(own.length()).strip();
    } else if (name.equals("extmap")) {
      Matcher plain = EXTENSION.matcher(value);
      if (!plain.matches()) {
        return;
      }
      field = "extmap-" + plain.group(1);
      value = plain.group(2);
    } else if (LEFT_OUT.contains(name)) {
      return;
    }
    if (isName(field) && (fields.containsKey(field) || fields.size() < MOST_PARAMETERS)) {
      string(field, value);
    }
  }

  private static boolean isName(String text) {
    return !text.isEmpty()
        && isLetter(text.charAt(0))
        && text.chars().allMatch(c -> isLetter(c) || isDigit(c) || NAME.indexOf(c) >= 0);
  }

  private static boolean isLetter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
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
