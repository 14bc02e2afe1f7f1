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
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
 * @param lines where they stand
 */
public record Config(
    String file,
    Map<String, String> common,
    Map<String, Map<String, String>> cameras,
    ConfigLines lines) {
  static final String URL = "url";

  /** The same: reads better for several. */
  private static final String URLS = "urls";

  public static final Config NONE = new Config("", Map.of(), Map.of(), ConfigLines.NONE);

  /** Reads and checks names; values are checked by the options that take them. */
  static Config read(Path file, Set<String> known) {
    ObjectMapper mapper = mapper(file);
    String text = content(file);
    if (text.isBlank()) {
      throw new UsageException(file + ": is empty; expected a section for each camera");
    }
    JsonNode root = parse(mapper, file, text);
    ConfigLines lines =
        file.toString().endsWith(".toml") ? ConfigLines.ofToml(text) : ConfigLines.ofYaml(text);
    if (!root.isObject()) {
      throw new UsageException(file + ": expected entries and sections, one section a camera");
    }
    Map<String, String> common = new LinkedHashMap<>();
    Map<String, Map<String, String>> cameras = new LinkedHashMap<>();
    root.properties()
        .forEach(
            entry -> {
              if (entry.getValue().isObject()) {
                cameras.put(
                    entry.getKey(), section(file, lines, entry.getKey(), entry.getValue(), known));
              } else {
                String place = file + lines.at(null, entry.getKey()) + ": ";
                String name = checkName(place, entry.getKey(), known);
                common.put(name, text(place + name, entry.getValue()));
              }
            });
    return new Config(file.toString(), common, cameras, lines);
  }

  private static Map<String, String> section(
      Path file, ConfigLines lines, String camera, JsonNode entries, Set<String> known) {
    Map<String, String> section = new LinkedHashMap<>();
    entries
        .properties()
        .forEach(
            entry -> {
              boolean isUrl = entry.getKey().equals(URL) || entry.getKey().equals(URLS);
              String place = place(file.toString(), lines, camera, entry.getKey());
              String name = isUrl ? URL : checkName(place, entry.getKey(), known);
              section.put(name, text(place + name, entry.getValue()));
            });
    if (!section.containsKey(URL)) {
      throw new UsageException(
          place(file.toString(), lines, camera, "")
              + "has no url; expected url = \"rtsp://host/path\"");
    }
    return section;
  }

  private static JsonNode parse(ObjectMapper mapper, Path file, String text) {
    try {
      return mapper.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UsageException(
          file + at(e.getLocation()) + ": " + firstLine(e.getOriginalMessage()), e);
    }
  }

  private static String content(Path file) {
    try {
      return withoutMark(Files.readString(file));
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
        "--config: '"
            + file
            + "' is not valid; expected a file name ending in .toml, .yaml or .yml");
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
                place(camera, name)
                    + name
                    + " is for every camera; expected it at the top of the file");
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

  /**
   * Words that lead to an entry, before a message.
   *
   * @param camera null for the top of the file
   */
  String place(@Nullable String camera, String entry) {
    return place(file, lines, camera, entry);
  }

  private static String place(
      String file, ConfigLines lines, @Nullable String camera, String entry) {
    String section = camera == null ? "" : " [" + camera + "]";
    return file + lines.at(camera, entry) + section + ": ";
  }

  public static String at(JsonLocation location) {
    return location == null
        ? ""
        : " line " + location.getLineNr() + " column " + location.getColumnNr();
  }

  public static String firstLine(String text) {
    return List.of(text.split("\\R", 2)).get(0);
  }

  /** The text behind a byte order mark, which editors of Windows begin files with. */
  public static String withoutMark(String text) {
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }

  /** One sentence, as the exception's own text names the file alone, or nothing at all. */
  public static String unreadable(String file, IOException e) {
    return file + ": cannot be read: " + reason(e);
  }

  private static @Nullable String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    return e instanceof CharacterCodingException ? "it is no text in UTF-8" : e.getMessage();
  }
}
