package dev.photofinish.relay;

import dev.photofinish.relay.source.Source;
import dev.photofinish.rtsp.message.Attribute;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.SessionDescription;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The relayed cameras that media come through, each by a random number: descriptions say it, so
 * that relays that read from each other in a circle notice it. Their packets would go round for
 * ever, as fast as they can.
 */
final class RelayPath {
  /** The longest way that is told. */
  private static final int MOST = 16;

  private static final int ID_BYTES = 8;
  private static final Pattern ID = Pattern.compile("[0-9a-f]{" + 2 * ID_BYTES + "}");
  private static final Pattern SPACE = Pattern.compile(" ");

  private final String own;
  private volatile List<String> ids;

  RelayPath(SecureRandom random) {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    own = HexFormat.of().formatHex(bytes);
    ids = List.of(own);
  }

  /** Of this camera; it is the last. May be called on any thread. */
  List<String> ids() {
    return ids;
  }

  /**
   * Whether media of there come from this camera itself.
   *
   * @param sdp the description
   */
  boolean leadsBack(Optional<String> sdp) {
    return read(sdp).contains(own);
  }

  /** Media come from there now; false, and nothing changes, where that {@link #leadsBack}. */
  boolean from(Optional<String> sdp) {
    List<String> before = read(sdp);
    if (before.contains(own)) {
      return false;
    }
    List<String> all =
        new ArrayList<>(before.subList(Math.max(0, before.size() - MOST), before.size()));
    all.add(own);
    ids = List.copyOf(all);
    return true;
  }

  private static List<String> read(Optional<String> sdp) {
    return sdp.map(RelayPath::read).orElse(List.of());
  }

  private static List<String> read(String sdp) {
    try {
      return SessionDescription.parse(sdp).media().stream()
          .flatMap(media -> Attribute.find(media.attributes(), Source.PATH).stream())
          .flatMap(SPACE::splitAsStream)
          .filter(id -> ID.matcher(id).matches())
          .distinct()
          .toList();
    } catch (RtspFormatException e) {
      return List.of();
    }
  }
}
