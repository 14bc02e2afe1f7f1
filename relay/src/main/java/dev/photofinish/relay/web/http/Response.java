package dev.photofinish.relay.web.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * An answer that is sent whole.
 *
 * @param headers besides those that every answer has
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Response(
    HttpResponseStatus status, String contentType, byte[] body, Map<String, String> headers) {
  static final String TEXT = "text/plain; charset=utf-8";
  private static final String JSON = "application/json";

  /** Keeps a copy of the headers. */
  public Response {
    headers = Map.copyOf(headers);
  }

  /** 200 with this content. */
  public static Response ok(String contentType, byte[] body) {
    return new Response(HttpResponseStatus.OK, contentType, body, Map.of());
  }

  public static Response json(HttpResponseStatus status, byte[] body) {
    return new Response(status, JSON, body, Map.of());
  }

  /** One sentence. */
  public static Response text(HttpResponseStatus status, String sentence) {
    return new Response(status, TEXT, (sentence + "\n").getBytes(StandardCharsets.UTF_8), Map.of());
  }

  public static Response empty(HttpResponseStatus status) {
    return new Response(status, "", new byte[0], Map.of());
  }

  /** The same with one more header. */
  public Response with(CharSequence name, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(name.toString(), value);
    return new Response(status, contentType, body, more);
  }
}
