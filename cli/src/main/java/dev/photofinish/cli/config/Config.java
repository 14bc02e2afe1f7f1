package dev.photofinish.cli.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.photofinish.cli.command.Spelling;
import dev.photofinish.cli.command.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A configuration file, TOML or YAML: entries at the top hold for every camera, each section is one
 * camera and has a {@code url}.
 *
 * @param file as given, for messages
 * @param common the entries at the top
 * @param cameras by the name of their section, in the file's order
 */
public record Config(
    String file, Map<String, String> common, Map<String, Map<String, String>> cameras) {
  static final String URL = "url";
  public static final Config NONE = new Config("", Map.of(), Map.of());

  /** Reads and checks names; values are checked by the options that take them. */
  static Config read(Path file, Set<String> known) {
    JsonNode root = parse(file);
    if (!root.isObject()) {
      throw new UsageException(file + ": expected entries and sections, one section a camera");
    }
    Map<String, String> common = new LinkedHashMap<>();
    Map<String, Map<String, String>> cameras = new LinkedHashMap<>();
    root.properties()
        .forEach(
            entry -> {
              if (entry.getValue().isObject()) {
                cameras.put(entry.getKey(), section(file, entry.getKey(), entry.getValue(), known));
              } else {
                String name = checkName(file + ": ", entry.getKey(), known);
                common.put(name, text(file + ": " + name, entry.getValue()));
              }
            });
    return new Config(file.toString(), common, cameras);
  }

  private static Map<String, String> section(
      Path file, String camera, JsonNode entries, Set<String> known) {
    Map<String, String> section = new LinkedHashMap<>();
    String place = file + " [" + camera + "]: ";
    entries
        .properties()
        .forEach(
            entry -> {
              boolean isUrl = entry.getKey().equals(URL);
              String name = isUrl ? URL : checkName(place, entry.getKey(), known);
              section.put(name, text(place + name, entry.getValue()));
            });
    if (!section.containsKey(URL)) {
      throw new UsageException(place + "has no url; expected url = \"rtsp://host/path\"");
    }
    return section;
  }

  private static JsonNode parse(Path file) {
    try {
      return mapper(file).readTree(Files.readString(file));
    } catch (JsonProcessingException e) {
      throw new UsageException(
          file + at(e.getLocation()) + ": " + firstLine(e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw new UsageException(unreadable(file.toString(), e), e);
    }
  }

  private static ObjectMapper mapper(Path file) {
    String name = file.toString();
    if (name.endsWith(".toml")) {
      return new TomlMapper();
    }
    if (name.endsWith(".yaml") || name.endsWith(".yml")) {
      return new YAMLMapper();
    }
    throw new UsageException(
        "--config: '" + file + "' is not valid; expected a file end in .toml, .yaml or .yml");
  }

  private static String checkName(String place, String name, Set<String> known) {
    if (!known.contains(name)) {
      String right =
          Spelling.nearest(name, known)
              .map(near -> "did you mean " + near + "?")
              .orElseGet(() -> "expected one of " + String.join(", ", known));
      throw new UsageException(place + "unknown entry '" + name + "'; " + right);
    }
    return name;
  }

  /** A list, of URLs, becomes its elements with blanks between. */
  private static String text(String place, JsonNode value) {
    if (value.isArray() && place.endsWith(URL) && !value.isEmpty()) {
      return StreamSupport.stream(value.spliterator(), false)
          .map(element -> text(place + " entry", element))
          .collect(Collectors.joining(" "));
    }
    if (!value.isValueNode() || value.isNull()) {
      throw new UsageException(place + ": expected one value");
    }
    return value.asText();
  }

  /** Fails if a section has an entry that must be the same for all cameras. */
  void refuseInSections(String name) {
    cameras.forEach(
        (camera, entries) -> {
          if (entries.containsKey(name)) {
            throw new UsageException(
                place(camera) + name + " is for every camera; expected it at the top of the file");
          }
        });
  }

  /** The section called {@code word}, or the one whose URL it is; null for none. */
  @Nullable
  public String camera(String word) {
    if (cameras.containsKey(word)) {
      return word;
    }
    return cameras.entrySet().stream()
        .filter(camera -> word.equals(camera.getValue().get(URL)))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  /** The URL of the camera that {@code word} names, or {@code word} itself. */
  public String url(String word) {
    String camera = camera(word);
    return camera == null ? word : cameras.getOrDefault(camera, Map.of()).getOrDefault(URL, word);
  }

  /** Words that lead to the entries of {@code camera}, before a message; empty for null. */
  public String place(@Nullable String camera) {
    return camera == null ? "" : file + " [" + camera + "]: ";
  }

  public static String at(JsonLocation location) {
    return location == null
        ? ""
        : " line " + location.getLineNr() + " column " + location.getColumnNr();
  }

  public static String firstLine(String text) {
    return List.of(text.split("\\R", 2)).get(0);
  }

  public static String unreadable(String file, IOException e) {
    boolean missing = e instanceof java.nio.file.NoSuchFileException;
    return file + ": cannot be read: " + (missing ? "no such file" : e.getMessage());
  }
}
