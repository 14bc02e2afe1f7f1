package dev.photofinish.onvif.net;

import dev.photofinish.onvif.soap.CameraClock;
import dev.photofinish.onvif.soap.Credentials;
import dev.photofinish.onvif.soap.DigestChallenge;
import dev.photofinish.onvif.soap.OnvifException;
import dev.photofinish.onvif.soap.OnvifException.Kind;
import dev.photofinish.onvif.soap.SoapFault;
import dev.photofinish.onvif.soap.SoapRequest;
import dev.photofinish.onvif.soap.UsernameToken;
import dev.photofinish.onvif.xml.XmlElement;
import dev.photofinish.onvif.xml.XmlFormatException;
import dev.photofinish.onvif.xml.XmlReader;
import java.net.URI;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The calls to one camera. Each begins with the least that the camera took before: nothing, then a
 * UsernameToken by the camera's clock; where a 401 asks for HTTP Digest that and a token in one
 * request, since some ask for Digest and take a token alone, and a password that is wrong is shown
 * once; where that gets 400, or 401 without a challenge, a token alone. Basic is never answered,
 * since it would show the password.
 *
 * <p>Not for several threads.
 */
public final class SoapClient {
  /** Nothing, Digest with a token, one of them alone or Digest with a new nonce, the other. */
  private static final int MOST_TRIES = 4;

  private static final int NONCE_BYTES = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** The form of the credentials in a request. */
  private enum Access {
    NOTHING,
    TOKEN,
    DIGEST_AND_TOKEN,
    DIGEST;

    boolean hasToken() {
      return this == TOKEN || this == DIGEST_AND_TOKEN;
    }

    boolean hasDigest() {
      return this == DIGEST || this == DIGEST_AND_TOKEN;
    }
  }

  private final HttpPost post;
  private final @Nullable Credentials credentials;
  private final long end;
  private Access access = Access.NOTHING;
  private @Nullable DigestChallenge challenge;
  private int answers;

  /** Whether a request that was refused without the credentials was taken with them. */
  private boolean accepted;

  /** Whether an answer to Digest was no better than none, so that a token is sent without it. */
  private boolean digestRefused;

  /** Whether a new challenge to credentials that were accepted was answered in this call. */
  private boolean renewed;

  private @Nullable Duration clockOffset;

  /**
   * @param credentials null for none, so that nothing is ever shown
   * @param limit the time for all calls together
   */
  public SoapClient(HttpPost post, @Nullable Credentials credentials, Duration limit) {
    this.post = post;
    this.credentials = credentials;
    this.end = System.nanoTime() + limit.toNanos();
  }

  /** What is to be added to our clock to get the camera's; empty while it is not known. */
  public Optional<Duration> clockOffset() {
    return Optional.ofNullable(clockOffset);
  }

  /** Asks for the camera's clock, without credentials: no token can be made before it is known. */
  public void readClock(URI service, SoapRequest request)
      throws OnvifException, InterruptedException {
    Instant sent = Instant.now();
    XmlElement answer = call(service, request);
    CameraClock.read(answer)
        .ifPresent(time -> clockOffset = CameraClock.offset(time, sent, Instant.now()));
  }

  /** The element in the body of the answer to {@code request}. */
  public XmlElement call(URI service, SoapRequest request)
      throws OnvifException, InterruptedException {
    renewed = false;
    for (int attempt = 1; ; attempt++) {
      Instant sent = Instant.now();
      HttpResponse<byte[]> response =
          post.send(service, request, security(), authorization(service), left());
      readDate(response, sent);
      Optional<XmlElement> envelope = envelope(response);
      Optional<SoapFault> fault = envelope.flatMap(SoapFault::in);
      if (response.statusCode() / 100 == 2 && fault.isEmpty()) {
        accepted |= attempt > 1;
        return envelope
            .flatMap(found -> found.find("Body", request.operation() + "Response"))
            .orElseThrow(
                () ->
                    new OnvifException(
                        Kind.OTHER, "the answer to " + request.operation() + " is none"));
      }
      if (attempt >= MOST_TRIES || !canShowMore(response, fault)) {
        throw refused(request, response, fault);
      }
    }
  }

  private Duration left() {
    return Duration.ofNanos(end - System.nanoTime());
  }

  private String security() {
    if (!access.hasToken() || credentials == null) {
      return "";
    }
    Duration offset = clockOffset == null ? Duration.ZERO : clockOffset;
    Instant created = Instant.now().plus(offset);
    return UsernameToken.header(credentials, random(), created, !access.hasDigest());
  }

  private String authorization(URI service) {
    if (!access.hasDigest() || credentials == null || challenge == null) {
      return "";
    }
    String path = service.getRawPath().isEmpty() ? "/" : service.getRawPath();
    String query = service.getRawQuery() == null ? "" : "?" + service.getRawQuery();
    String cnonce = HexFormat.of().formatHex(random());
    return challenge.answer(credentials, path + query, ++answers, cnonce);
  }

  private static byte[] random() {
    byte[] bytes = new byte[NONCE_BYTES];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  /** The clock of the camera's web server, until the camera's own answer is there. */
  private void readDate(HttpResponse<byte[]> response, Instant sent) {
    if (clockOffset == null) {
      response
          .headers()
          .firstValue("Date")
          .flatMap(CameraClock::readHttpDate)
          .ifPresent(time -> clockOffset = CameraClock.offset(time, sent, Instant.now()));
    }
  }

  private static Optional<XmlElement> envelope(HttpResponse<byte[]> response)
      throws OnvifException {
    try {
      return Optional.of(XmlReader.read(response.body()));
    } catch (XmlFormatException e) {
      if (response.statusCode() / 100 == 2) {
        throw new OnvifException(Kind.NOT_THERE, "the answer cannot be read: " + e.getMessage(), e);
      }
      return Optional.empty();
    }
  }

  /** Whether the camera asks for credentials in a way that was not tried yet. */
  private boolean canShowMore(HttpResponse<byte[]> response, Optional<SoapFault> fault) {
    if (credentials == null) {
      return false;
    }
    List<String> asked = response.headers().allValues("WWW-Authenticate");
    Optional<DigestChallenge> digest =
        response.statusCode() == 401 ? DigestChallenge.first(asked) : Optional.empty();
    if (digest.isPresent()) {
      return canAnswer(digest.get(), fault);
    }
    if (access == Access.DIGEST_AND_TOKEN && isAboutToken(response, fault)) {
      access = Access.DIGEST;
      return true;
    }
    if (access.hasDigest() && !digestRefused && isAboutDigest(response, fault)) {
      digestRefused = true;
      access = Access.TOKEN;
      return true;
    }
    if (access == Access.NOTHING && isAboutAccess(response, fault)) {
      access = Access.TOKEN;
      return true;
    }
    return false;
  }

  /** A token that the camera has looked at was wrong, unless the camera took it before. */
  private boolean canAnswer(DigestChallenge asked, Optional<SoapFault> fault) {
    boolean wrong =
        access.hasDigest()
            ? !asked.stale()
            : access.hasToken()
                && (digestRefused || fault.filter(SoapClient::isAccess).isPresent());
    if (wrong && (!accepted || renewed)) {
      return false;
    }
    renewed |= wrong;
    challenge = asked;
    answers = 0;
    access = access == Access.DIGEST ? access : Access.DIGEST_AND_TOKEN;
    return true;
  }

  /** Digest was taken, so that the password is right, and the service does not like the token. */
  private static boolean isAboutToken(HttpResponse<byte[]> response, Optional<SoapFault> fault) {
    return response.statusCode() != 401
        && fault
            .filter(found -> found.kind() != SoapFault.Kind.UNSUPPORTED)
            .filter(found -> found.kind() != SoapFault.Kind.LOCKED)
            .isPresent();
  }

  /**
   * A challenge that is answered gets none again, and no word about the password: some cameras take
   * no request with an Authorization header, though they ask for one.
   */
  private static boolean isAboutDigest(HttpResponse<byte[]> response, Optional<SoapFault> fault) {
    boolean refused = response.statusCode() == 400 || response.statusCode() == 401;
    return refused && fault.filter(found -> found.kind() != SoapFault.Kind.OTHER).isEmpty();
  }

  private static boolean isAccess(SoapFault fault) {
    return fault.kind() == SoapFault.Kind.ACCESS;
  }

  private static boolean isAboutAccess(HttpResponse<byte[]> response, Optional<SoapFault> fault) {
    return response.statusCode() == 401 || fault.filter(SoapClient::isAccess).isPresent();
  }

  private OnvifException refused(
      SoapRequest request, HttpResponse<byte[]> response, Optional<SoapFault> fault) {
    if (isAboutAccess(response, fault)) {
      return new OnvifException(Kind.REFUSED, accessRefused(response));
    }
    if (fault.isEmpty()) {
      return new OnvifException(
          Kind.NOT_THERE,
          "it answered " + request.operation() + " with HTTP status " + response.statusCode());
    }
    String words = fault.get().words();
    return switch (fault.get().kind()) {
      case TIME -> new OnvifException(Kind.REFUSED, timeRefused(words));
      case LOCKED -> new OnvifException(Kind.REFUSED, "its account is locked: " + words);
      case UNSUPPORTED ->
          new OnvifException(Kind.UNSUPPORTED, "it does not know " + request.operation());
      default ->
          new OnvifException(Kind.OTHER, "it answered " + request.operation() + " with: " + words);
    };
  }

  private String accessRefused(HttpResponse<byte[]> response) {
    if (credentials == null) {
      return "it asks for a user name and a password";
    }
    boolean basicAlone =
        !access.hasDigest()
            && response.headers().allValues("WWW-Authenticate").stream()
                .anyMatch(asked -> asked.regionMatches(true, 0, "basic", 0, "basic".length()));
    return basicAlone
        ? "it asks for the password in the clear (Basic), which is not sent"
        : "it refused the user name or the password";
  }

  private String timeRefused(String words) {
    return clockOffset == null
        ? "it refused the time of the request and does not tell its own; set its clock: " + words
        : "it refused the time of the request, which was by its own clock: " + words;
  }
}
