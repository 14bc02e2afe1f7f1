package dev.photofinish.camera;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request, RFC 2326 section 6.
 *
 * @param headers by lower-case name; a header that came twice is joined with commas
 */
record RtspRequest(String method, String uri, String version, Map<String, String> headers) {

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  /** The session that the request names, without its parameters. */
  Optional<String> session() {
    return header("Session").map(value -> value.split(";", 2)[0].strip());
  }
}
