package dev.photofinish.relay.web.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.relay.RelayedCameraOptions;
import dev.photofinish.relay.web.http.RefusedException;
import dev.photofinish.relay.web.state.SavedCamera;
import dev.photofinish.rtsp.client.Camera;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads a camera that is to be added from JSON. */
final class CameraForm {
  private static final String NAME = "name";
  private static final String URL = "url";
  private static final String OPTIONS = "options";
  private static final List<String> FIELDS = List.of(NAME, URL, OPTIONS);

  private final JsonNode form;

  CameraForm(byte[] body) {
    form = Json.object(body);
    form.fieldNames().forEachRemaining(CameraForm::checkField);
    form.path(OPTIONS).fieldNames().forEachRemaining(CameraForm::checkKnown);
  }

  private static void checkField(String name) {
    if (!FIELDS.contains(name)) {
      throw RefusedException.badRequest(
          "A camera has the fields " + String.join(", ", FIELDS) + " and no other.");
    }
  }

  String name() {
    return text(NAME);
  }

  private String text(String field) {
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

  /** Empty where the form has none. */
  Optional<String> url() {
    return form.has(URL) ? Optional.of(text(URL)) : Optional.empty();
  }

  /** The texts of the options that it has. */
  Map<String, String> options() {
    Map<String, String> options = new TreeMap<>();
    form.path(OPTIONS)
        .fieldNames()
        .forEachRemaining(name -> option(name).ifPresent(text -> options.put(name, text)));
    return options;
  }

  /** The form is for the camera of this name. */
  void checkName(String name) {
    if (form.has(NAME) && !text(NAME).equals(name)) {
      throw RefusedException.badRequest("A camera keeps its name: remove it, and add another.");
    }
  }

  private Optional<String> option(String name) {
    JsonNode value = form.path(OPTIONS).get(name);
    return value == null || value.isNull() ? Optional.empty() : Optional.of(value.asText());
  }

  private static void checkKnown(String name) {
    boolean known =
        Stream.concat(Stream.of(RelayedCameraOptions.OPTIONS), Camera.OPTIONS.stream())
            .flatMap(table -> table.options().stream())
            .anyMatch(option -> option.name().equals(name));
    if (!known) {
      throw new InvalidOptionException("option", name, "an option of a camera");
    }
  }

  RelayedCameraOptions change(RelayedCameraOptions present) {
    return present.with(this::option);
  }

  RelayedCameraOptions relayOptions() {
    return RelayedCameraOptions.OPTIONS.read(this::option);
  }
}
