package dev.photofinish.cli.gst;

import com.fasterxml.jackson.databind.JsonNode;
import dev.photofinish.cli.command.Json;
import dev.photofinish.cli.config.Cameras;
import dev.photofinish.cli.config.Settings;
import dev.photofinish.connect.CertificateJudge;
import dev.photofinish.connect.TlsSettings;
import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.option.Option;
import dev.photofinish.rtsp.client.Camera;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The payload of {@code open}.
 *
 * @param location the camera's addresses
 * @param user for addresses that carry none; null for none
 * @param certificates which of the camera's certificates the host is asked about
 * @param options that the application has set, with their text
 */
record OpenRequest(
    String location,
    @Nullable String user,
    @Nullable String password,
    Certificates certificates,
    Map<String, String> options) {

  /** Certificates that are shown to the host. */
  enum Certificates {
    NONE,
    UNTRUSTED,
    ALL
  }

  OpenRequest {
    options = Map.copyOf(options);
  }

  /** Reads one; JSON members that are not known are ignored. */
  static OpenRequest read(ByteBuf payload) throws MalformedMessageException {
    JsonNode json;
    try (ByteBufInputStream in = new ByteBufInputStream(payload)) {
      json = Json.read(in);
    } catch (IOException e) {
      throw new MalformedMessageException("an open that is no JSON");
    }
    if (!json.path("location").isTextual()) {
      throw new MalformedMessageException("an open without a location");
    }
    Map<String, String> options = new LinkedHashMap<>();
    json.path("options")
        .properties()
        .forEach(entry -> options.put(entry.getKey(), entry.getValue().asText()));
    return new OpenRequest(
        json.path("location").asText(),
        text(json, "user-id"),
        text(json, "user-pw"),
        certificates(text(json, "certificates")),
        options);
  }

  /** Of an unknown word none: they are verified then. */
  private static Certificates certificates(@Nullable String word) {
    for (Certificates shown : Certificates.values()) {
      if (Option.word(shown).equals(word)) {
        return shown;
      }
    }
    return Certificates.NONE;
  }

  private static @Nullable String text(JsonNode json, String name) {
    JsonNode value = json.path(name);
    return value.isTextual() ? value.asText() : null;
  }

  /**
   * The camera that is meant.
   *
   * @param environment what holds where the application has set nothing
   * @param host decides about certificates that it is asked about
   * @throws InvalidOptionException for a value that is not valid
   */
  Camera camera(Map<String, String> environment, CertificateJudge host) {
    for (Map.Entry<String, String> option : options.entrySet()) {
      if (ElementProperties.OPTIONS.stream().noneMatch(o -> o.name().equals(option.getKey()))) {
        throw new InvalidOptionException(
            option.getKey(),
            option.getValue(),
            ElementProperties.OPTIONS.stream()
                .map(Option::name)
                .collect(Collectors.joining(", ", "one of ", "")));
      }
    }
    Camera camera = judged(Cameras.of(location, Settings.of(environment).with(options)), host);
    return user == null ? camera : camera.withCredentials(user, password == null ? "" : password);
  }

  private Camera judged(Camera camera, CertificateJudge host) {
    return switch (certificates) {
      case NONE -> camera;
      case UNTRUSTED -> camera.withTls(camera.tls().withJudge(host));
      case ALL -> camera.withTls(TlsSettings.judgedBy(host));
    };
  }

  /** Leaves the password out. */
  @Override
  public String toString() {
    return "OpenRequest[options=" + options.keySet() + "]";
  }
}
