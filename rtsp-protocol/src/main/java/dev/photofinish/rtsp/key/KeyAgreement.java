package dev.photofinish.rtsp.key;

import dev.photofinish.rtsp.message.Attribute;
import dev.photofinish.rtsp.message.MediaDescription;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.SessionDescription;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Finds the keys of media in a camera's description.
 *
 * <p>The key that we offer in SETUP is the one that the camera described: GStreamer takes an
 * offered key for that of our packets, ONVIF cameras for that of theirs, and so both are right. A
 * camera that describes none is offered one of ours, as readers of a server are.
 */
public final class KeyAgreement {
  private static final String SECURED = "RTP/SAVP";
  private static final String MIKEY = "mikey ";
  private static final int RANDOM_LENGTH = 16;
  private static final int MOST_LINES = 16;

  private final LocalSource local;
  private final RandomGenerator random;

  /**
   * @param random draws keys
   */
  public KeyAgreement(LocalSource local, RandomGenerator random) {
    this.local = local;
    this.random = random;
  }

  /**
   * The keys of {@code media}; empty where it is not encrypted.
   *
   * <p>Some cameras give keys to media that they call {@code RTP/AVP}: UniFi Protect.
   *
   * @throws RtspFormatException if it has none that can be used; they are not shown
   */
  public Optional<MediaKeys> of(SessionDescription session, MediaDescription media)
      throws RtspFormatException {
    boolean promised = media.protocol().toUpperCase(Locale.ROOT).startsWith(SECURED);
    List<String> crypto = values(media.attributes(), "crypto");
    Optional<String> mikey = mikey(media.attributes());
    if (promised && mikey.isEmpty() && crypto.isEmpty()) {
      mikey = mikey(session.attributes());
    }
    if (mikey.isPresent()) {
      return Optional.of(described(promised, MikeyKeys.of(mikey.get())));
    }
    if (!crypto.isEmpty()) {
      return Optional.of(described(promised, crypto));
    }
    return promised ? Optional.of(drawn()) : Optional.empty();
  }

  private static List<String> values(List<Attribute> attributes, String name) {
    return attributes.stream()
        .filter(attribute -> attribute.name().equalsIgnoreCase(name))
        .map(Attribute::value)
        .limit(MOST_LINES)
        .toList();
  }

  /** RFC 4567 section 3.1: {@code a=key-mgmt:mikey AQAF...}. */
  private static Optional<String> mikey(List<Attribute> attributes) {
    return values(attributes, "key-mgmt").stream()
        .filter(value -> value.regionMatches(true, 0, MIKEY, 0, MIKEY.length()))
        .map(value -> value.substring(MIKEY.length()).trim())
        .findFirst();
  }

  private MediaKeys described(boolean promised, MikeyKeys mikey) {
    MasterKey key = mikey.keys().get(0);
    long timestamp = mikey.timestamp() == 0 ? local.ntpTime() : mikey.timestamp();
    return new MediaKeys(
        promised, mikey.keys(), mikey.rollovers(), key, Optional.of(offer(key, timestamp)));
  }

  /** Of several lines, those that can be used, the strongest first. */
  private static MediaKeys described(boolean promised, List<String> crypto)
      throws RtspFormatException {
    List<MasterKey> keys = new ArrayList<>();
    RtspFormatException wrong = null;
    for (String line : crypto) {
      try {
        keys.addAll(CryptoAttribute.parse(line).keys());
      } catch (RtspFormatException e) {
        wrong = wrong == null ? e : wrong;
      }
    }
    if (keys.isEmpty() && wrong != null) {
      throw wrong;
    }
    keys.sort(Comparator.comparing(MasterKey::suite));
    return new MediaKeys(promised, keys, Map.of(), keys.get(0), Optional.empty());
  }

  /** New keys of ours, of the suite that everyone knows. */
  public MediaKeys drawn() {
    CryptoSuite suite = CryptoSuite.AES_CM_128_HMAC_SHA1_80;
    MasterKey key = new MasterKey(suite, draw(suite.joinedLength()), new byte[0]);
    return new MediaKeys(
        true, List.of(key), Map.of(), key, Optional.of(offer(key, local.ntpTime())));
  }

  /** A MIKEY message in base 64. */
  private String offer(MasterKey key, long timestamp) {
    var data =
        new MikeyMessage.KeyData(
            MikeyMessage.KeyData.Type.TEK,
            Octets.of(key.joined()),
            Octets.NONE,
            Octets.of(key.mki()));
    var message =
        new MikeyMessage(
            random.nextInt(),
            List.of(new MikeyMessage.Session(0, (int) local.ssrc(), 0)),
            timestamp,
            Octets.of(draw(RANDOM_LENGTH)),
            Map.of(0, MikeyPolicy.of(key.suite())),
            List.of(data));
    return Base64.getEncoder().encodeToString(message.toBytes());
  }

  private byte[] draw(int length) {
    byte[] drawn = new byte[length];
    random.nextBytes(drawn);
    return drawn;
  }
}
