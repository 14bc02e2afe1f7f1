package dev.photofinish.relay;

import dev.photofinish.relay.fanout.Fanout;
import dev.photofinish.relay.source.SourceTrack;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The readers and viewers of a camera, whose coming and going its listener hears of. They change on
 * the camera's loop; any thread may ask who they are.
 */
final class AttachedReaders {
  private static final String LEFT = "closed";

  private final RelayedCamera camera;
  private final RelayListener listener;
  private final Supplier<Optional<Fanout>> fanout;
  private final List<ReaderAttachment> readers = new CopyOnWriteArrayList<>();
  private final List<ViewerAttachment> viewers = new CopyOnWriteArrayList<>();

  /**
   * @param fanout what they get; empty before the camera was first seen
   */
  AttachedReaders(RelayedCamera camera, RelayListener listener, Supplier<Optional<Fanout>> fanout) {
    this.camera = camera;
    this.listener = listener;
    this.fanout = fanout;
  }

  // ---- On any thread

  boolean isEmpty() {
    return readers.isEmpty() && viewers.isEmpty();
  }

  List<ReaderStatus> statuses() {
    List<ReaderStatus> all = new ArrayList<>();
    readers.forEach(reader -> all.add(reader.status()));
    viewers.forEach(viewer -> all.add(viewer.status()));
    return all;
  }

  /** Those who take frames. */
  List<ViewerAttachment> viewers() {
    return viewers;
  }

  // ---- On the loop

  /**
   * A reader comes, if it was told of what is offered now.
   *
   * @param problem why nobody may come now
   */
  void add(ReaderAttachment reader, Optional<String> problem, List<SourceTrack> offered) {
    if (problem.isPresent() || !reader.isOf(offered)) {
      reader.refuse(problem.orElse(ServedTracks.CHANGED));
      return;
    }
    readers.add(reader);
    listener.joined(camera, reader.info());
    fanout(all -> all.add(reader.slot(), reader.loop(), System.nanoTime()));
  }

  void add(ViewerAttachment viewer) {
    viewers.add(viewer);
    listener.joined(camera, viewer.info());
    fanout(all -> all.add(viewer, System.nanoTime()));
  }

  /** A reader goes on after a pause. */
  void resume(ReaderAttachment reader) {
    fanout(all -> all.begin(reader.slot(), reader.loop(), System.nanoTime()));
  }

  /** A reader leaves, if it has not left. */
  void remove(ReaderAttachment reader, String reason) {
    if (readers.remove(reader)) {
      fanout(all -> all.remove(reader.slot(), reader.loop()));
      listener.left(camera, reader.info(), reason);
    }
  }

  /** A viewer leaves, if it has not left. */
  void remove(ViewerAttachment viewer) {
    if (viewers.remove(viewer)) {
      fanout(all -> all.remove(viewer));
      listener.left(camera, viewer.info(), LEFT);
    }
  }

  /** All were ended. */
  void ended(String reason) {
    List<ReaderAttachment> wereReaders = List.copyOf(readers);
    List<ViewerAttachment> wereViewers = List.copyOf(viewers);
    readers.clear();
    viewers.clear();
    wereReaders.forEach(reader -> listener.left(camera, reader.info(), reason));
    wereViewers.forEach(viewer -> listener.left(camera, viewer.info(), reason));
  }

  private void fanout(Consumer<Fanout> use) {
    fanout.get().ifPresent(use);
  }
}
