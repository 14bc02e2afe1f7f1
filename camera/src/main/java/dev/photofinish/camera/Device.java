package dev.photofinish.camera;

import dev.photofinish.camera.CameraEvent.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The camera behind its connections: its slots, its sessions, the media it has. All of it lives on
 * one event loop, so nothing here is locked.
 */
final class Device {

  private final CameraContext context;
  private final CameraOptions options;
  private final Tally tally;
  private final AccessControl access;
  private final MediaCatalog media;
  private final Slots<Client> connectionSlots;
  private final Slots<CameraSession> sessionSlots;
  private final Set<Client> connections = new LinkedHashSet<>();
  private final Map<String, CameraSession> sessions = new LinkedHashMap<>();
  private int accepted;

  Device(CameraContext context) {
    this.context = context;
    this.options = context.options();
    this.tally = context.tally();
    this.access = new AccessControl(options, context.nextLong());
    this.media = new MediaCatalog(options);
    boolean bySession = options.get(Knob.ON_LIMIT).countsSessions();
    int limit = options.get(Knob.LIMIT);
    this.connectionSlots = new Slots<>(bySession ? 0 : limit);
    this.sessionSlots = new Slots<>(bySession ? limit : 0);
  }

  CameraContext context() {
    return context;
  }

  AccessControl access() {
    return access;
  }

  MediaCatalog media() {
    return media;
  }

  // Connections

  /** The number of the connection that has just been accepted. */
  int nextNumber() {
    return ++accepted;
  }

  /** Gives the connection a slot, or does with it or the oldest what the limit's policy says. */
  void connected(Client client) {
    connections.add(client);
    tally.record(Kind.CONNECTED, client.number(), client.peer());
    if (!connectionSlots.full()) {
      connectionSlots.take(client);
      return;
    }
    switch (options.get(Knob.ON_LIMIT)) {
      case DROP_OLDEST -> replaceOldest(client);
      case REJECT_NEW -> {
        tally.record(Kind.LIMITED, client.number(), "reset, the camera is full");
        client.close(HangUp.RST, "the camera is full");
      }
      default -> {
        tally.record(Kind.LIMITED, client.number(), "left in silence, the camera is full");
        client.silence();
      }
    }
  }

  private void replaceOldest(Client client) {
    Client oldest = connectionSlots.oldest().orElseThrow();
    connectionSlots.release(oldest);
    connectionSlots.take(client);
    if (connections.contains(oldest)) {
      String reason = "made room for connection " + client.number();
      tally.record(Kind.LIMITED, oldest.number(), reason);
      oldest.close(HangUp.FIN, reason);
    }
  }

  /**
   * The connection is gone; its slot and those of its sessions are kept where a knob says so. Its
   * end is recorded last: a test that waits for it finds all that came of it.
   */
  void closed(Client client, String reason) {
    connections.remove(client);
    List<CameraSession> left = client.sessions().stream().filter(this::alive).toList();
    left.forEach(CameraSession::leaveBehind);
    left.stream()
        .filter(CameraSession::endsWithConnection)
        .forEach(s -> end(s, "connection closed"));
    if (left.isEmpty()) {
      connectionSlots.release(client);
    } else {
      later(() -> connectionSlots.release(client));
    }
    tally.record(Kind.CLOSED, client.number(), reason);
  }

  private void later(Runnable release) {
    long kept = options.get(Knob.SLOT_KEPT).toNanos();
    if (kept == 0 || context.loop().isShuttingDown()) {
      release.run();
    } else {
      var unused = context.loop().schedule(release, kept, TimeUnit.NANOSECONDS);
    }
  }

  void closeAll(HangUp how, String reason) {
    List.copyOf(connections).forEach(client -> client.close(how, reason));
  }

  // Sessions

  Optional<CameraSession> session(String id) {
    return Optional.ofNullable(sessions.get(id));
  }

  boolean sessionsFull() {
    return sessionSlots.full();
  }

  CameraSession open(Client client) {
    CameraSession session =
        new CameraSession(
            context, context.nextId(), client.number(), expired -> end(expired, "timed out"));
    sessions.put(session.id(), session);
    sessionSlots.take(session);
    client.sessions().add(session);
    return session;
  }

  private boolean alive(CameraSession session) {
    return sessions.get(session.id()) == session;
  }

  /** TEARDOWN: the slot is free at once. */
  void tearDown(CameraSession session) {
    remove(session, "TEARDOWN");
    sessionSlots.release(session);
  }

  /** The end of a session that nobody tore down. */
  void end(CameraSession session, String reason) {
    remove(session, reason);
    later(() -> sessionSlots.release(session));
  }

  private void remove(CameraSession session, String reason) {
    sessions.remove(session.id());
    session.end(reason);
  }

  /** Everything that power-off makes a camera forget. */
  void powerOff(String reason) {
    closeAll(HangUp.RST, reason);
    new ArrayList<>(sessions.values()).forEach(session -> remove(session, reason));
    connectionSlots.clear();
    sessionSlots.clear();
    access.unlock();
  }
}
