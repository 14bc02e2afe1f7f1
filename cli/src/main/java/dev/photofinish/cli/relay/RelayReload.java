package dev.photofinish.cli.relay;

import dev.photofinish.cli.command.UsageException;
import dev.photofinish.relay.Relay;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds a running relay to its files: what was written into them is done, and a file that is wrong
 * changes nothing. Cameras that were added through the API stay as they are.
 */
final class RelayReload {
  private static final Logger LOG = LoggerFactory.getLogger(RelayReload.class);

  private final Relay relay;
  private final Runnable restore;
  private final BiConsumer<String, String> explain;
  private final Supplier<RelayPlan> read;
  private final @Nullable FileWatch config;
  private final Consumer<Boolean> others;
  private final AtomicBoolean asked = new AtomicBoolean();
  private RelayPlan present;

  /**
   * @param explain takes the name of a camera that is about to be changed, and what is changed
   * @param file the configuration; null for none
   * @param read makes a plan of what the files say now, or throws {@link UsageException}
   */
  RelayReload(
      RelayServers servers,
      BiConsumer<String, String> explain,
      RelayPlan present,
      @Nullable Path file,
      Supplier<RelayPlan> read) {
    this.relay = servers.relay();
    this.restore = servers::restore;
    this.explain = explain;
    this.present = present;
    this.config = file == null ? null : new FileWatch(file);
    this.read = read;
    this.others = servers::look;
  }

  /** Adds the first cameras: those of the files, then those that the API had added. */
  void start() {
    present
        .cameras()
        .values()
        .forEach(camera -> relay.add(camera.name(), camera.camera(), camera.options()));
    restore.run();
  }

  /** Reads all files at the next {@link #look}; from any thread. */
  void ask() {
    asked.set(true);
  }

  /** Reads the files that were written; called about once a second. */
  void look() {
    boolean all = asked.getAndSet(false);
    if (config != null && (config.hasChanged() || all)) {
      reload();
    }
    others.accept(all);
  }

  private void reload() {
    RelayPlan next;
    try {
      next = read.get();
    } catch (UsageException e) {
      LOG.warn("{}; nothing was changed", e.getMessage());
      return;
    }
    List<String> fixed = ServedCamera.changes(present.fixed(), next.fixed());
    if (!fixed.isEmpty()) {
      LOG.warn("not changed before the relay is started again: {}", String.join(", ", fixed));
    }
    Map<String, ServedCamera> before = present.cameras();
    present = new RelayPlan(present.options(), next.cameras(), present.fixed());
    before.keySet().stream()
        .filter(name -> !next.cameras().containsKey(name))
        .forEach(relay::remove);
    next.cameras().values().forEach(camera -> apply(before.get(camera.name()), camera));
  }

  private void apply(@Nullable ServedCamera before, ServedCamera camera) {
    List<String> changes = before == null ? List.of("as the file has it") : before.changes(camera);
    if (!changes.isEmpty()) {
      change(camera, String.join(", ", changes));
    }
  }

  private void change(ServedCamera camera, String words) {
    explain.accept(camera.name(), words);
    if (!relay.change(camera.name(), camera.camera(), camera.options())) {
      relay.add(camera.name(), camera.camera(), camera.options());
    }
  }
}
