package dev.photofinish.fleet.camera;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.relay.PrivateFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The list of cameras on a node's disk, so that it outlives an end of all nodes. Its file holds
 * passwords where addresses do: only its owner may read it.
 */
public final class CameraFile {
  private static final Logger LOG = LoggerFactory.getLogger(CameraFile.class);
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Path file;

  /** What the last write could not write; null for nothing. */
  private @Nullable Content unwritten;

  /**
   * The content.
   *
   * @param fed the cameras of the configuration file that this node was fed last
   */
  public record Content(CameraTable table, Map<String, FleetCamera> fed) {
    public static final Content EMPTY = new Content(CameraTable.EMPTY, Map.of());

    /** A file that lacks one of them is not one of ours. */
    public Content {
      Objects.requireNonNull(table, "table");
      fed = new TreeMap<>(Objects.requireNonNull(fed, "fed"));
    }
  }

  /** A file that may not be there yet. */
  public CameraFile(Path file) {
    this.file = file;
  }

  /**
   * The file of a folder, which is made where it is not there.
   *
   * @throws InvalidOptionException where it cannot be made, or not be written to
   */
  public static CameraFile in(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw unusable(folder, e);
    }
    if (!Files.isWritable(folder)) {
      throw unusable(folder, null);
    }
    return new CameraFile(folder.resolve("cameras.json"));
  }

  private static InvalidOptionException unusable(Path folder, @Nullable IOException cause) {
    InvalidOptionException unusable =
        new InvalidOptionException("state", folder, "a folder that this node can write to");
    if (cause != null) {
      unusable.initCause(cause);
    }
    return unusable;
  }

  /**
   * What was written last; empty where nothing was.
   *
   * @throws IOException where it cannot be read, or is damaged
   */
  public Content read() throws IOException {
    @Nullable Content content;
    try {
      content = JSON.readValue(Files.readAllBytes(file), Content.class);
    } catch (NoSuchFileException e) {
      return Content.EMPTY;
    } catch (JacksonException e) {
      LOG.debug("{} is damaged", file, e); // the parser's words say nothing to a user
      throw damaged();
    } catch (IOException e) {
      String why = e instanceof AccessDeniedException ? "permission denied" : e.getMessage();
      throw new IOException(file + " cannot be read: " + why, e);
    }
    if (content == null) { // JSON's null
      throw damaged();
    }
    return content;
  }

  private IOException damaged() {
    return new IOException(
        file + " is damaged: remove it, and this node hears the list from the others");
  }

  /**
   * Puts a whole file in the place of the last one. Where it cannot, as on a full disk, the log
   * says so, and {@link #retry} tries again.
   */
  public void write(Content content) {
    boolean isFirst = unwritten == null;
    try {
      PrivateFile.replace(file, JSON.writeValueAsBytes(content));
      unwritten = null;
      if (!isFirst) {
        LOG.info("{} is written again", file);
      }
    } catch (IOException e) {
      unwritten = content;
      if (isFirst) {
        LOG.warn("{} cannot be written, and is tried again: {}", file, e.toString());
      }
    }
  }

  /** Writes what could not be written. */
  public void retry() {
    if (unwritten != null) {
      write(unwritten);
    }
  }

  /**
   * The table after a node's configuration file was read. Of what files and the API say of a camera
   * the later change holds, and a file changes what was edited in it: what it says otherwise than
   * this node was fed last or, where that is not known, than any file said last.
   *
   * @param told takes what cannot be done, and what the API had said and the file replaces
   */
  public static CameraTable fed(
      CameraTable table,
      Map<String, FleetCamera> before,
      Map<String, FleetCamera> now,
      String origin,
      Consumer<String> told) {
    CameraTable fed = table;
    for (FleetCamera camera : now.values()) {
      if (isEdited(table, before.get(camera.name()), camera)) {
        try {
          CameraTable next = fed.withFiled(camera, origin);
          tellReplaced(fed, next, camera.name(), origin, told);
          fed = next;
        } catch (CameraTable.SiteChangedException e) {
          told.accept(e.getMessage());
        }
      }
    }
    for (String name : before.keySet()) {
      if (!now.containsKey(name)) {
        CameraTable next = fed.withoutFiled(name, origin);
        tellReplaced(fed, next, name, origin, told);
        fed = next;
      }
    }
    return fed;
  }

  private static boolean isEdited(
      CameraTable table, @Nullable FleetCamera before, FleetCamera camera) {
    boolean isNew = !table.entries().containsKey(camera.name());
    return isNew
        || (before == null
            ? !table.filed(camera.name()).equals(camera.digest())
            : !camera.equals(before));
  }

  private static void tellReplaced(
      CameraTable from, CameraTable to, String name, String origin, Consumer<String> told) {
    CameraTable.Entry entry = from.entries().get(name);
    if (entry == null || from.camera(name).equals(to.camera(name))) {
      return;
    }
    if (entry.byApi()) {
      told.accept(
          name
              + ": what the API of "
              + entry.origin()
              + " said of it is replaced by what the edited configuration file says");
    } else if (!entry.origin().equals(origin)) {
      told.accept(
          name
              + ": what the configuration file of "
              + entry.origin()
              + " said of it is replaced by what this node's says");
    }
  }
}
