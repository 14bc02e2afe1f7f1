package dev.photofinish.cli.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes JSON lines, in ASCII: a peer's text reaches a terminal that shows them as escape sequences
 * of JSON.
 */
public final class Json {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder(JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build())
          .build();

  private Json() {}

  /** One line, without its end; maps keep their order. */
  public static String line(Map<String, ?> value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not representable: " + value, e);
    }
  }

  /** Reads one value; what follows it is left. */
  public static JsonNode read(InputStream json) throws IOException {
    return MAPPER.readTree(json);
  }

  /** Reads one value; what follows it is left. */
  public static JsonNode read(String json) throws IOException {
    return MAPPER.readTree(json);
  }

  public static Map<String, Object> event(String event) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("event", event);
    return map;
  }
}
