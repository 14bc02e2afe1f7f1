package dev.photofinish.rtsp.message;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

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
  private static final long HIGHEST_SEQUENCE = 0xffffL;
  private static final long HIGHEST_TIME = 0xffffffffL;
  private static final Pattern NEXT_STREAM = Pattern.compile(",\\s*(?=(?i:url)\\s*=)");
  private static final Pattern SSRC = Pattern.compile("\\s*[0-9A-Fa-f]{1,8}\\s*");

  /**
   * Reads the header's value: URLs may hold commas and semicolons, so a stream begins at {@code
   * url=}.
   *
   * @throws RtspFormatException if a stream has no URL
   */
  public static List<RtpInfo> parseAll(String value) throws RtspFormatException {
    var streams = new ArrayList<RtpInfo>();
    for (String stream : NEXT_STREAM.split(value.replaceFirst("[,\\s]+$", ""), -1)) {
      streams.add(parse(stream));
    }
    return streams;
  }

  private static RtpInfo parse(String text) throws RtspFormatException {
    List<Parameter> parameters = Parameter.parseAll(text, ';');
    String url = find(parameters, "url");
    if (url.isEmpty()) {
      throw new RtspFormatException(
          "RTP-Info header", text, "url=..., for example url=trackID=1;seq=1;rtptime=0");
    }
    OptionalLong sequence = Syntax.unsigned(find(parameters, "seq"), HIGHEST_SEQUENCE);
    return new RtpInfo(
        url,
        sequence.isPresent() ? OptionalInt.of((int) sequence.getAsLong()) : OptionalInt.empty(),
        Syntax.unsigned(find(parameters, "rtptime"), HIGHEST_TIME),
        ssrc(find(parameters, "ssrc")));
  }

  private static String find(List<Parameter> parameters, String name) {
    return parameters.stream()
        .filter(parameter -> parameter.is(name))
        .map(Parameter::text)
        .findFirst()
        .orElse("");
  }

  private static OptionalLong ssrc(String text) {
    return SSRC.matcher(text).matches()
        ? OptionalLong.of(Long.parseLong(text.trim(), 16))
        : OptionalLong.empty();
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
