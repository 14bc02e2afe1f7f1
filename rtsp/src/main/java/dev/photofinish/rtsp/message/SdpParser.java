package dev.photofinish.rtsp.message;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads an SDP line by line: what precedes the first {@code m=} is the session's, each {@code m=}
 * begins a media. Lines that say nothing about media are skipped whatever they hold.
 */
final class SdpParser {
  private static final int NO_MEDIA = -1;

  private String name = "";
  private final List<Attribute> sessionAttributes = new ArrayList<>();
  private final List<SdpMediaParser> media = new ArrayList<>();

  private SdpParser() {}

  static SessionDescription parse(String text) throws RtspFormatException {
    var parser = new SdpParser();
    String[] lines = text.split("\r\n|\n|\r", NO_MEDIA);
    for (int i = 0; i < lines.length; i++) {
      parser.line(i + 1, lines[i].trim());
    }
    return parser.finish(text);
  }

  private void line(int number, String line) {
    if (line.length() < 2 || line.charAt(1) != '=') {
      return;
    }
    String value = line.substring(2).trim();
    switch (line.charAt(0)) {
      case 'm' -> media.add(new SdpMediaParser(number, value));
      case 'a' -> attributes().add(attribute(value));
      case 'b' -> bandwidth(value);
      case 's' -> name = value;
      default -> {
        // Origin, times, connection and the like: nothing that playing over RTSP needs.
      }
    }
  }

  private List<Attribute> attributes() {
    return media.isEmpty() ? sessionAttributes : last().attributes();
  }

  private SdpMediaParser last() {
    return media.get(media.size() - 1);
  }

  private void bandwidth(String value) {
    if (!media.isEmpty()) {
      last().bandwidth(value);
    }
  }

  private static Attribute attribute(String value) {
    int colon = value.indexOf(':');
    return colon < 0
        ? new Attribute(value, "")
        : new Attribute(value.substring(0, colon).trim(), value.substring(colon + 1).trim());
  }

  private SessionDescription finish(String text) throws RtspFormatException {
    var direction = SdpMediaParser.direction(sessionAttributes);
    var usable = new ArrayList<MediaDescription>();
    var errors = new ArrayList<RtspFormatException>();
    for (SdpMediaParser parser : media) {
      try {
        usable.add(parser.finish(direction));
      } catch (RtspFormatException e) {
        errors.add(e);
      }
    }
    if (usable.isEmpty()) {
      throw errors.isEmpty() ? noMedia(text) : errors.get(0);
    }
    var control = Attribute.find(sessionAttributes, "control").filter(url -> !url.isEmpty());
    var leftOut = errors.stream().map(RtspFormatException::getMessage).toList();
    return new SessionDescription(name, control, sessionAttributes, usable, leftOut);
  }

  private static RtspFormatException noMedia(String text) {
    return new RtspFormatException("SDP", text, "at least one media line, m=...");
  }
}
