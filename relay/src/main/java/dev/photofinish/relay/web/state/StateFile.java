package dev.photofinish.relay.web.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.relay.PrivateFile;
import dev.photofinish.relay.Relay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The file of the changes that the API made. It holds passwords: only its owner may read it. */
final class StateFile {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final String CAMERAS = "cameras";
  private static final String RECORDINGS = "recordings";
  private static final String URL = "url";
  private static final String OPTIONS = "options";

  private final Path file;

  StateFile(Path file) {
    this.file = file;
  }

  /**
   * The content.
   *
   * @param cameras that were added, by name
   * @param recordings the cameras that are recorded
   */
  record Content(Map<String, SavedCamera> cameras, Set<String> recordings) {
    Content {
      cameras = new TreeMap<>(cameras);
      recordings = new TreeSet<>(recordings);
    }
  }

  /**
   * What was written last; empty where nothing was.
   *
   * @throws IOException in one sentence, where it cannot be read or is not valid
   */
  Content read() throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return new Content(Map.of(), Set.of());
    } catch (IOException e) {
      throw new IOException(file + " cannot be read: " + e.getMessage(), e);
    }
    try {
      return content(JSON.readTree(bytes));
    } catch (IOException e) {
      throw bad("it is no JSON", e); // the parser's words would show what is in it
    } catch (IllegalArgumentException e) {
      throw bad(String.valueOf(e.getMessage()), e);
    }
  }

  private IOException bad(String what, Exception cause) {
    return new IOException(
        file + " does not hold what a relay kept: " + what + "; repair it, or move it away", cause);
  }

  private static Content content(JsonNode root) {
    Map<String, SavedCamera> cameras = new TreeMap<>();
    for (Map.Entry<String, JsonNode> field : root.path(CAMERAS).properties()) {
      Relay.checkName(field.getKey());
      cameras.put(field.getKey(), camera(field.getKey(), field.getValue()));
    }
    Set<String> recordings = new TreeSet<>();
    for (JsonNode name : root.path(RECORDINGS)) {
      Relay.checkName(name.asText());
      recordings.add(name.asText());
    }
    if (!root.path(CAMERAS).isObject() || !root.path(RECORDINGS).isArray()) {
      throw new IllegalArgumentException("it is no object with cameras and recordings");
    }
    return new Content(cameras, recordings);
  }

  private static SavedCamera camera(String name, JsonNode node) {
    Map<String, String> options = new TreeMap<>();
    node.path(OPTIONS)
        .properties()
        .forEach(option -> options.put(option.getKey(), option.getValue().asText()));
    SavedCamera camera = new SavedCamera(node.path(URL).asText(), options);
    try {
      camera.camera();
      camera.relayOptions();
    } catch (InvalidOptionException e) {
      throw new IllegalArgumentException("camera " + name + ", " + e.getMessage(), e);
    }
    return camera;
  }

  /**
   * Puts a whole file in the place of the last one.
   *
   * @throws IOException where it cannot; the last one stays
   */
  void write(Content content) throws IOException {
    PrivateFile.replace(file, JSON.writeValueAsBytes(tree(content)));
  }

  private static Map<String, Object> tree(Content content) {
    Map<String, Object> cameras = new TreeMap<>();
    content
        .cameras()
        .forEach(
            (name, camera) ->
                cameras.put(
                    name, Map.of(URL, camera.url(), OPTIONS, new TreeMap<>(camera.options()))));
    return new TreeMap<>(Map.of(CAMERAS, cameras, RECORDINGS, content.recordings()));
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
