package dev.photofinish.rtsp.message;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One stream of an RTP-Info header (RFC 2326 section 12.33): where its RTP begins after PLAY.
 *
 * @param url as the server writes it, absolute or relative to the presentation
 * @param sequence the first packet's, 0 to 65535; empty if missing or impossible, which some
 *     cameras send
 * @param rtpTime the RTP timestamp of the range's start, 32 bits; empty likewise
 * @param ssrc the sender's, an extension of some servers; empty if missing or not hex
 */
public record RtpInfo(String url, OptionalInt sequence, OptionalLong rtpTime, OptionalLong ssrc) {
  private static final String URL = "url";
  private static final long HIGHEST_SEQUENCE = 0xffffL;
  private static final long HIGHEST_TIME = 0xffffffffL;

  /**
   * Reads the header's value: URLs may hold commas and semicolons, so a stream begins at {@code
   * url=}.
   *
   * @throws RtspFormatException if a stream has no URL
   */
  public static List<RtpInfo> parseAll(String value) throws RtspFormatException {
    var streams = new ArrayList<RtpInfo>();
    int start = 0;
    for (int comma = value.indexOf(','); comma >= 0; comma = value.indexOf(',', comma + 1)) {
      if (beginsStream(value, comma + 1)) {
        streams.add(parse(value.substring(start, comma)));
        start = comma + 1;
      }
    }
    streams.add(parse(withoutCommas(value.substring(start))));
    return streams;
  }

  /** Whether {@code url=} follows, white space aside. */
  private static boolean beginsStream(String value, int from) {
    int name = skipSpace(value, from);
    int equals = skipSpace(value, name + URL.length());
    return value.regionMatches(true, name, URL, 0, URL.length())
        && equals < value.length()
        && value.charAt(equals) == '=';
  }

  private static int skipSpace(String text, int from) {
    int index = from;
    while (index < text.length() && TextScanner.isSpace(text.charAt(index))) {
      index++;
    }
    return index;
  }

  private static String withoutCommas(String text) {
    int end = text.length();
    while (end > 0 && (text.charAt(end - 1) == ',' || TextScanner.isSpace(text.charAt(end - 1)))) {
      end--;
    }
    return text.substring(0, end);
  }

  private static RtpInfo parse(String text) throws RtspFormatException {
    List<Parameter> parameters = Parameter.parseAll(text, ';');
    String url = find(parameters, URL);
    if (url.isEmpty()) {
      throw new RtspFormatException(
          "RTP-Info header", text, "url=..., for example url=trackID=1;seq=1;rtptime=0");
    }
    OptionalLong sequence = Syntax.unsigned(find(parameters, "seq"), HIGHEST_SEQUENCE);
    return new RtpInfo(
        url,
        sequence.isPresent() ? OptionalInt.of((int) sequence.getAsLong()) : OptionalInt.empty(),
        Syntax.unsigned(find(parameters, "rtptime"), HIGHEST_TIME),
        Syntax.hex(find(parameters, "ssrc").trim()));
  }

  private static String find(List<Parameter> parameters, String name) {
    return parameters.stream()
        .filter(parameter -> parameter.is(name))
        .map(Parameter::text)
        .findFirst()
        .orElse("");
  }

  /** The stream as it stands in the header. */
  @Override
  public String toString() {
    var text = new StringBuilder("url=").append(url);
    sequence.ifPresent(number -> text.append(";seq=").append(number));
    rtpTime.ifPresent(time -> text.append(";rtptime=").append(time));
    ssrc.ifPresent(source -> text.append(String.format(";ssrc=%08x", source)));
    return text.toString();
  }
}
