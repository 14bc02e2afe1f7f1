package dev.photofinish.relay.web.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.relay.RelayedCameraOptions;
import dev.photofinish.relay.web.http.RefusedException;
import dev.photofinish.rtsp.client.Camera;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads a camera that is to be added from JSON. */
final class CameraForm {
  private static final String OPTIONS = "options";

  private final JsonNode form;

  CameraForm(byte[] body) {
    form = Json.object(body);
  }

  String name() {
    return text("name");
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
    String url = text("url");
    JsonNode options = form.path(OPTIONS);
    options.fieldNames().forEachRemaining(CameraForm::checkKnown);
    return Camera.of(url, this::option);
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

  RelayedCameraOptions relayOptions() {
    return RelayedCameraOptions.OPTIONS.read(this::option);
  }
}
