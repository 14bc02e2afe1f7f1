package dev.photofinish.relay;

import dev.photofinish.clientlimit.ClientLimit;
import dev.photofinish.connect.channel.Transport;
import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.relay.source.Source;
import dev.photofinish.relay.source.Sources;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.RtspClient;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/**
 * Cameras that any number of readers share, each over one connection. It listens nowhere: {@code
 * rtsp.RtspServer} and {@code web.WebServer} serve it.
 *
 * <pre>{@code
 * try (Relay relay = Relay.start()) {
 *   relay.add("door", Camera.at("rtsp://192.0.2.1/stream"), RelayedCameraOptions.defaults());
 *   ...
 * }
 * }</pre>
 *
 * <p>Every method may be called from any thread; {@link #close} not from a listener's.
 */
public final class Relay implements AutoCloseable, Sources {
  private static final int LONGEST_NAME = 64;

  /** Of what is published to the relay (RFC 6761 section 6.4). */
  private static final String NO_ADDRESS = "rtsp://publisher.invalid/";

  private static final String THREADS = "photofinish-relay";

  private final EventLoopGroup loops;
  private final RtspClient client;
  private final RelayListeners listeners = new RelayListeners();
  private final Map<String, DefaultRelayedCamera> cameras = new LinkedHashMap<>();
  private volatile BooleanSupplier mayDial = () -> true;
  private boolean closed;

  private Relay(RtspClient.Builder of, EventLoopGroup loops) {
    this.loops = loops;
    client = of.eventLoopGroup(loops).mayDial(() -> mayDial.getAsBoolean()).build();
  }

  /** A relay without cameras. */
  public static Relay start() {
    return start(RtspClient.builder());
  }

  /**
   * A relay without cameras.
   *
   * @param client what its client is made with, but for the event loops, which are the relay's own,
   *     and for when it may dial
   */
  public static Relay start(RtspClient.Builder client) {
    return new Relay(client, Transport.newGroup(THREADS));
  }

  /**
   * A relay without cameras, all of whose work is done by one event loop: for one that hands all it
   * has to one receiver, such as a pipe. What cameras send then goes from thread to thread no more.
   *
   * @param client as of {@link #start(RtspClient.Builder)}
   */
  public static Relay startSingleThreaded(RtspClient.Builder client) {
    return new Relay(client, Transport.newGroup(THREADS, 1));
  }

  /** The event loops of its cameras, for servers that share them; they end with the relay. */
  public EventLoopGroup eventLoops() {
    return loops;
  }

  /**
   * Dials cameras only while {@code condition} holds, from now on; until then always.
   *
   * @param condition as of {@link RtspClient.Builder#mayDial}
   */
  public void dialWhile(BooleanSupplier condition) {
    mayDial = condition;
  }

  /** Reports to this one too from now on. */
  public void addListener(RelayListener listener) {
    listeners.add(listener);
  }

  public void removeListener(RelayListener listener) {
    listeners.remove(listener);
  }

  /**
   * Relays a camera; connects to it unless it is on demand.
   *
   * @param name of letters, digits and {@code -_.}, 1 to 64, beginning with a letter or a digit
   * @throws InvalidOptionException for another name, or one that is taken
   * @throws IllegalStateException after {@link #close}
   */
  public RelayedCamera add(String name, Camera camera, RelayedCameraOptions options) {
    return add(name, camera, false, options);
  }

  /**
   * Relays what a publisher sends to this name (ANNOUNCE and RECORD of {@code rtsp.RtspServer}), to
   * readers that stay when it goes away and comes back. The publisher alone decides when it sends:
   * {@code onDemand} and {@code grace} mean nothing here.
   *
   * @param name as of {@link #add}
   * @throws InvalidOptionException for another name, or one that is taken
   * @throws IllegalStateException after {@link #close}
   */
  public RelayedCamera addPublished(String name, RelayedCameraOptions options) {
    return add(name, Camera.at(NO_ADDRESS), true, options);
  }

  private RelayedCamera add(
      String name, Camera camera, boolean published, RelayedCameraOptions options) {
    checkName(name);
    DefaultRelayedCamera added;
    synchronized (cameras) {
      if (closed) {
        throw new IllegalStateException("the relay is closed; expected one that is open");
      }
      if (cameras.containsKey(name)) {
        throw new InvalidOptionException("name", name, "one that no camera has yet");
      }
      added =
          new DefaultRelayedCamera(
              name, camera, options, published, client, loops.next(), listeners);
      cameras.put(name, added);
    }
    listeners.added(added);
    added.start();
    return added;
  }

  /**
   * Takes in what another relay has learnt of how many clients a camera takes, before the camera is
   * added here: as {@link RtspClient#remember}.
   */
  public void remember(Camera camera, ClientLimit limit, Duration age) {
    client.remember(camera, limit, age);
  }

  /**
   * Refuses what a camera cannot be served under.
   *
   * @throws InvalidOptionException says what it can
   */
  public static void checkName(String name) {
    if (!isName(name)) {
      throw new InvalidOptionException(
          "name", name, "1 to 64 letters, digits and -_. that begin with a letter or a digit");
    }
  }

  private static boolean isName(String name) {
    if (name.isEmpty() || name.length() > LONGEST_NAME || "-_.".indexOf(name.charAt(0)) >= 0) {
      return false;
    }
    return name.chars()
        .allMatch(
            c ->
                (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || "-_.".indexOf(c) >= 0);
  }

  /**
   * Changes a camera in place, and ends its suspension; its readers stay. Only what its connection
   * is made with, such as an address, connects again, after the last connection is closed; the
   * other options hold from now on.
   *
   * @return false if there is none of this name
   * @throws InvalidOptionException for another address of a camera that is published to
   */
  public boolean change(String name, Camera camera, RelayedCameraOptions options) {
    DefaultRelayedCamera changed;
    synchronized (cameras) {
      changed = cameras.get(name);
      if (changed != null) {
        changed.change(camera, options);
      }
    }
    return changed != null;
  }

  /** Ends a camera and its readers; false if there is none of this name. */
  public boolean remove(String name) {
    DefaultRelayedCamera removed;
    synchronized (cameras) {
      removed = cameras.remove(name);
    }
    if (removed == null) {
      return false;
    }
    removed.remove(" was removed");
    listeners.removed(removed);
    return true;
  }

  /**
   * Ends the connection to a camera, and opens none until {@link #change}: its readers stay, as
   * while it is away. Completes when no connection to it is open; at once if there is no camera of
   * this name.
   *
   * @param reason human-readable, for its state
   */
  public CompletionStage<Void> suspend(String name, String reason) {
    DefaultRelayedCamera found;
    synchronized (cameras) {
      found = cameras.get(name);
    }
    return found == null ? CompletableFuture.completedFuture(null) : found.suspend(reason);
  }

  public Optional<RelayedCamera> camera(String name) {
    synchronized (cameras) {
      return Optional.ofNullable(cameras.get(name));
    }
  }

  /** All, in the order they were added. */
  public List<RelayedCamera> cameras() {
    synchronized (cameras) {
      return List.copyOf(cameras.values());
    }
  }

  @Override
  public Optional<Source> find(String name) {
    return camera(name).map(RelayedCamera::source);
  }

  /**
   * Ends all cameras and their readers within 2 s, and waits for it. On one of its event loops, as
   * in a listener, it does not wait: all is closed soon after.
   */
  @Override
  public void close() {
    List<DefaultRelayedCamera> all;
    synchronized (cameras) {
      closed = true;
      all = List.copyOf(cameras.values());
      cameras.clear();
    }
    new RelayEnd(loops, client)
        .after(
            CompletableFuture.allOf(
                all.stream()
                    .map(camera -> camera.remove(": the relay ends").toCompletableFuture())
                    .toArray(CompletableFuture[]::new)));
  }
}
