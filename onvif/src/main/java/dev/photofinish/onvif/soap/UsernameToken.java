package dev.photofinish.onvif.soap;

import dev.photofinish.onvif.xml.XmlText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;

/**
 * A WS-Security UsernameToken with {@code PasswordDigest = Base64(SHA-1(nonce + created +
 * password))} (Username Token Profile 1.0, section 3.1).
 */
public final class UsernameToken {
  private static final String WSS = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-";
  private static final String HEADER =
      """
      <wsse:Security s:mustUnderstand="%6$s"\
       xmlns:wsse="%1$swssecurity-secext-1.0.xsd" xmlns:wsu="%1$swssecurity-utility-1.0.xsd">\
      <wsse:UsernameToken>\
      <wsse:Username>%2$s</wsse:Username>\
      <wsse:Password Type="%1$susername-token-profile-1.0#PasswordDigest">%3$s</wsse:Password>\
      <wsse:Nonce EncodingType="%1$ssoap-message-security-1.0#Base64Binary">%4$s</wsse:Nonce>\
      <wsu:Created>%5$s</wsu:Created>\
      </wsse:UsernameToken>\
      </wsse:Security>""";
  private static final DateTimeFormatter CREATED =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private UsernameToken() {}

  /**
   * The SOAP header.
   *
   * @param nonce random bytes, never used again
   * @param created by the clock of the camera, which compares it with its own
   * @param alone whether nothing else in the request says who asks, so that a camera which does not
   *     know tokens has to say so
   */
  public static String header(
      Credentials credentials, byte[] nonce, Instant created, boolean alone) {
    String time = CREATED.format(created);
    return HEADER.formatted(
        WSS,
        XmlText.escape(credentials.user()),
        digest(nonce, time, credentials.password()),
        Base64.getEncoder().encodeToString(nonce),
        time,
        alone);
  }

  static String digest(byte[] nonce, String created, String password) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(nonce);
      sha1.update(created.getBytes(StandardCharsets.UTF_8));
      sha1.update(password.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(sha1.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
