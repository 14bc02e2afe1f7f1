package dev.photofinish.rtsp.message;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads an SDP line by line: what precedes the first {@code m=} is the session's, each {@code m=}
 * begins a media. Lines that say nothing about media are skipped whatever they hold.
 */
final class SdpParser {
  private static final int MOST_CHARACTERS = 1 << 20;
  private static final int MOST_MEDIA = 64;

  private String name = "";
  private Optional<String> sessionConnection = Optional.empty();
  private final List<Attribute> sessionAttributes = new ArrayList<>();
  private final List<SdpMediaParser> media = new ArrayList<>();

  /** The error for the first media too many; what follows it is not looked at. */
  private @Nullable RtspFormatException tooMany;

  private SdpParser() {}

  static SessionDescription parse(String text) throws RtspFormatException {
    var parser = new SdpParser();
    if (text.length() > MOST_CHARACTERS) {
      throw new RtspFormatException("SDP", text, "at most " + MOST_CHARACTERS + " characters");
    }
    int number = 0;
    for (int start = 0; start <= text.length(); ) {
      int end = lineEnd(text, start);
      parser.line(++number, text.substring(start, end).trim());
      start = text.startsWith("\r\n", end) ? end + 2 : end + 1;
    }
    return parser.finish(text);
  }

  private static int lineEnd(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    return end;
  }

  private void line(int number, String line) {
    if (line.length() < 2 || line.charAt(1) != '=' || tooMany != null) {
      return;
    }
    String value = line.substring(2).trim();
    switch (line.charAt(0)) {
      case 'm' -> beginMedia(number, value);
      case 'a' -> attributes().add(attribute(value));
      case 'b' -> bandwidth(value);
      case 'c' -> connection(value);
      case 's' -> name = value;
      default -> {
        // Origin, times and the like: nothing that playing over RTSP needs.
      }
    }
  }

  private void beginMedia(int number, String value) {
    if (media.size() < MOST_MEDIA) {
      media.add(new SdpMediaParser(number, value));
    } else if (tooMany == null) {
      tooMany =
          new RtspFormatException(
              "SDP line " + number, "m=" + value, MOST_MEDIA + " media at most");
    }
  }

  private List<Attribute> attributes() {
    return media.isEmpty() ? sessionAttributes : last().attributes();
  }

  private SdpMediaParser last() {
    return media.get(media.size() - 1);
  }

  private void connection(String value) {
    if (media.isEmpty()) {
      sessionConnection = Optional.of(value);
    } else {
      last().connection(value);
    }
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
    var sourceFilter = Attribute.find(sessionAttributes, SdpMediaParser.SOURCE_FILTER);
    var usable = new ArrayList<MediaDescription>();
    var errors = new ArrayList<RtspFormatException>();
    Map<Integer, List<Parameter>> misplaced = misplacedFormatParameters();
    for (SdpMediaParser parser : media) {
      try {
        usable.add(parser.finish(direction, sessionConnection, sourceFilter, misplaced));
      } catch (RtspFormatException e) {
        errors.add(e);
      }
    }
    if (tooMany != null) {
      errors.add(tooMany);
    }
    if (usable.isEmpty()) {
      throw errors.isEmpty() ? noMedia(text) : errors.get(0);
    }
    var control = Attribute.find(sessionAttributes, "control").filter(url -> !url.isEmpty());
    var leftOut = errors.stream().map(RtspFormatException::getMessage).toList();
    return new SessionDescription(name, control, sessionAttributes, usable, leftOut);
  }

  /** Cameras put {@code fmtp} under another media than the one that lists its payload type. */
  private Map<Integer, List<Parameter>> misplacedFormatParameters() {
    Map<Integer, List<Parameter>> misplaced = new HashMap<>();
    for (SdpMediaParser parser : media) {
      parser
          .fmtp()
          .forEach(
              (type, parameters) -> {
                if (!parser.lists(type)) {
                  misplaced.putIfAbsent(type, parameters);
                }
              });
    }
    return misplaced;
  }

  private static RtspFormatException noMedia(String text) {
    return new RtspFormatException("SDP", text, "at least one media line, m=...");
  }
}
