package dev.photofinish.rtsp.client;

import dev.photofinish.rtsp.message.Body;

/**
 * The content of a GET_PARAMETER or SET_PARAMETER, or of its answer (RFC 2326 sections 10.8 and
 * 10.9).
 *
 * @param type its Content-Type, such as {@code text/parameters}; empty without a body
 * @param body at most {@value #MOST_BYTES} bytes towards the camera
 */
public record ParameterBody(String type, Body body) {
  /** The most that is sent. */
  public static final int MOST_BYTES = 65_536;

  /** No content. */
  public static final ParameterBody NONE = new ParameterBody("", Body.empty());

  /** Refuses a type that is no header value, and content without a type. */
  public ParameterBody {
    boolean printable = type.chars().allMatch(c -> c >= ' ' && c < 127);
    if (!printable || type.length() > 200 || (type.isBlank() && !body.isEmpty())) {
      throw new IllegalArgumentException(
          "Expected a Content-Type of 1 to 200 printable ASCII characters with the content");
    }
  }

  /** Lines of {@code text/parameters}: names to be told, or {@code name: value} to be set. */
  public static ParameterBody text(String... lines) {
    String text = lines.length == 0 ? "" : String.join("\r\n", lines) + "\r\n";
    return new ParameterBody("text/parameters", Body.of(text));
  }
}
