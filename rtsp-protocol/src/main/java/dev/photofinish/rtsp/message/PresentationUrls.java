package dev.photofinish.rtsp.message;

import java.util.Optional;

/**
 * The URLs that the requests of a session go to (RFC 2326 section C.1.1).
 *
 * @param aggregate for PLAY, PAUSE, TEARDOWN and keep-alives of the whole session
 * @param base what relative control attributes of media are resolved against
 */
public record PresentationUrls(RtspUrl aggregate, RtspUrl base) {

  /**
   * Finds them from the answer to DESCRIBE: the base is Content-Base, else Content-Location, else
   * an absolute control attribute of the session, else the URL asked for. A base that is not a URL
   * counts as missing, except that the scheme alone may be missing or said twice, which cameras do.
   *
   * @param asked the URL of the DESCRIBE
   * @throws RtspFormatException if the session's control attribute cannot be resolved
   */
  public static PresentationUrls of(RtspUrl asked, Headers headers, SessionDescription sdp)
      throws RtspFormatException {
    String control = sdp.control().orElse("*");
    Optional<RtspUrl> named =
        header(asked, headers, HeaderNames.CONTENT_BASE)
            .or(() -> header(asked, headers, HeaderNames.CONTENT_LOCATION));
    RtspUrl aggregate = named.orElse(asked).resolve(control);
    boolean absolute = RtspUrl.isAbsolute(control.trim());
    RtspUrl base = named.orElse(absolute ? aggregate : asked);
    return new PresentationUrls(aggregate, base.withoutCredentials());
  }

  private static Optional<RtspUrl> header(RtspUrl asked, Headers headers, String name) {
    return headers.first(name).filter(value -> !value.isEmpty()).flatMap(v -> read(asked, v));
  }

  private static Optional<RtspUrl> read(RtspUrl asked, String value) {
    try {
      if (RtspUrl.isAbsolute(value)) {
        String rest = value.substring(value.indexOf("//") + 2);
        return Optional.of(RtspUrl.parse(RtspUrl.isAbsolute(rest) ? rest : value));
      }
      if (value.startsWith("/")) {
        return Optional.of(asked.resolve(value));
      }
      return beginsWithHost(value, asked)
          ? Optional.of(RtspUrl.parse((asked.secure() ? "rtsps://" : "rtsp://") + value))
          : Optional.empty();
    } catch (RtspFormatException e) {
      return Optional.empty();
    }
  }

  /** Without a scheme, a host is told from a path by its dot, its colon, or by being known. */
  private static boolean beginsWithHost(String value, RtspUrl asked) {
    int slash = value.indexOf('/');
    String first = slash < 0 ? value : value.substring(0, slash);
    return first.indexOf('.') >= 0 || first.indexOf(':') >= 0 || first.equals(asked.host());
  }

  /**
   * The URL for SETUP of one media.
   *
   * @throws RtspFormatException if its control attribute cannot be resolved
   */
  public RtspUrl media(MediaDescription media) throws RtspFormatException {
    return base.resolve(media.control().orElse("*"));
  }
}
