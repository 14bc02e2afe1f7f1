package dev.photofinish.relay.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * An OpenAPI description, and the part of JSON Schema that it uses; for other modules' tests too.
 */
public final class ApiDescription {
  private final JsonNode document;

  public ApiDescription(JsonNode document) {
    this.document = document;
  }

  /** Such as {@code get /api/cameras}. */
  public Set<String> operations() {
    Set<String> operations = new TreeSet<>();
    document
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(method -> operations.add(method + " " + path.getKey())));
    return operations;
  }

  /** Checks an answer against the schema of its operation and status. */
  public void check(String path, String method, int status, JsonNode answer) {
    JsonNode response =
        document.get("paths").get(path).get(method).get("responses").get(String.valueOf(status));
    JsonNode schema = response.get("content").get("application/json").get("schema");
    assertThat(problems(schema, answer, "")).isEmpty();
  }

  private List<String> problems(JsonNode schema, JsonNode value, String at) {
    if (schema.has("$ref")) {
      String reference = schema.get("$ref").asText();
      String name = reference.substring(reference.lastIndexOf('/') + 1);
      return problems(document.get("components").get("schemas").get(name), value, at);
    }
    if (schema.has("oneOf")) {
      for (JsonNode choice : schema.get("oneOf")) {
        if (problems(choice, value, at).isEmpty()) {
          return List.of();
        }
      }
      return List.of(at + " is none of its choices");
    }
    List<String> problems = new ArrayList<>();
    if (!isOfType(schema.get("type"), value)) {
      problems.add(at + " is " + value + ", not of type " + schema.get("type"));
    } else if (value.isObject()) {
      object(schema, value, at, problems);
    } else if (value.isArray()) {
      for (JsonNode item : value) {
        problems.addAll(problems(schema.get("items"), item, at + "[]"));
      }
    } else if (schema.path("format").asText().equals("date-time") && value.isTextual()) {
      assertThat(Instant.parse(value.asText())).isNotNull();
    } else if (schema.has("enum")) {
      assertThat(schema.get("enum")).contains(value);
    }
    return problems;
  }

  private void object(JsonNode schema, JsonNode value, String at, List<String> problems) {
    for (JsonNode required : schema.path("required")) {
      if (!value.has(required.asText())) {
        problems.add(at + " has no " + required);
      }
    }
    value
        .properties()
        .forEach(
            field -> {
              JsonNode others = schema.path("additionalProperties");
              JsonNode known = schema.path("properties").path(field.getKey());
              if (known.isMissingNode()) {
                known = others;
              }
              if (!known.isObject()) {
                problems.add(at + "." + field.getKey() + " is not described");
              } else {
                problems.addAll(problems(known, field.getValue(), at + "." + field.getKey()));
              }
            });
  }

  private static boolean isOfType(JsonNode type, JsonNode value) {
    if (type.isArray()) {
      for (JsonNode one : type) {
        if (isOfType(one, value)) {
          return true;
        }
      }
      return false;
    }
    return switch (type.asText()) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      case "null" -> value.isNull();
      default -> throw new AssertionError("type " + type);
    };
  }
}
