package dev.photofinish.onvif.probe;

import dev.photofinish.onvif.xml.XmlElement;
import dev.photofinish.onvif.xml.XmlFormatException;
import dev.photofinish.onvif.xml.XmlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;

/**
 * One device in the answer to a probe.
 *
 * @param endpoint its endpoint reference, the same whatever its addresses are; empty if it gives
 *     none
 * @param xaddrs the addresses of its device service as it gives them, at most {@link #MOST_XADDRS}
 */
public record ProbeMatch(String endpoint, List<String> xaddrs, Scopes scopes) {
  static final int MOST_MATCHES = 64;
  static final int MOST_XADDRS = 16;
  static final int LONGEST = 1024;

  private static final String BLANKS = " \t\r\n";

  /**
   * The ONVIF devices in an answer, at most {@link #MOST_MATCHES}. Other devices, printers say, and
   * messages of other kinds are left out.
   *
   * @throws XmlFormatException if it is no XML within the bounds of {@link XmlReader}
   */
  public static List<ProbeMatch> parseAll(byte[] message) throws XmlFormatException {
    return XmlReader.read(message)
        .find("Body", "ProbeMatches")
        .map(matches -> matches.children("ProbeMatch"))
        .orElse(List.of())
        .stream()
        .limit(MOST_MATCHES)
        .filter(ProbeMatch::isOnvif)
        .map(ProbeMatch::of)
        .toList();
  }

  private static boolean isOnvif(XmlElement match) {
    return match.text("Types").contains("NetworkVideoTransmitter")
        || match.text("Scopes").contains(Scopes.PREFIX);
  }

  private static ProbeMatch of(XmlElement match) {
    return new ProbeMatch(
        cut(match.text("EndpointReference", "Address")),
        words(match.text("XAddrs"), MOST_XADDRS),
        Scopes.of(words(match.text("Scopes"), Scopes.MOST)));
  }

  private static List<String> words(String text, int most) {
    StringTokenizer words = new StringTokenizer(text, BLANKS);
    List<String> list = new ArrayList<>();
    while (words.hasMoreTokens() && list.size() < most) {
      String word = words.nextToken();
      if (word.length() <= LONGEST) {
        list.add(word);
      }
    }
    return List.copyOf(list);
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }
}
