package dev.photofinish.camera;

import dev.photofinish.camera.CameraEvent.Kind;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * The camera behind its connections: who has a place, which sessions there are, what is sent. All
 * of it lives on one event loop, so nothing here is locked.
 */
final class Device {

  private final CameraOptions options;
  private final EventLoop loop;
  private final Tally tally;
  private final Gate gate;
  private final MediaCatalog media;
  private final SplittableRandom random;
  private final Places<RtspConnection> connectionPlaces;
  private final Places<CameraSession> sessionPlaces;
  private final Set<RtspConnection> connections = new LinkedHashSet<>();
  private final Map<String, CameraSession> sessions = new LinkedHashMap<>();
  private int accepted;
  private boolean mute;
  private boolean mediaPaused;

  Device(CameraOptions options, EventLoop loop, Tally tally) {
    boolean bySession = options.get(Knob.ON_LIMIT).countsSessions();
    int limit = options.get(Knob.LIMIT);
    this.options = options;
    this.loop = loop;
    this.tally = tally;
    this.random = new SplittableRandom(options.get(Knob.SEED));
    this.gate = new Gate(options, random.nextLong());
    this.media = new MediaCatalog(options);
    this.connectionPlaces = new Places<>(bySession ? 0 : limit);
    this.sessionPlaces = new Places<>(bySession ? limit : 0);
    this.mute = options.get(Knob.MUTE);
  }

  CameraOptions options() {
    return options;
  }

  EventLoop loop() {
    return loop;
  }

  Tally tally() {
    return tally;
  }

  Gate gate() {
    return gate;
  }

  MediaCatalog media() {
    return media;
  }

  /** A generator of its own for each caller, all from the one seed. */
  RandomGenerator random() {
    return random.split();
  }

  boolean mute() {
    return mute;
  }

  void mute(boolean on) {
    mute = on;
  }

  void pauseMedia(boolean on) {
    mediaPaused = on;
  }

  boolean sendsMedia() {
    return !mute && !mediaPaused;
  }

  // Connections

  /** The number of the connection that has just been accepted. */
  int nextNumber() {
    return ++accepted;
  }

  /** Gives the connection a place, or does with it or the oldest what the limit's policy says. */
  void connected(RtspConnection connection) {
    connections.add(connection);
    tally.record(Kind.CONNECTED, connection.number(), connection.peer());
    if (!connectionPlaces.full()) {
      connectionPlaces.take(connection);
      return;
    }
    switch (options.get(Knob.ON_LIMIT)) {
      case DROP_OLDEST -> replaceOldest(connection);
      case REJECT_NEW -> {
        tally.record(Kind.LIMITED, connection.number(), "reset, the camera is full");
        connection.close(HangUp.RST, "the camera is full");
      }
      default -> {
        tally.record(Kind.LIMITED, connection.number(), "left in silence, the camera is full");
        connection.silence();
      }
    }
  }

  private void replaceOldest(RtspConnection connection) {
    RtspConnection oldest = connectionPlaces.oldest().orElseThrow();
    connectionPlaces.release(oldest);
    connectionPlaces.take(connection);
    if (connections.contains(oldest)) {
      String reason = "made room for connection " + connection.number();
      tally.record(Kind.LIMITED, oldest.number(), reason);
      oldest.close(HangUp.FIN, reason);
    }
  }

  /**
   * The connection is gone; its place and those of its sessions are kept where a knob says so. Its
   * end is told last: who waits for it finds all that came of it.
   */
  void closed(RtspConnection connection, String reason) {
    connections.remove(connection);
    List<CameraSession> left = connection.sessions().stream().filter(this::alive).toList();
    left.forEach(CameraSession::leaveBehind);
    left.stream()
        .filter(CameraSession::endsWithConnection)
        .forEach(s -> end(s, "connection closed"));
    if (left.isEmpty()) {
      connectionPlaces.release(connection);
    } else {
      later(() -> connectionPlaces.release(connection));
    }
    tally.record(Kind.CLOSED, connection.number(), reason);
  }

  private void later(Runnable release) {
    long kept = options.get(Knob.SLOT_KEPT).toNanos();
    if (kept == 0 || loop.isShuttingDown()) {
      release.run();
    } else {
      var unused = loop.schedule(release, kept, TimeUnit.NANOSECONDS);
    }
  }

  void closeAll(HangUp how, String reason) {
    List.copyOf(connections).forEach(connection -> connection.close(how, reason));
  }

  // Sessions

  Optional<CameraSession> session(String id) {
    return Optional.ofNullable(sessions.get(id));
  }

  boolean sessionsFull() {
    return sessionPlaces.full();
  }

  CameraSession open(RtspConnection connection) {
    String id = String.format("%08X", random.nextInt());
    CameraSession session = new CameraSession(this, id, connection.number());
    sessions.put(id, session);
    sessionPlaces.take(session);
    connection.sessions().add(session);
    return session;
  }

  private boolean alive(CameraSession session) {
    return sessions.get(session.id()) == session;
  }

  /** TEARDOWN: the place is free at once. */
  void tearDown(CameraSession session) {
    remove(session, "TEARDOWN");
    sessionPlaces.release(session);
  }

  /** The end of a session that nobody tore down. */
  void end(CameraSession session, String reason) {
    remove(session, reason);
    later(() -> sessionPlaces.release(session));
  }

  private void remove(CameraSession session, String reason) {
    sessions.remove(session.id());
    session.end(reason);
  }

  /** Everything that power-off makes a camera forget. */
  void powerOff(String reason) {
    closeAll(HangUp.RST, reason);
    new ArrayList<>(sessions.values()).forEach(session -> remove(session, reason));
    connectionPlaces.clear();
    sessionPlaces.clear();
    gate.unlock();
  }
}
