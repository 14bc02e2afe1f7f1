package dev.photofinish.relay;

import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.relay.fanout.Fanout;
import dev.photofinish.relay.fanout.ReaderSlot;
import dev.photofinish.relay.source.Attachment;
import dev.photofinish.relay.source.FrameViewer;
import dev.photofinish.relay.source.PublishPoint;
import dev.photofinish.relay.source.ReaderInfo;
import dev.photofinish.relay.source.Source;
import dev.photofinish.relay.source.SourceReader;
import dev.photofinish.relay.source.SourceTrack;
import dev.photofinish.relay.source.SourceUnavailableException;
import dev.photofinish.relay.source.TalkPoint;
import dev.photofinish.relay.source.View;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.CameraStream;
import dev.photofinish.rtsp.client.RtspClient;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * A camera of a relay: opens its stream when someone wants it, and counts who does. Everything
 * happens on the loop of its {@link Upstream}.
 */
final class DefaultRelayedCamera implements RelayedCamera, Source {
  private final String name;
  private final boolean published;
  private final EventLoop loop;
  private final Upstream upstream;
  private final RelayListener listener;

  private volatile Camera camera;
  private volatile RelayedCameraOptions options;
  private final AttachedReaders attached;
  // On the loop.
  private final WaitingReaders waiting;
  private long wantedUntil;
  private boolean removed;

  DefaultRelayedCamera(
      String name,
      Camera camera,
      RelayedCameraOptions options,
      boolean published,
      RtspClient client,
      EventLoop loop,
      RelayListener listener) {
    this.name = name;
    this.camera = camera;
    this.options = options;
    this.loop = loop;
    this.listener = listener;
    this.published = published;
    Wanted wanted = new Wanted();
    this.upstream =
        published
            ? new PublishedUpstream(this, wanted, loop, listener)
            : new DialledUpstream(this, wanted, client, loop, listener);
    this.waiting = new WaitingReaders(name, loop, upstream);
    this.attached = new AttachedReaders(this, listener, () -> upstream.served().fanout());
  }

  void start() {
    loop.execute(
        () -> {
          upstream.start();
          if (!options.onDemand()) {
            upstream.open();
          }
        });
  }

  /** Is reached, and relayed, in this way from now on. */
  void change(Camera to, RelayedCameraOptions how) {
    if (published && !to.urls().equals(camera.urls())) {
      throw new InvalidOptionException(
          "url", to.toString(), "none, since " + name + " is published to");
    }
    camera = to;
    options = how;
    upstream.whileRunning(
        () -> {
          if (!removed) {
            fanout(all -> all.groupBytes(how.groupBytes()));
            upstream.changed();
            listener.changed(this);
          }
        });
  }

  /** Ends its connection and opens none until it is changed; completes when it is closed. */
  CompletionStage<Void> suspend(String reason) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    loop.execute(
        () -> {
          CompletableFuture<?> unused =
              upstream.suspend(reason).whenComplete((closed, e) -> done.complete(null));
        });
    return done;
  }

  // ---- What it is

  @Override
  public String name() {
    return name;
  }

  @Override
  public Camera camera() {
    return camera;
  }

  @Override
  public RelayedCameraOptions options() {
    return options;
  }

  @Override
  public List<String> path() {
    return upstream.path.ids();
  }

  @Override
  public Optional<PublishPoint> publishPoint() {
    return upstream.publishPoint();
  }

  @Override
  public Optional<TalkPoint> talkPoint() {
    return upstream.talkPoint();
  }

  @Override
  public Source source() {
    return this;
  }

  @Override
  public CameraStatus status() {
    UpstreamState state = upstream.state();
    return new CameraStatus(
        name,
        published ? "" : camera.toString(),
        state.state(),
        state.since(),
        state.reason(),
        upstream.served().offered(),
        attached.statuses(),
        upstream.share(),
        upstream.statistics());
  }

  @Override
  public Optional<CameraStream> stream() {
    return Optional.ofNullable(upstream.stream());
  }

  // ---- Those who want it

  @Override
  public CompletionStage<List<SourceTrack>> describe() {
    CompletableFuture<List<SourceTrack>> described = new CompletableFuture<>();
    loop.execute(() -> describe(described));
    return described;
  }

  private void describe(CompletableFuture<List<SourceTrack>> described) {
    if (removed) {
      described.completeExceptionally(new SourceUnavailableException(name + " was removed"));
      return;
    }
    want();
    waiting.describe(described, options.describeTimeout());
  }

  /** Someone wants it, for so long as the grace is. */
  private void want() {
    wantedUntil = System.nanoTime() + options.grace().toNanos();
    upstream.open();
  }

  @Override
  public Attachment attach(
      SourceReader reader, ReaderInfo info, Set<Integer> tracks, EventLoop readerLoop) {
    ReaderAttachment attachment =
        new ReaderAttachment(
            new Place(), info, reader, new ReaderSlot(reader, tracks, this::missed), readerLoop);
    attach(why -> attached.add(attachment, why, upstream.served().offered()), attachment::refuse);
    return attachment;
  }

  /** On the loop; {@code add} takes why nobody may begin to read. */
  private void attach(Consumer<Optional<String>> add, Consumer<String> refuse) {
    loop.execute(
        () -> {
          if (removed) {
            refuse.accept(name + " was removed");
          } else {
            Optional<String> problem = upstream.refusal();
            want();
            add.accept(problem);
          }
        });
  }

  /** A reader goes on with the next key frame. */
  private void missed() {
    upstream.whileRunning(() -> fanout(all -> all.missed(System.nanoTime())));
  }

  @Override
  public View view(FrameViewer viewer, ReaderInfo info) {
    ViewerAttachment attachment = new ViewerAttachment(viewer, info, this::detach);
    attach(problem -> attached.add(attachment), attachment::ended);
    return attachment;
  }

  private void detach(ViewerAttachment viewer) {
    upstream.whileRunning(() -> attached.remove(viewer));
  }

  private void fanout(Consumer<Fanout> use) {
    upstream.served().fanout().ifPresent(use);
  }

  /** Those who want it, as what brings its media sees them. */
  private final class Wanted implements Upstream.Demand {
    @Override
    public boolean isWanted() {
      boolean used = !attached.isEmpty() || !waiting.isEmpty() || upstream.hasTalkers();
      if (used || !options.onDemand()) {
        wantedUntil = System.nanoTime() + options.grace().toNanos();
        return true;
      }
      return wantedUntil - System.nanoTime() > 0;
    }

    @Override
    public void failed() {
      waiting.fail();
    }

    @Override
    public void described() {
      waiting.complete();
    }

    @Override
    public List<ViewerAttachment> viewers() {
      return attached.viewers();
    }

    @Override
    public void ended(String reason) {
      attached.ended(reason);
    }
  }

  /** What a reader that is attached may ask for. */
  private final class Place implements ReaderAttachment.Place {
    @Override
    public void resume(ReaderAttachment reader) {
      loop.execute(() -> attached.resume(reader));
    }

    @Override
    public void missed() {
      DefaultRelayedCamera.this.missed();
    }

    @Override
    public void detach(ReaderAttachment reader, String reason) {
      upstream.whileRunning(() -> attached.remove(reader, reason));
    }
  }

  /** Ends it for good; completes when its stream is closed. */
  CompletionStage<Void> remove(String reason) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    loop.execute(
        () -> {
          removed = true;
          waiting.fail(new SourceUnavailableException(name + reason));
          upstream.end(name + reason, done);
        });
    return done;
  }

  @Override
  public String toString() {
    return published ? name : name + " at " + camera;
  }
}
