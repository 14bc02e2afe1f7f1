package dev.photofinish.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/** JSON lines. */
public final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  /** One line, without its end; maps keep their order. */
  public static String line(Map<String, ?> value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not representable: " + value, e);
    }
  }

  public static Map<String, Object> event(String event) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("event", event);
    return map;
  }
}
