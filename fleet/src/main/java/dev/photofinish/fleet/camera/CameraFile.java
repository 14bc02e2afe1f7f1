package dev.photofinish.fleet.camera;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.photofinish.relay.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The list of cameras on a node's disk, so that it outlives an end of all nodes. Its file holds
 * passwords where addresses do: only its owner may read it.
 */
public final class CameraFile {
  private static final Logger LOG = LoggerFactory.getLogger(CameraFile.class);
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Path file;

  /**
   * The content.
   *
   * @param fed the cameras of the configuration file that this node was fed last
   */
  public record Content(CameraTable table, Map<String, FleetCamera> fed) {
    public static final Content EMPTY = new Content(CameraTable.EMPTY, Map.of());

    public Content {
      fed = new TreeMap<>(fed);
    }
  }

  /** A file that may not be there yet. */
  public CameraFile(Path file) {
    this.file = file;
  }

  /**
   * What was written last; empty where nothing was.
   *
   * @throws IOException where it cannot be read, or is damaged
   */
  public Content read() throws IOException {
    try {
      return JSON.readValue(Files.readAllBytes(file), Content.class);
    } catch (NoSuchFileException e) {
      return Content.EMPTY;
    }
  }

  /** Puts a whole file in the place of the last one; says so in the log where it cannot. */
  public void write(Content content) {
    try {
      PrivateFile.replace(file, JSON.writeValueAsBytes(content));
    } catch (IOException e) {
      LOG.warn("{} cannot be written: {}", file, e.getMessage());
    }
  }

  /**
   * The table after a node's configuration file was read: only what changed in the file since this
   * node was fed last is a change, so that a node that restarts with an old file undoes nothing.
   *
   * @param refused takes what cannot be done
   */
  public static CameraTable fed(
      CameraTable table,
      Map<String, FleetCamera> before,
      Map<String, FleetCamera> now,
      String origin,
      Consumer<String> refused) {
    CameraTable fed = table;
    for (FleetCamera camera : now.values()) {
      boolean isNew = !camera.equals(before.get(camera.name()));
      if (isNew || !table.entries().containsKey(camera.name())) {
        try {
          fed = fed.with(camera, origin);
        } catch (CameraTable.SiteChangedException e) {
          refused.accept(e.getMessage());
        }
      }
    }
    for (String name : before.keySet()) {
      if (!now.containsKey(name)) {
        fed = fed.without(name, origin);
      }
    }
    return fed;
  }
}
