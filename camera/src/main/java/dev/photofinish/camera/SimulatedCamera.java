package dev.photofinish.camera;

import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A simulated RTSP camera for tests. It serves H.264 video (a test card with the time burnt in) and
 * G.711 audio over TCP interleaved and over UDP, misbehaves as its {@link Knob}s say and as the
 * test commands while it runs, and counts what clients do to it.
 *
 * <pre>{@code
 * try (SimulatedCamera camera =
 *     SimulatedCamera.builder().limit(1, OnLimit.DROP_OLDEST).answerDelay(ofMillis(400)).start()) {
 *   play(camera.url());
 *   assertThat(camera.report().droppedByLimit()).isZero();
 * }
 * }</pre>
 *
 * <p>Each camera has one event loop of its own. Methods may be called from any thread; the ones
 * that do something to connections have done it when they return. After {@link #close} they do
 * nothing.
 */
public final class SimulatedCamera implements AutoCloseable {

  private final CameraOptions options;
  private final PortReservation port;
  private final CameraAddress address;
  private final CameraThread thread;
  private final Tally tally;
  private final Device device;
  private final CameraServer server;
  private final @Nullable X509Certificate certificate;

  private SimulatedCamera(CameraOptions options, List<SimulatedCameraListener> listeners) {
    this.options = options;
    this.port = PortReservation.of(CameraAddress.toBind(options));
    this.address = new CameraAddress(port.address(), options);
    this.thread = new CameraThread();
    this.tally = new Tally(thread.loop().ticker(), listeners);
    this.device = new Device(new CameraContext(options, thread.loop(), tally));
    SelfSigned tls = options.get(Knob.TLS) ? SelfSigned.of(address().getAddress()) : null;
    this.certificate = tls == null ? null : tls.certificate();
    this.server = new CameraServer(device, port.address(), tls == null ? null : tls.context());
  }

  /** A camera with the defaults of every knob. */
  public static Builder builder() {
    return new Builder();
  }

  /** The URL of the stream, without user and password. */
  public String url() {
    return address.url();
  }

  /** The URL of the stream, with user and password in it where the camera asks for them. */
  public String urlWithCredentials() {
    return address.urlWithCredentials();
  }

  /** The address that clients connect to; loopback if the camera listens on every address. */
  public InetSocketAddress address() {
    return address.reachable();
  }

  /** The port it listens on. */
  public int port() {
    return port.address().getPort();
  }

  public CameraOptions options() {
    return options;
  }

  /** The certificate that it shows to TLS clients; empty without {@link Knob#TLS}. */
  public Optional<X509Certificate> certificate() {
    return Optional.ofNullable(certificate);
  }

  /** A snapshot of what clients have done. */
  public CameraReport report() {
    return tally.report();
  }

  /** The RTP packets that came over the back channel, in order; of more than 4 MiB the last. */
  public List<byte[]> backchannelAudio() {
    return tally.audio();
  }

  /** The RTCP packets that came over the back channel, in order; of more than 4 MiB the last. */
  public List<byte[]> backchannelReports() {
    return tally.audioReports();
  }

  /**
   * The first report that satisfies {@code condition}.
   *
   * @throws TimeoutException with the last report, if there was none within {@code bound}
   */
  public CameraReport await(Predicate<CameraReport> condition, Duration bound)
      throws InterruptedException, TimeoutException {
    return tally.await(condition, bound);
  }

  /** Waits until exactly {@code open} connections are open. */
  public CameraReport awaitConnections(int open, Duration bound)
      throws InterruptedException, TimeoutException {
    return await(report -> report.connectionsOpen() == open, bound);
  }

  /** Waits until exactly {@code open} sessions are open. */
  public CameraReport awaitSessions(int open, Duration bound)
      throws InterruptedException, TimeoutException {
    return await(report -> report.sessionsOpen() == open, bound);
  }

  /** Resets every connection. */
  public void dropAll() {
    thread.run(() -> server.closeAll(HangUp.RST, "dropped"));
  }

  /** Closes every connection in order (FIN). */
  public void hangUp() {
    thread.run(() -> server.closeAll(HangUp.FIN, "hung up"));
  }

  /** Stops sending media; requests are answered as before. */
  public void pauseMedia() {
    thread.run(() -> device.context().pauseMedia(true));
  }

  public void resumeMedia() {
    thread.run(() -> device.context().pauseMedia(false));
  }

  /** Answers nothing and sends nothing from now on; sockets stay open and new ones are accepted. */
  public void mute() {
    thread.run(() -> device.context().mute(true));
  }

  /** Answers and sends again; requests that came meanwhile stay unanswered. */
  public void unmute() {
    thread.run(() -> device.context().mute(false));
  }

  /**
   * Resets every connection, forgets every session, refuses connections for {@code time} and then
   * listens on the same port again. Returns when connections are refused.
   *
   * @param time 0 to 24 hours; a reboot under way ends by the new one's time
   */
  public void reboot(Duration time) {
    if (time.isNegative() || time.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException("a reboot takes 0 to 24h, not " + time);
    }
    thread.run(() -> server.reboot(time));
  }

  /** Resets every connection and frees port, sockets and threads. Again, it does nothing. */
  @Override
  public void close() {
    thread.run(server::close);
    thread.end();
    port.close();
  }

  @Override
  public String toString() {
    return "camera " + url() + " " + options;
  }

  private SimulatedCamera started() {
    try {
      server.up().syncUninterruptibly();
      return this;
    } catch (Exception e) {
      close();
      throw e;
    }
  }

  /** A builder of cameras; {@link Knob} has the ranges and defaults. */
  public static final class Builder {

    private final Map<Knob<?>, Object> values = new LinkedHashMap<>();
    private final List<SimulatedCameraListener> listeners = new ArrayList<>();

    private Builder() {}

    /**
     * Sets one knob.
     *
     * @throws IllegalArgumentException naming knob, value and range
     */
    public <T> Builder set(Knob<T> knob, T value) {
      values.put(knob, knob.checked(value));
      return this;
    }

    /**
     * Sets one knob by its name and the text form of its value, as a command line does.
     *
     * @throws IllegalArgumentException naming knob, value and range
     */
    public Builder set(String name, String text) {
      return setText(Knob.named(name), text);
    }

    private <T> Builder setText(Knob<T> knob, String text) {
      return set(knob, knob.parse(text));
    }

    /** {@link Knob#ADDRESS}. */
    public Builder address(String address) {
      return set(Knob.ADDRESS, address);
    }

    /** {@link Knob#PORT}. */
    public Builder port(int port) {
      return set(Knob.PORT, port);
    }

    /** {@link Knob#LIMIT} and {@link Knob#ON_LIMIT}. */
    public Builder limit(int clients, OnLimit policy) {
      return set(Knob.LIMIT, clients).set(Knob.ON_LIMIT, policy);
    }

    /** {@link Knob#SLOT_KEPT}. */
    public Builder slotKept(Duration time) {
      return set(Knob.SLOT_KEPT, time);
    }

    /** {@link Knob#ANSWER_MS}, in whole milliseconds. */
    public Builder answerDelay(Duration delay) {
      return set(Knob.ANSWER_MS, Math.toIntExact(delay.toMillis()));
    }

    /** {@link Knob#HANG_UP_AFTER} and {@link Knob#HANG_UP_BY}. */
    public Builder hangUpAfter(Duration time, HangUp how) {
      return set(Knob.HANG_UP_AFTER, time).set(Knob.HANG_UP_BY, how);
    }

    /** {@link Knob#MEDIA_STOPS_AFTER}. */
    public Builder mediaStopsAfter(Duration time) {
      return set(Knob.MEDIA_STOPS_AFTER, time);
    }

    /** {@link Knob#SESSION_TIMEOUT}. */
    public Builder sessionTimeout(Duration time) {
      return set(Knob.SESSION_TIMEOUT, time);
    }

    /** {@link Knob#USER}, {@link Knob#PASSWORD} and {@link Knob#AUTH}. */
    public Builder credentials(String user, String password, AuthScheme... schemes) {
      set(Knob.USER, user).set(Knob.PASSWORD, password);
      return schemes.length == 0 ? this : set(Knob.AUTH, List.of(schemes));
    }

    /** {@link Knob#MUTE}. */
    public Builder mute() {
      return set(Knob.MUTE, true);
    }

    /** {@link Knob#TLS}. */
    public Builder tls() {
      return set(Knob.TLS, true);
    }

    /** Adds a listener, which gets every event from the start. */
    public Builder listener(SimulatedCameraListener listener) {
      listeners.add(listener);
      return this;
    }

    /** The settings so far. */
    public CameraOptions options() {
      return new CameraOptions(values);
    }

    /**
     * A camera that listens.
     *
     * @throws IllegalArgumentException if the address is not numeric
     * @throws java.io.UncheckedIOException if the address cannot be bound
     */
    public SimulatedCamera start() {
      return new SimulatedCamera(options(), listeners).started();
    }
  }
}
