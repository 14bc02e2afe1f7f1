package dev.photofinish.rtsp.message;

import java.util.List;
import java.util.Optional;

/**
 * The KeyMgmt header (RFC 4567 section 4): {@code prot=mikey;uri="rtsp://...";data="AQAF..."}.
 *
 * @param uri of the media that the key is for; empty if not said
 * @param data the protocol's message in base 64; it may hold a key
 */
public record KeyMgmtHeader(String protocol, Optional<String> uri, String data) {

  /** A message of MIKEY for the media at {@code uri}. */
  public static KeyMgmtHeader mikey(String uri, String data) {
    return new KeyMgmtHeader("mikey", Optional.of(uri), data);
  }

  /**
   * Reads the first message of MIKEY in a value that may hold several, separated by commas.
   *
   * @throws RtspFormatException if there is none; messages are not shown
   */
  public static KeyMgmtHeader parse(String value) throws RtspFormatException {
    for (String message : Syntax.split(value, ',')) {
      List<Parameter> parameters = Parameter.parseAll(message, ';');
      Optional<String> protocol = find(parameters, "prot");
      Optional<String> data = find(parameters, "data");
      if (protocol.filter("mikey"::equalsIgnoreCase).isPresent() && data.isPresent()) {
        return new KeyMgmtHeader(protocol.get(), find(parameters, "uri"), data.get());
      }
    }
    throw new RtspFormatException(
        "KeyMgmt header", value.length() + " characters", "prot=mikey;uri=\"...\";data=\"...\"");
  }

  private static Optional<String> find(List<Parameter> parameters, String name) {
    return parameters.stream()
        .filter(parameter -> parameter.is(name))
        .findFirst()
        .flatMap(Parameter::value);
  }

  /** The header's value. */
  public String value() {
    String place = uri.map(text -> "uri=" + Syntax.quote(text) + ";").orElse("");
    return "prot=" + protocol + ";" + place + "data=" + Syntax.quote(data);
  }

  /** Without the message. */
  @Override
  public String toString() {
    return "prot=" + protocol + uri.map(text -> ";uri=" + Excerpt.of(text)).orElse("");
  }
}
