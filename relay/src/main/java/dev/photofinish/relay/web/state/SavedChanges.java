package dev.photofinish.relay.web.state;

import dev.photofinish.relay.RelayedCameraOptions;
import dev.photofinish.rtsp.client.Camera;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The changes that the API made, kept in a file: cameras that it added, with what became of them,
 * and recordings that it started. What it changed of other cameras is not kept: those are their
 * configuration's. Any thread uses it.
 */
public final class SavedChanges implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SavedChanges.class);

  private final @Nullable StateFile file;
  private final Map<String, SavedCamera> cameras = new TreeMap<>();
  private final Set<String> recordings = new TreeSet<>();
  private final Object writing = new Object();
  private volatile Executor disk = Runnable::run;
  private volatile boolean unwritten;

  private SavedChanges(@Nullable StateFile file, StateFile.Content content) {
    this.file = file;
    cameras.putAll(content.cameras());
    recordings.addAll(content.recordings());
  }

  /** Keeps nothing. */
  public static SavedChanges none() {
    return new SavedChanges(null, new StateFile.Content(Map.of(), Set.of()));
  }

  /**
   * The changes in a file, which is made with the first.
   *
   * @throws IOException in one sentence, where the file cannot be read or is not valid
   */
  public static SavedChanges in(Path path) throws IOException {
    StateFile file = new StateFile(path);
    return new SavedChanges(file, file.read());
  }

  /** Has the file written by these threads; by those that change something if none are given. */
  public void writtenBy(Executor threads) {
    disk = threads;
  }

  /** Makes a camera. */
  @FunctionalInterface
  public interface Adding {
    void add(String name, Camera camera, RelayedCameraOptions options);
  }

  /**
   * Makes the cameras again.
   *
   * @param present whether there is one of this name already, which stays as it is
   */
  public void restore(Predicate<String> present, Adding adding) {
    for (Map.Entry<String, SavedCamera> saved : content().cameras().entrySet()) {
      if (present.test(saved.getKey())) {
        LOG.info("{} is as its configuration has it, not as the API left it", saved.getKey());
      } else {
        SavedCamera camera = saved.getValue();
        adding.add(saved.getKey(), camera.camera(), camera.relayOptions());
      }
    }
  }

  /** The cameras that are recorded. */
  public synchronized Set<String> recordings() {
    return Set.copyOf(recordings);
  }

  /** A camera was added. */
  public void added(String name, SavedCamera camera) {
    synchronized (this) {
      cameras.put(name, camera);
    }
    save();
  }

  /** All of a camera was replaced. */
  public void replaced(String name, SavedCamera camera) {
    boolean known;
    synchronized (this) {
      known = cameras.replace(name, camera) != null;
    }
    saveIf(known);
  }

  /** Something of a camera was changed, as of {@link SavedCamera#with}. */
  public void changed(String name, Optional<String> url, Map<String, String> options) {
    boolean known;
    synchronized (this) {
      known = cameras.computeIfPresent(name, (key, now) -> now.with(url, options)) != null;
    }
    saveIf(known);
  }

  /** A camera was removed. */
  public void removed(String name) {
    boolean known;
    synchronized (this) {
      boolean recorded = recordings.remove(name);
      known = cameras.remove(name) != null || recorded;
    }
    saveIf(known);
  }

  /** A recording was started, or stopped. */
  public void recording(String name, boolean on) {
    boolean other;
    synchronized (this) {
      other = on ? recordings.add(name) : recordings.remove(name);
    }
    saveIf(other);
  }

  private void saveIf(boolean changed) {
    if (changed) {
      save();
    }
  }

  private void save() {
    unwritten = true;
    try {
      disk.execute(this::write);
    } catch (RejectedExecutionException e) {
      LOG.warn("{}: the disk is busy, so a change is kept with the next one, or at the end", file);
    }
  }

  /** What is written is the state of now: an earlier one is never the last. */
  private void write() {
    synchronized (writing) {
      if (file == null || !unwritten) {
        return;
      }
      unwritten = false;
      try {
        file.write(content());
      } catch (IOException e) {
        LOG.warn("{} cannot be written, so changes are not kept: {}", file, e.toString());
      }
    }
  }

  /** Writes what is not written yet. */
  @Override
  public void close() {
    write();
  }

  private synchronized StateFile.Content content() {
    return new StateFile.Content(cameras, recordings);
  }
}
