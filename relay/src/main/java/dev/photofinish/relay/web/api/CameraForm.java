package dev.photofinish.relay.web.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.relay.RelayedCameraOptions;
import dev.photofinish.relay.web.http.Exchange;
import dev.photofinish.relay.web.http.RefusedException;
import dev.photofinish.relay.web.state.SavedCamera;
import dev.photofinish.rtsp.client.Camera;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Reads a camera that is to be added, or what is to be changed of one, from JSON. */
public final class CameraForm {
  private static final String NAME = "name";
  private static final String URL = "url";
  private static final String OPTIONS = "options";
  private static final List<String> FIELDS = List.of(NAME, URL, OPTIONS);

  private final JsonNode form;

  private CameraForm(byte[] body, List<String> moreFields) {
    form = Json.object(body);
    List<String> fields = Stream.concat(FIELDS.stream(), moreFields.stream()).toList();
    form.fieldNames().forEachRemaining(name -> checkField(name, fields));
    if (form.hasNonNull(OPTIONS) && !form.get(OPTIONS).isObject()) {
      throw RefusedException.badRequest("The field options must be an object.");
    }
    form.path(OPTIONS).properties().forEach(CameraForm::checkOption);
  }

  /**
   * The form in a request.
   *
   * @param moreFields that it may have beside its name, URL and options
   * @throws RefusedException for what is none
   */
  public static CameraForm of(Exchange exchange, List<String> moreFields) {
    String type = exchange.header(HttpHeaderNames.CONTENT_TYPE).orElse("");
    CharSequence media = HttpUtil.getMimeType(type);
    if (media == null || !HttpHeaderValues.APPLICATION_JSON.contentEqualsIgnoreCase(media)) {
      throw new RefusedException(
          HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE, "The body must be application/json.");
    }
    return new CameraForm(exchange.body(), moreFields);
  }

  private static void checkField(String name, List<String> fields) {
    if (!fields.contains(name)) {
      throw RefusedException.badRequest(
          "A camera has the fields " + String.join(", ", fields) + " and no other.");
    }
  }

  /** The name that it has. */
  public String name() {
    return text(NAME);
  }

  /** Whether it has a field. */
  public boolean has(String field) {
    return form.hasNonNull(field);
  }

  /**
   * A field that is a list of texts.
   *
   * @throws RefusedException where it is none
   */
  public List<String> texts(String field) {
    List<String> texts = new ArrayList<>();
    for (JsonNode value : form.path(field)) {
      texts.add(value.isTextual() ? value.asText() : "");
    }
    if (!form.path(field).isArray() || texts.stream().anyMatch(String::isBlank)) {
      throw RefusedException.badRequest("The field " + field + " must be a list of texts.");
    }
    return texts;
  }

  /**
   * A field that is a text, and not blank.
   *
   * @throws RefusedException where it is none
   */
  public String text(String field) {
    JsonNode value = form.get(field);
    if (value == null || !value.isTextual() || value.asText().isBlank()) {
      throw RefusedException.badRequest("The field " + field + " must be a text.");
    }
    return value.asText();
  }

  /**
   * @throws InvalidOptionException for what is not valid; it shows no password
   */
  Camera camera() {
    return Camera.of(text(URL), this::option);
  }

  /** The same camera with what the form has; credentials go with the addresses they are for. */
  Camera change(Camera present) {
    Camera there = form.has(URL) ? present.withUrls(text(URL)) : present;
    return there.with(this::option);
  }

  /** As it is kept. */
  SavedCamera saved() {
    return new SavedCamera(text(URL), options());
  }

  /** Its URL; empty where the form has none. */
  public Optional<String> url() {
    return form.has(URL) ? Optional.of(text(URL)) : Optional.empty();
  }

  /** The texts of the options that it has. */
  public Map<String, String> options() {
    Map<String, String> options = new TreeMap<>();
    form.path(OPTIONS)
        .fieldNames()
        .forEachRemaining(name -> option(name).ifPresent(text -> options.put(name, text)));
    return options;
  }

  /** The names of the options that it has as null. */
  public Set<String> clearedOptions() {
    Set<String> cleared = new TreeSet<>();
    form.path(OPTIONS)
        .properties()
        .forEach(
            option -> {
              if (option.getValue().isNull()) {
                cleared.add(option.getKey());
              }
            });
    return cleared;
  }

  /**
   * Looks whether the form is for the camera of this name.
   *
   * @throws RefusedException where it is not
   */
  public void checkName(String name) {
    if (form.has(NAME) && !text(NAME).equals(name)) {
      throw RefusedException.badRequest("A camera keeps its name: remove it, and add another.");
    }
  }

  private Optional<String> option(String name) {
    JsonNode value = form.path(OPTIONS).get(name);
    return value == null || value.isNull() ? Optional.empty() : Optional.of(value.asText());
  }

  private static void checkOption(Map.Entry<String, JsonNode> option) {
    String name = option.getKey();
    boolean isKnown =
        Stream.concat(Stream.of(RelayedCameraOptions.OPTIONS), Camera.OPTIONS.stream())
            .flatMap(table -> table.options().stream())
            .anyMatch(known -> known.name().equals(name));
    if (!isKnown) {
      throw new InvalidOptionException("option", name, "an option of a camera");
    }
    if (option.getValue().isContainerNode()) {
      throw RefusedException.badRequest(
          "The option " + name + " must be a text, a number, true, false or null.");
    }
  }

  RelayedCameraOptions change(RelayedCameraOptions present) {
    return present.with(this::option);
  }

  RelayedCameraOptions relayOptions() {
    return RelayedCameraOptions.OPTIONS.read(this::option);
  }
}
