package dev.photofinish.relay.web.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.photofinish.media.Recording;
import dev.photofinish.media.RecordingListener;
import dev.photofinish.media.RecordingOptions;
import dev.photofinish.relay.RelayedCamera;
import dev.photofinish.relay.source.FrameViewer;
import dev.photofinish.relay.source.ReaderInfo;
import dev.photofinish.relay.source.View;
import dev.photofinish.rtp.format.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The recordings of the cameras of a relay, each in a folder of the camera's name. Methods that
 * touch the disk block.
 */
public final class Recordings implements AutoCloseable {
  static final String PLAYLIST = "index.m3u8";
  private static final Logger LOG = LoggerFactory.getLogger(Recordings.class);
  private static final String INDEX = "index.json";
  private static final String PATTERN = "%Y-%m-%d_%H-%M-%S";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RecordingOptions options;
  private final Map<String, Running> running = new ConcurrentHashMap<>();

  /**
   * @param options of every recording; the folder is that of all cameras
   */
  public Recordings(RecordingOptions options) {
    this.options = options;
  }

  /** A recording that is being made, as a viewer of its camera. */
  private static final class Running implements FrameViewer {
    private final String camera;
    private final Recording recording;
    private final Map<String, Running> all;
    private volatile @Nullable View view;
    private volatile boolean ending;

    Running(String camera, Recording recording, Map<String, Running> all) {
      this.camera = camera;
      this.recording = recording;
      this.all = all;
    }

    @Override
    public void frame(Frame frame) {
      recording.add(frame.retain());
    }

    /**
     * Its camera is gone, or is another one: the next file begins with the next recording, which
     * waits until this one has finished its file.
     */
    @Override
    public void ended(String reason) {
      if (all.get(camera) == this) {
        LOG.warn("the recording of {} ends: {}", camera, reason);
        ending = true;
        new Thread(this::close, "photofinish-recording-end").start();
      }
    }

    /** Returns when its file is finished, whoever closed it first. */
    void close() {
      View open = view;
      if (open != null && !ending) {
        open.close();
      }
      recording.close();
      all.remove(camera, this);
    }
  }

  public boolean isRecording(String camera) {
    Running made = running.get(camera);
    return made != null && !made.ending;
  }

  /**
   * Records from now on; false if that was done already.
   *
   * @throws IOException where the folder cannot be written
   */
  synchronized boolean start(RelayedCamera camera) throws IOException {
    if (isRecording(camera.name())) {
      return false;
    }
    finish(camera.name());
    RecordingOptions own =
        RecordingOptions.in(folder(camera.name()))
            .withPattern(PATTERN)
            .withContainer(options.container())
            .withSegment(options.segment())
            .withKeepFor(options.keepFor())
            .withKeepBytes(options.keepBytes());
    Recording recording = Recording.start(own, RecordingListener.NONE);
    Running started = new Running(camera.name(), recording, running);
    running.put(camera.name(), started);
    started.view = camera.source().view(started, new ReaderInfo("this relay", "recording", ""));
    return true;
  }

  /** Goes on with the recordings of these cameras, so far as that is possible. */
  public void restore(List<RelayedCamera> cameras) {
    for (RelayedCamera camera : cameras) {
      try {
        start(camera);
      } catch (IOException e) {
        LOG.warn("{} is not recorded: {}", camera.name(), e.toString());
      }
    }
  }

  /** Finishes the last file; false if there was no recording. */
  synchronized boolean stop(String camera) {
    boolean made = isRecording(camera);
    finish(camera);
    return made;
  }

  private void finish(String camera) {
    Running made = running.get(camera);
    if (made != null) {
      made.close();
    }
  }

  private Path folder(String camera) {
    return options.folder().resolve(camera);
  }

  /** The finished files of a camera as its index has them, the oldest first. */
  List<JsonNode> files(String camera) throws IOException {
    Path index = folder(camera).resolve(INDEX);
    if (!Files.exists(index)) {
      return List.of();
    }
    List<JsonNode> files = new ArrayList<>();
    JSON.readTree(Files.readAllBytes(index)).path("files").forEach(files::add);
    return files;
  }

  /**
   * A file of a camera, if its index names it, or its playlist: no other name is ever made into a
   * path.
   */
  Optional<Path> file(String camera, String name) throws IOException {
    boolean known = name.equals(PLAYLIST);
    for (JsonNode file : known ? List.<JsonNode>of() : files(camera)) {
      known |= file.path("name").asText().equals(name);
    }
    Path path = folder(camera).resolve(known ? name : PLAYLIST);
    return known && Files.isRegularFile(path) ? Optional.of(path) : Optional.empty();
  }

  /** Finishes all files. */
  @Override
  public synchronized void close() {
    running.keySet().forEach(this::finish);
  }
}
