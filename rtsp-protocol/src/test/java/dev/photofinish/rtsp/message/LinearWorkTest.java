package dev.photofinish.rtsp.message;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Parsers whose work is linear in the length of what a peer sent: on an eighth of a mebibyte of
 * text that is made to be read again and again each is done in milliseconds. Work that grows with
 * the square of the length would take minutes; the bound lies far from both.
 */
class LinearWorkTest {
  private static final int LENGTH = 1 << 17;
  private static final Duration BOUND = Duration.ofSeconds(10);

  @FunctionalInterface
  private interface Parser {
    void parse(String text) throws RtspFormatException;
  }

  private static final Map<String, Parser> PARSERS = new TreeMap<>();

  static {
    PARSERS.put("Authorization", Authorization::parse);
    PARSERS.put("WWW-Authenticate", text -> Challenge.parseAll(List.of(text)));
    PARSERS.put("Public", text -> Method.parseAll(List.of(text)));
    PARSERS.put("Range", RangeHeader::parse);
    PARSERS.put("RTP-Info", RtpInfo::parseAll);
    PARSERS.put("rtpmap", RtpMap::parse);
    PARSERS.put("Session", SessionHeader::parse);
    PARSERS.put("Transport", TransportHeader::parseAll);
    PARSERS.put("URL", RtspUrl::parse);
    PARSERS.put("URL's user", text -> RtspUrl.parse("rtsp://u:" + text + "@h/"));
    PARSERS.put("control", text -> RtspUrl.parse("rtsp://h/x?y").resolve(text));
    PARSERS.put("SDP", SessionDescription::parse);
    PARSERS.put("SDP's media", text -> SessionDescription.parse("m=video " + text));
    PARSERS.put("SDP's rtpmap", sdp("a=rtpmap:"));
    PARSERS.put("SDP's fmtp", sdp("a=fmtp:96 "));
    PARSERS.put("SDP's framerate", sdp("a=framerate:"));
    PARSERS.put("SDP's bandwidth", sdp("b="));
    PARSERS.put("excerpt", Excerpt::of);
    PARSERS.put("excerpt shown", Excerpt::show);
    PARSERS.put("credentials", Excerpt::hideCredentials);
    PARSERS.put("URL shown", RtspUrl::show);
    PARSERS.put("passwords of URLs", PasswordParameters::hide);
  }

  private static Parser sdp(String prefix) {
    return text -> SessionDescription.parse("m=video 0 RTP/AVP 96\r\n" + prefix + text);
  }

  @TestFactory
  Stream<DynamicTest> everyParserReadsHostileTextOnce() {
    List<String> pieces =
        List.of(
            " ",
            "\t",
            "\r",
            "a",
            "9",
            "/",
            "-",
            "=",
            ";",
            ",",
            ":",
            "@",
            "%",
            "%2",
            "\"",
            "\\\"",
            "url=",
            ", url",
            "://",
            ":// @",
            "authorization ",
            "Basic ",
            "a=b,",
            "9/",
            " - ",
            "96 ",
            "m=x 0 y 1\n",
            "a=rtpmap:1 x/1\r\n",
            "a=fmtp:1 x=1\n",
            "Digest a=\"",
            "\u2028",
            "pwd=",
            "_a",
            "RTSP/");
    return PARSERS.entrySet().stream()
        .flatMap(
            parser ->
                pieces.stream()
                    .map(
                        piece ->
                            DynamicTest.dynamicTest(
                                parser.getKey() + " of " + Excerpt.of(piece),
                                () -> parse(parser.getValue(), piece))));
  }

  private static void parse(Parser parser, String piece) {
    String text = piece.repeat(LENGTH / piece.length());
    assertTimeoutPreemptively(
        BOUND,
        () -> {
          for (String hostile : List.of(text, "npt=1" + text, "96 x" + text, "x" + text + "x")) {
            try {
              parser.parse(hostile);
            } catch (RtspFormatException e) {
              // What is made of it is another test's; here it is how long it took.
            }
          }
        });
  }
}
