package dev.photofinish.relay.web.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.photofinish.relay.web.http.RefusedException;
import dev.photofinish.relay.web.http.Response;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;

/** JSON of maps, lists, texts and numbers. */
public final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  /** A value as JSON. */
  public static String text(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("no JSON of " + value.getClass(), e);
    }
  }

  /** An answer with a value. */
  public static Response response(HttpResponseStatus status, Object value) {
    try {
      return Response.json(status, MAPPER.writeValueAsBytes(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("no JSON of " + value.getClass(), e);
    }
  }

  /**
   * Reads an object.
   *
   * @throws RefusedException for what is no JSON object
   */
  static JsonNode object(byte[] body) {
    try {
      JsonNode node = MAPPER.readTree(body);
      if (node != null && node.isObject()) {
        return node;
      }
    } catch (IOException e) {
      // said below: the parser's words would show what was sent
    }
    throw RefusedException.badRequest("The body must be a JSON object.");
  }
}
