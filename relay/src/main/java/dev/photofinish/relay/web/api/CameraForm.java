package dev.photofinish.relay.web.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.option.Option;
import dev.photofinish.option.OptionTable;
import dev.photofinish.relay.RelayedCameraOptions;
import dev.photofinish.relay.RelayedCameraOptions.WhileAway;
import dev.photofinish.relay.web.http.RefusedException;
import dev.photofinish.rtsp.client.Camera;
import java.util.Optional;

/** Reads a camera that is to be added from JSON. */
final class CameraForm {
  private static final String OPTIONS = "options";
  private static final String ON_DEMAND = "on-demand";
  private static final String WHILE_AWAY = "while-away";

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
    boolean known = name.equals(ON_DEMAND) || name.equals(WHILE_AWAY);
    for (OptionTable<?, ?> table : Camera.OPTIONS) {
      known |= table.options().stream().map(Option::name).anyMatch(name::equals);
    }
    if (!known) {
      throw new InvalidOptionException("option", name, "an option of a camera");
    }
  }

  RelayedCameraOptions relayOptions() {
    RelayedCameraOptions options = RelayedCameraOptions.defaults();
    options =
        options.withOnDemand(
            option(ON_DEMAND).map(value -> Option.parseSwitch(ON_DEMAND, value)).orElse(false));
    return options.withWhileAway(
        option(WHILE_AWAY)
            .map(value -> Option.parseWord(WHILE_AWAY, value, WhileAway.class))
            .orElse(options.whileAway()));
  }
}
