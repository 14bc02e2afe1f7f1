package dev.photofinish.rtsp.message;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An RTSP URL (RFC 2326 section 3.2), kept as cameras write it.
 *
 * <p>Not {@link java.net.URI}, which refuses characters that cameras have in their paths and
 * queries and resolves relative paths in a way that cameras do not mean.
 *
 * @param secure whether the scheme is {@code rtsps} or {@code rtspsh}: TLS
 * @param overHttp whether the scheme is {@code rtsph} or {@code rtspsh}: through an HTTP tunnel, as
 *     GStreamer writes it; on the wire, and to be shown, the URL is one of {@code rtsp} or {@code
 *     rtsps}
 * @param credentials user and password before the host; {@code toString} leaves them out
 * @param host name or address; an IPv6 address stands without brackets, its zone after a plain
 *     {@code %}
 * @param explicitPort the port where the URL has one
 * @param target path and query, empty or beginning with {@code /} or {@code ?}
 */
public record RtspUrl(
    boolean secure,
    boolean overHttp,
    Optional<Credentials> credentials,
    String host,
    OptionalInt explicitPort,
    String target) {
  /** Port of {@code rtsp} (RFC 2326). */
  public static final int DEFAULT_PORT = 554;

  /** Port of {@code rtsps} (RFC 7826 section 4.2). */
  public static final int DEFAULT_TLS_PORT = 322;

  /**
   * Reads an absolute URL; user and password may be percent-encoded, white space in the target is
   * encoded.
   *
   * @throws RtspFormatException if it is not {@code rtsp://}, {@code rtsps://}, {@code rtsph://} or
   *     {@code rtspsh://}, or has no host or an impossible port
   */
  public static RtspUrl parse(String text) throws RtspFormatException {
    return RtspUrlParser.parse(text);
  }

  static boolean isAbsolute(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.startsWith("rtsp://") || lower.startsWith("rtsps://");
  }

  /** Percent-decoded UTF-8; a percent sign that encodes nothing stays. */
  public static String decoded(String text) {
    return RtspUrlParser.decode(text);
  }

  /** The port that holds: the URL's, or 554 for rtsp, 322 for rtsps. */
  public int port() {
    return explicitPort.orElse(secure ? DEFAULT_TLS_PORT : DEFAULT_PORT);
  }

  /** This URL without user and password. */
  public RtspUrl withoutCredentials() {
    return new RtspUrl(secure, overHttp, Optional.empty(), host, explicitPort, target);
  }

  /** This URL with another path and query, without user and password. */
  public RtspUrl withTarget(String otherTarget) {
    return new RtspUrl(secure, overHttp, Optional.empty(), host, explicitPort, otherTarget);
  }

  /**
   * Resolves an SDP control attribute against this URL the way cameras mean it (RFC 2326 section
   * C.1.1 says "relative" and leaves the rest open): {@code *} and nothing are this URL; an
   * absolute URL is itself; a leading slash replaces the path; {@code ?query} replaces the query;
   * all else is appended after a slash, behind a query if there is one. RFC 3986 would replace the
   * last segment of a base without a trailing slash, which real cameras do not expect.
   *
   * @return a URL without credentials
   * @throws RtspFormatException for an absolute URL that is not valid
   */
  public RtspUrl resolve(String control) throws RtspFormatException {
    String reference = RtspUrlParser.encodeSpaces(control.trim());
    if (reference.isEmpty() || reference.equals("*")) {
      return withoutCredentials();
    }
    if (isAbsolute(reference)) {
      return parse(reference).withoutCredentials();
    }
    if (reference.startsWith("/")) {
      return withTarget(reference);
    }
    if (reference.startsWith("?")) {
      int query = target.indexOf('?');
      return withTarget((query < 0 ? target : target.substring(0, query)) + reference);
    }
    return withTarget(target + (target.endsWith("/") ? "" : "/") + reference);
  }

  /**
   * Text that may or may not be a URL, to be shown: without what may be its user and password,
   * escaped and cut.
   */
  public static String show(String text) {
    return Excerpt.show(RtspUrlParser.shown(text));
  }

  /**
   * The URL to be shown: without user and password, and without those that its path or query may
   * hold.
   */
  public String shown() {
    return origin() + PasswordParameters.hide(UserInfo.hide(target));
  }

  /** The URL for the wire: without user and password. */
  @Override
  public String toString() {
    return origin() + target;
  }

  private String origin() {
    String bracketed = host.contains(":") ? "[" + host.replace("%", "%25") + "]" : host;
    String port = explicitPort.isPresent() ? ":" + explicitPort.getAsInt() : "";
    return (secure ? "rtsps://" : "rtsp://") + bracketed + port;
  }
}
