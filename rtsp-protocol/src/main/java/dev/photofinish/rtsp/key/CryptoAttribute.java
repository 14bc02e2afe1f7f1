package dev.photofinish.rtsp.key;

import dev.photofinish.rtsp.message.RtspFormatException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * The value of an SDP's {@code crypto} attribute (RFC 4568): {@code 1 AES_CM_128_HMAC_SHA1_80
 * inline:...|2^20|1:4}.
 *
 * @param keys of one suite; never empty; several have identifiers of their own
 */
record CryptoAttribute(List<MasterKey> keys) {
  private static final String WHERE = "crypto attribute";
  private static final String INLINE = "inline:";
  private static final int MOST_KEYS = 8;
  private static final int LONGEST_MKI = 128;

  /** Tag, suite, keys. */
  private static final int FIRST_PARAMETER = 3;

  CryptoAttribute {
    keys = List.copyOf(keys);
  }

  /**
   * Reads the value.
   *
   * @throws RtspFormatException if it cannot be used; keys are not shown
   */
  static CryptoAttribute parse(String value) throws RtspFormatException {
    List<String> words = words(value);
    if (words.size() < FIRST_PARAMETER) {
      throw new RtspFormatException(WHERE, words.size() + " words", "tag, suite and key");
    }
    String name = words.get(1).toUpperCase(Locale.ROOT);
    CryptoSuite suite =
        CryptoSuite.named(name)
            .orElseThrow(() -> new RtspFormatException(WHERE, name, "a suite that is known here"));
    for (String parameter : words.subList(FIRST_PARAMETER, words.size())) {
      checkParameter(parameter);
    }
    return new CryptoAttribute(keys(suite, words.get(2)));
  }

  /** The value that gives one key; it is secret. */
  static String of(MasterKey key) {
    return "1 " + key.suite() + " " + INLINE + Base64.getEncoder().encodeToString(key.joined());
  }

  private static List<String> words(String value) {
    List<String> words = new ArrayList<>(parts(value.replace('\t', ' '), ' '));
    words.removeIf(String::isEmpty);
    return words;
  }

  private static List<String> parts(String text, char separator) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int end = text.indexOf(separator); end >= 0; end = text.indexOf(separator, start)) {
      parts.add(text.substring(start, end));
      start = end + 1;
    }
    parts.add(text.substring(start));
    return parts;
  }

  /**
   * RFC 4568 section 6.3: what is not known must not be passed over, unless it begins with a dash.
   * A window's size is a hint, and packets of RTCP say themselves whether they are encrypted.
   */
  private static void checkParameter(String parameter) throws RtspFormatException {
    String name = parameter.toUpperCase(Locale.ROOT);
    boolean harmless =
        name.startsWith("-")
            || name.startsWith("WSH=")
            || name.equals("KDR=0")
            || name.equals("UNENCRYPTED_SRTCP");
    if (!harmless) {
      throw new RtspFormatException(WHERE, name, "no session parameter that is not known here");
    }
  }

  private static List<MasterKey> keys(CryptoSuite suite, String parameters)
      throws RtspFormatException {
    List<String> each = parts(parameters, ';');
    if (each.size() > MOST_KEYS) {
      throw new RtspFormatException(WHERE, each.size() + " keys", MOST_KEYS + " keys at most");
    }
    List<MasterKey> keys = new ArrayList<>();
    for (String parameter : each) {
      keys.add(key(suite, parameter));
    }
    return keys;
  }

  /** RFC 4568 section 6.1: {@code inline:key||salt|lifetime|MKI:length}. */
  private static MasterKey key(CryptoSuite suite, String parameter) throws RtspFormatException {
    if (!parameter.regionMatches(true, 0, INLINE, 0, INLINE.length())) {
      throw new RtspFormatException(WHERE, "a key parameter", "inline:");
    }
    List<String> parts = parts(parameter.substring(INLINE.length()), '|');
    String last = parts.get(parts.size() - 1);
    boolean named = parts.size() > 1 && last.contains(":");
    return new MasterKey(suite, joined(suite, parts.get(0)), named ? mki(last) : new byte[0]);
  }

  private static byte[] joined(CryptoSuite suite, String text) throws RtspFormatException {
    byte[] joined;
    try {
      joined = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new RtspFormatException(WHERE, "a key", "base 64");
    }
    if (joined.length != suite.joinedLength()) {
      throw new RtspFormatException(
          WHERE, "a key of " + joined.length + " bytes", suite.joinedLength() + " for " + suite);
    }
    return joined;
  }

  private static byte[] mki(String text) throws RtspFormatException {
    int colon = text.indexOf(':');
    try {
      long value = Long.parseLong(text.substring(0, colon));
      int length = Integer.parseInt(text.substring(colon + 1));
      boolean fits = length >= Long.BYTES || (length > 0 && value >>> (8 * length) == 0);
      if (value >= 0 && fits && length <= LONGEST_MKI) {
        byte[] mki = new byte[length];
        for (int i = 0; i < Math.min(length, Long.BYTES); i++) {
          mki[length - 1 - i] = (byte) (value >>> (8 * i));
        }
        return mki;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new RtspFormatException(WHERE, "an identifier", "MKI:length, such as 1:4");
  }
}
