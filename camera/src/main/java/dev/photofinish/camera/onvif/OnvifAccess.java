package dev.photofinish.camera.onvif;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.w3c.dom.Document;

/** Checks the credentials of requests. */
final class OnvifAccess {
  static final String REALM = "onvif";

  private static final Duration TOLERANCE = Duration.ofSeconds(5);

  private final OnvifOptions options;
  private final AtomicInteger nonce = new AtomicInteger(0x6e6f);
  private final Set<String> seen = ConcurrentHashMap.newKeySet();

  OnvifAccess(OnvifOptions options) {
    this.options = options;
  }

  /**
   * Whether the request may have what is not for everyone.
   *
   * @param authorization the header, or empty
   * @param now by the device's clock
   */
  boolean admits(Document request, String authorization, String path, Instant now) {
    return switch (options.auth()) {
      case NONE -> true;
      case TOKEN, TOKEN_BEHIND_DIGEST -> admitsToken(request, now);
      case TOKEN_ALONE, TOKEN_ALONE_BY_401 -> authorization.isEmpty() && admitsToken(request, now);
      case DIGEST, DIGEST_ALONE, DIGEST_BEHIND_TOKEN -> admitsDigest(authorization, path);
      case DIGEST_ONCE -> {
        boolean admitted = admitsDigest(authorization, path);
        nonce.incrementAndGet();
        yield admitted;
      }
      case BASIC ->
          authorization.equals("Basic " + base64(options.user() + ":" + options.password()));
    };
  }

  /** Of the next challenge. */
  String nonce() {
    return Integer.toHexString(nonce.get());
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A nonce holds once. */
  private boolean admitsToken(Document request, Instant now) {
    String nonce = OnvifXml.text(request, "Nonce");
    String created = OnvifXml.text(request, "Created");
    if (nonce.isEmpty() || created.isEmpty()) {
      return false;
    }
    byte[] expected =
        hash(
            "SHA-1",
            Base64.getDecoder().decode(nonce),
            created.getBytes(StandardCharsets.UTF_8),
            options.password().getBytes(StandardCharsets.UTF_8));
    return OnvifXml.text(request, "Username").equals(options.user())
        && OnvifXml.text(request, "Password").equals(Base64.getEncoder().encodeToString(expected))
        && isNow(created, now)
        && seen.add(nonce);
  }

  private static boolean isNow(String created, Instant now) {
    try {
      return Duration.between(Instant.parse(created), now).abs().compareTo(TOLERANCE) <= 0;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private boolean admitsDigest(String authorization, String path) {
    if (!authorization.startsWith("Digest ")
        || !parameter(authorization, "nonce").equals(nonce())
        || !parameter(authorization, "uri").equals(path)
        || !parameter(authorization, "qop").equals("auth")) {
      return false;
    }
    String first = md5(options.user() + ":" + REALM + ":" + options.password());
    String middle =
        nonce()
            + ":"
            + parameter(authorization, "nc")
            + ":"
            + parameter(authorization, "cnonce")
            + ":auth:";
    return parameter(authorization, "response")
        .equals(md5(first + ":" + middle + md5("POST:" + path)));
  }

  private static String parameter(String header, String name) {
    Matcher matcher = Pattern.compile("[ ,]" + name + "=\"?([^\",]*)\"?").matcher(header);
    return matcher.find() ? matcher.group(1) : "";
  }

  private static String md5(String text) {
    return HexFormat.of().formatHex(hash("MD5", text.getBytes(StandardCharsets.UTF_8)));
  }

  private static byte[] hash(String algorithm, byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
