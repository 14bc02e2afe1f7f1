package dev.photofinish.relay;

import dev.photofinish.race.RaceReport;
import dev.photofinish.relay.RelayedCameraOptions.WhileAway;
import dev.photofinish.relay.fanout.Fanout;
import dev.photofinish.relay.source.SourceTrack;
import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtsp.client.CameraListener;
import dev.photofinish.rtsp.client.CameraState;
import dev.photofinish.rtsp.client.CameraStream;
import dev.photofinish.rtsp.client.MediaStream;
import dev.photofinish.rtsp.client.RtpPacket;
import dev.photofinish.rtsp.client.RtspClient;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection to a camera, as its readers see it: what comes is handed to the {@link
 * Fanout}, and what happens while it is away. Everything happens on one event loop.
 */
final class Upstream {
  private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final long SECOND = 1_000_000_000L;

  /** RFC 3550 section 6.2: the usual interval of reports. */
  private static final int REPORT_SECONDS = 5;

  /** Packets without a picture for so long are not what was asked for. */
  private static final long NO_PICTURE = 5 * SECOND;

  /** After it another connection is tried. */
  private static final long NO_PICTURE_AT_ALL = 15 * SECOND;

  /** A stream that gave up is tried again after it, while someone wants it. */
  private static final int SECONDS_AFTER_FAILURE = 30;

  /**
   * The state, said once.
   *
   * @param reason human-readable
   */
  record State(RelayState state, Instant since, String reason) {}

  private final DefaultRelayedCamera camera;
  private final RtspClient client;
  private final EventLoop loop;
  private final RelayListener listener;
  private final FrameMeter meter = new FrameMeter();

  private volatile State state = new State(RelayState.IDLE, Instant.now(), "nobody reads it");
  private volatile List<SourceTrack> offered = List.of();
  private volatile FrameShare share = new FrameShare(Double.NaN, Double.NaN, Double.NaN);
  private volatile @Nullable CameraStream stream;

  // On the loop.
  private @Nullable Fanout fanout;
  private @Nullable Future<?> ticks;

  /** Of the connection that sends, by the number of the camera's media. */
  private int[] tracks = new int[0];

  /** The media of a connection that has not sent yet; empty where there is none. */
  private List<MediaStream> next = List.of();

  private int second;
  private int frames;
  private int failedFor;
  private long lastPacket;
  private long lastPicture;
  private boolean over;

  Upstream(DefaultRelayedCamera camera, RtspClient client, EventLoop loop, RelayListener listener) {
    this.camera = camera;
    this.client = client;
    this.loop = loop;
    this.listener = listener;
  }

  void start() {
    ticks = loop.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
  }

  // ---- What is known, on any thread

  State state() {
    return state;
  }

  List<SourceTrack> offered() {
    return offered;
  }

  FrameShare share() {
    return share;
  }

  @Nullable CameraStream stream() {
    return stream;
  }

  /** Whether readers can be told what they get. */
  boolean isServed() {
    boolean away = state.state == RelayState.AWAY || state.state == RelayState.FAILED;
    return !offered.isEmpty() && !(away && isClosing());
  }

  private boolean isClosing() {
    return camera.options().whileAway() == WhileAway.CLOSE;
  }

  // ---- The stream

  /** Connects, unless it is connected or was ended. */
  void open() {
    if (stream != null || over) {
      return;
    }
    failedFor = 0;
    lastPicture = System.nanoTime();
    enter(offered.isEmpty() ? RelayState.CONNECTING : RelayState.AWAY, "connecting");
    stream = client.start(camera.camera(), new Events(), loop);
  }

  private void close(RelayState next, String reason) {
    CameraStream open = stream;
    stream = null;
    if (open != null) {
      open.closeAsync();
    }
    enter(next, reason);
  }

  private void enter(RelayState next, String reason) {
    State before = state;
    if (before.state == next) {
      return;
    }
    state = new State(next, Instant.now(), reason);
    listener.state(camera, before.state, next, reason);
    boolean away = next == RelayState.AWAY || next == RelayState.FAILED;
    if (away && isClosing() && fanout != null) {
      endReaders("the camera is away: " + reason);
    }
  }

  private final class Events implements CameraListener {
    @Override
    public void state(CameraStream of, CameraState from, CameraState to, String reason) {
      if (of == stream) {
        streamState(to, reason);
      }
    }

    @Override
    public void race(CameraStream of, RaceReport report) {
      listener.race(camera, report);
    }

    @Override
    public void described(CameraStream of, List<MediaStream> streams) {
      if (of == stream) {
        Upstream.this.described(streams);
      }
    }

    @Override
    public void packet(CameraStream of, RtpPacket packet) {
      if (of == stream) {
        Upstream.this.packet(packet);
      }
    }

    @Override
    public void frame(CameraStream of, MediaStream media, Frame frame) {
      int index = media.index();
      if (of == stream && fanout != null && index < tracks.length && tracks[index] >= 0) {
        Upstream.this.frame(tracks[index], frame);
      }
    }
  }

  private void streamState(CameraState to, String reason) {
    RelayState without = offered.isEmpty() ? RelayState.CONNECTING : RelayState.AWAY;
    switch (to) {
      case CONNECTING, RECONNECTING -> enter(without, reason);
      case PLAYING -> {
        lastPicture = System.nanoTime();
        enter(RelayState.PLAYING, reason);
      }
      case STALLED, PAUSED -> enter(RelayState.STALLED, reason);
      case ENDED, FAILED, CLOSED -> {
        stream = null;
        enter(RelayState.FAILED, reason);
      }
    }
  }

  /** A connection is set up; the one before it may send until it does. */
  private void described(List<MediaStream> media) {
    next = media;
    if (fanout == null) {
      offer(media);
      camera.described();
    }
  }

  /** The first packet of another connection. */
  private void connected(List<MediaStream> media) {
    next = List.of();
    Fanout current = fanout;
    TrackMatch match = TrackMatch.of(offered, media);
    if (current == null || !match.fits()) {
      offer(media);
      return;
    }
    tracks = match.tracks();
    for (MediaStream now : media) {
      int track = tracks[now.index()];
      if (track >= 0) {
        MediaStream told = current.offered().get(track).media();
        current.interrupted(track, now.payloadType(), TrackMatch.changedSets(told, now));
      }
    }
  }

  /** Readers are told of these media from now on; those of before cannot be served. */
  private void offer(List<MediaStream> media) {
    if (fanout != null) {
      LOG.info("{}: its media have changed, so its readers have to ask again", camera.name());
      endReaders("the camera's media have changed");
    }
    List<SourceTrack> all = new ArrayList<>();
    tracks = new int[media.size()];
    for (MediaStream one : media) {
      tracks[one.index()] = one.index();
      all.add(new SourceTrack(one.index(), one, RANDOM.nextInt() & 0xffff_ffffL));
    }
    offered = List.copyOf(all);
    Fanout made =
        new Fanout(
            camera.name(),
            offered,
            camera.options().groupBytes(),
            PooledByteBufAllocator.DEFAULT,
            RANDOM);
    fanout = made;
    camera.viewers().forEach(made::add);
  }

  @SuppressWarnings("ReferenceEquality") // an equal one may be of the connection before
  private void packet(RtpPacket packet) {
    int index = packet.stream().index();
    if (index < next.size() && packet.stream() == next.get(index)) {
      connected(next);
    }
    if (fanout != null && index < tracks.length && tracks[index] >= 0) {
      lastPacket = System.nanoTime();
      fanout.packet(tracks[index], packet, lastPacket);
    }
  }

  private void frame(int track, Frame frame) {
    long now = System.nanoTime();
    Instant wall = Instant.now();
    if (frame.codec().kind() == Codec.Kind.VIDEO) {
      frames++;
      lastPicture = now;
      if (state.state == RelayState.STALLED) {
        enter(RelayState.PLAYING, "pictures come again");
      }
    }
    if (fanout != null) {
      fanout.frame(track, frame, now, wall.getEpochSecond() * SECOND + wall.getNano());
    }
  }

  // ---- Each second

  private void tick() {
    long now = System.nanoTime();
    second++;
    count();
    if (fanout != null && second % REPORT_SECONDS == 0) {
      fanout.report(now);
    }
    boolean wanted = camera.isWanted();
    if (!wanted && stream != null) {
      close(RelayState.IDLE, "nobody reads it");
      release();
    } else if (wanted && stream == null && ++failedFor >= SECONDS_AFTER_FAILURE) {
      open();
    }
    watchPictures(now);
    if (isGone() && camera.options().whileAway() == WhileAway.REPEAT && fanout != null) {
      fanout.repeat(now);
    }
  }

  private void count() {
    if (stream == null) {
      meter.idle();
    } else {
      meter.second(frames);
    }
    frames = 0;
    share = meter.share();
  }

  private boolean isGone() {
    boolean gone = state.state == RelayState.AWAY || state.state == RelayState.STALLED;
    return gone && Instant.now().minusSeconds(1).isAfter(state.since);
  }

  /** Packets may come that never make a picture. */
  private void watchPictures(long now) {
    boolean comes = now - lastPacket < NO_PICTURE;
    if (fanout == null || !fanout.hasVideo() || !comes || stream == null) {
      return;
    }
    if (state.state == RelayState.PLAYING && now - lastPicture > NO_PICTURE) {
      enter(RelayState.STALLED, "packets come, but no picture for 5 s");
    } else if (state.state == RelayState.STALLED && now - lastPicture > NO_PICTURE_AT_ALL) {
      LOG.warn("{}: packets come, but no picture for 15 s: connecting again", camera.name());
      close(RelayState.AWAY, "packets come, but no picture for 15 s");
      open();
    }
  }

  // ---- Readers

  void add(ReaderAttachment reader) {
    if (fanout != null) {
      fanout.add(reader.slot(), reader.loop(), System.nanoTime());
    }
  }

  void begin(ReaderAttachment reader) {
    if (fanout != null) {
      fanout.begin(reader.slot(), reader.loop(), System.nanoTime());
    }
  }

  void remove(ReaderAttachment reader) {
    if (fanout != null) {
      fanout.remove(reader.slot(), reader.loop());
    }
  }

  void add(ViewerAttachment viewer) {
    if (fanout != null) {
      fanout.add(viewer);
    }
  }

  void remove(ViewerAttachment viewer) {
    if (fanout != null) {
      fanout.remove(viewer);
    }
  }

  private void endReaders(String reason) {
    camera.ended(reason);
    if (fanout != null) {
      fanout.end(reason);
    }
  }

  private void release() {
    if (fanout != null) {
      fanout.release();
    }
  }

  /** Ends it for good. */
  void end(String reason, CompletableFuture<Void> done) {
    over = true;
    if (ticks != null) {
      ticks.cancel(false);
    }
    endReaders(reason);
    CameraStream open = stream;
    stream = null;
    if (open == null) {
      done.complete(null);
    } else {
      CompletableFuture<?> unused =
          open.closeAsync().toCompletableFuture().whenComplete((ended, e) -> done.complete(null));
    }
  }
}
