package dev.photofinish.relay.web;

import dev.photofinish.connect.channel.Transport;
import dev.photofinish.media.RecordingOptions;
import dev.photofinish.relay.Relay;
import dev.photofinish.relay.web.access.Authorizer;
import dev.photofinish.relay.web.api.ApiRoutes;
import dev.photofinish.relay.web.api.Cameras;
import dev.photofinish.relay.web.api.HealthRoutes;
import dev.photofinish.relay.web.http.HttpInitializer;
import dev.photofinish.relay.web.http.HttpSettings;
import dev.photofinish.relay.web.http.Route;
import dev.photofinish.relay.web.page.PageFiles;
import dev.photofinish.relay.web.recording.RecordingRoutes;
import dev.photofinish.relay.web.recording.Recordings;
import dev.photofinish.relay.web.state.SavedChanges;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The page and the API of a {@link Relay}: HTTP/1.1 on one address.
 *
 * <pre>{@code
 * try (WebServer web = WebServer.builder(relay).build()) {
 *   web.start();
 *   System.out.println("http://localhost:" + web.address().getPort());
 * }
 * }</pre>
 */
public final class WebServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
  private static final int DEFAULT_PORT = 8080;
  private static final long CLOSE_SECONDS = 1;

  /** Long after that, on a machine that stands still, the loops may still do what is left. */
  private static final long CUT_OFF_SECONDS = 30;

  private static final int MOST_WAITING_FOR_DISK = 100;
  private static final Duration REQUEST = Duration.ofSeconds(10);
  private static final Duration IDLE = Duration.ofSeconds(60);

  private final InetSocketAddress address;
  private final EventLoopGroup loops;
  private final boolean ownLoops;
  private final ApiRoutes api;
  private final PictureRoutes pictures;
  private final ExecutorService disk;
  private final @Nullable Recordings recordings;
  private final Cameras cameras;
  private final SavedChanges changes;
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final List<Route> routes;
  private final HttpInitializer initializer;
  private final Future<?> ticks;
  private volatile @Nullable Channel listener;
  private volatile boolean closing;

  private WebServer(Builder from) {
    address = from.address;
    ownLoops = from.loops == null;
    loops = from.loops == null ? Transport.newGroup("photofinish-web") : from.loops;
    recordings = from.recordings == null ? null : new Recordings(from.recordings);
    cameras = from.cameras;
    disk = Workers.of("photofinish-disk", 2, MOST_WAITING_FOR_DISK);
    changes = from.changes;
    changes.writtenBy(disk);
    api =
        new ApiRoutes(
            cameras,
            from.clock,
            name -> recordings != null && recordings.isRecording(name),
            changes);
    pictures = new PictureRoutes(api::camera);
    HttpSettings settings =
        new HttpSettings(
            from.tls,
            from.hostNames,
            from.authorizer,
            from.connections,
            from.connectionsOfAddress,
            REQUEST,
            IDLE);
    routes = makeRoutes();
    initializer = new HttpInitializer(settings, routes, connections);
    ticks = loops.next().scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
  }

  /** All that is served. */
  List<Route> routes() {
    return routes;
  }

  private List<Route> makeRoutes() {
    List<Route> all = new ArrayList<>(PageFiles.routes());
    all.addAll(api.routes());
    all.addAll(HealthRoutes.of(cameras, () -> listener != null && !closing, pictures::viewers));
    all.addAll(pictures.routes());
    if (recordings != null) {
      all.addAll(
          new RecordingRoutes(recordings, disk, api::camera, api::changed, changes).routes());
    }
    return all;
  }

  private void tick() {
    try {
      api.tick();
      pictures.tick();
      initializer.endRevoked();
    } catch (RuntimeException e) {
      LOG.warn("the figures of the page could not be sent", e);
    }
  }

  public static Builder builder(Relay relay) {
    return new Builder(Cameras.of(relay));
  }

  static Builder builder(Cameras cameras) {
    return new Builder(cameras);
  }

  /** The settings of a server; everything but the relay has a default. */
  public static final class Builder {
    private final Cameras cameras;
    private InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), DEFAULT_PORT);
    private @Nullable SslContext tls;
    private @Nullable EventLoopGroup loops;
    private Set<String> hostNames = Set.of();
    private @Nullable RecordingOptions recordings;
    private SavedChanges changes = SavedChanges.none();
    private Authorizer authorizer = Authorizer.LOOPBACK;
    private Clock clock = Clock.system(ZoneId.systemDefault());
    private int connections = 1024;
    private int connectionsOfAddress = 128;

    private Builder(Cameras cameras) {
      this.cameras = cameras;
    }

    /** Where it listens: port 8080 of loopback by default; port 0 takes one that is free. */
    public Builder address(InetSocketAddress value) {
      address = value;
      return this;
    }

    /** Serves {@code https}; by default it does not. */
    public Builder tls(SslContext value) {
      tls = value;
      return this;
    }

    /** Event loops to run on, which are not ended; a few of the server's own by default. */
    public Builder eventLoopGroup(EventLoopGroup value) {
      loops = value;
      return this;
    }

    /**
     * Names that browsers may call this server by, without port, besides addresses and {@code
     * localhost}; none by default. Others are refused: a foreign name may lead here (rebinding).
     */
    public Builder hostNames(Set<String> value) {
      hostNames = Set.copyOf(value);
      return this;
    }

    /**
     * Lets the API record cameras, each into a folder of its own in that of {@code value}, with its
     * container, segments and bounds; by default it does not.
     */
    public Builder recordings(RecordingOptions value) {
      recordings = value;
      return this;
    }

    /**
     * Keeps what the API changes in a file: cameras that it adds, with what becomes of them, and
     * recordings that it starts, for {@link WebServer#restore}. By default nothing is kept. The
     * file is written for its owner alone, since addresses may hold passwords.
     *
     * @param file is made with the first change
     * @throws IOException in one sentence, where it cannot be read or is not valid
     */
    public Builder state(Path file) throws IOException {
      changes = SavedChanges.in(file);
      return this;
    }

    /** Who may do what; {@link Authorizer#LOOPBACK} by default. */
    public Builder authorizer(Authorizer value) {
      authorizer = value;
      return this;
    }

    /**
     * Connections at once, above which new ones are closed.
     *
     * @param all 1024 by default
     * @param ofOneAddress 128 by default: a page has one for its events and one for each picture
     */
    public Builder connections(int all, int ofOneAddress) {
      if (all < 1 || ofOneAddress < 1) {
        throw new IllegalArgumentException(
            "connections must be 1 or more, not " + all + " and " + ofOneAddress);
      }
      connections = all;
      connectionsOfAddress = ofOneAddress;
      return this;
    }

    /** The time, and the zone in which a day begins. */
    Builder clock(Clock value) {
      clock = value;
      return this;
    }

    public WebServer build() {
      return new WebServer(this);
    }
  }

  /**
   * Begins to listen.
   *
   * @throws IOException where that is not possible, such as a port that is taken
   */
  public void start() throws IOException {
    listener = initializer.listen(loops, address);
  }

  /**
   * Adds the cameras that the API had added ({@link Builder#state}), but for names that are taken,
   * and goes on with recordings. Call it when the relay's own cameras are there; it uses the disk.
   */
  public void restore() {
    changes.restore(name -> cameras.camera(name).isPresent(), cameras::add);
    if (recordings != null) {
      recordings.restore(
          changes.recordings().stream().flatMap(name -> cameras.camera(name).stream()).toList());
    }
  }

  /** Where it listens; throws {@link IllegalStateException} before {@link #start}. */
  public InetSocketAddress address() {
    Channel open = listener;
    if (open != null) {
      return (InetSocketAddress) open.localAddress();
    }
    throw new IllegalStateException("the server does not listen; call start() before");
  }

  /** Ends within 2 s: no new connections, then the present ones. */
  @Override
  public void close() {
    closing = true;
    Channel open = listener;
    if (open != null) {
      open.close().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
    ticks.cancel(false);
    api.close();
    connections.close().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    pictures.close();
    disk.shutdown();
    changes.close();
    if (recordings != null) {
      recordings.close();
    }
    if (ownLoops) {
      loops
          .shutdownGracefully(0, CUT_OFF_SECONDS, TimeUnit.SECONDS)
          .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
  }
}
