package dev.photofinish.camera;

import dev.photofinish.camera.CameraEvent.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
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
  private final SessionLimit sessionLimit;
  private final FloodGuard floods;
  private final ReconnectPenalty penalty;
  private final Set<Client> connections = new LinkedHashSet<>();
  private final Map<String, CameraSession> sessions = new LinkedHashMap<>();
  private final Backchannel backchannel;
  private final Recording recording;
  private long upAt;
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
    this.sessionLimit = new SessionLimit(options);
    this.floods = new FloodGuard(options);
    this.penalty = new ReconnectPenalty(options);
    this.backchannel = new Backchannel(context);
    this.recording = new Recording(options);
    this.upAt = context.now();
    Freezes.schedule(context);
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

  Recording recording() {
    return recording;
  }

  Backchannel backchannel() {
    return backchannel;
  }

  /** The camera has booted. */
  void powerOn() {
    upAt = context.now();
  }

  /** Whether the encoder is not ready yet. */
  boolean warmsUp() {
    return context.now() - upAt < options.get(Knob.WARM_UP).toNanos();
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
    if (penalty.connected(client.source(), context.now())) {
      tally.record(Kind.BANNED, client.number(), "came back within 5 s");
    }
    if (floods.tooMany(client.source(), context.now())) {
      turnAway(client, HangUp.RST, "too many connections of this address");
    } else if (beyondDegrading()) {
      turnAway(client, HangUp.FIN, "the camera is full");
    } else if (connectionSlots.full()) {
      full(client);
    } else {
      connectionSlots.take(client);
    }
  }

  private boolean beyondDegrading() {
    int limit = options.get(Knob.LIMIT);
    return options.get(Knob.ON_LIMIT) == OnLimit.DEGRADE
        && limit > 0
        && connections.size() > limit + 2;
  }

  private void full(Client client) {
    switch (options.get(Knob.ON_LIMIT)) {
      case DROP_OLDEST -> replace(connectionSlots.oldest().orElseThrow(), client);
      case DROP_OLDEST_OF_SOURCE ->
          connectionSlots
              .oldest(other -> other.source().equals(client.source()))
              .ifPresentOrElse(
                  oldest -> replace(oldest, client),
                  () -> turnAway(client, HangUp.RST, "the camera is full"));
      case REJECT_NEW -> turnAway(client, HangUp.RST, "the camera is full");
      default -> {
        tally.record(Kind.LIMITED, client.number(), "left in silence, the camera is full");
        client.silence();
      }
    }
  }

  private void turnAway(Client client, HangUp how, String reason) {
    tally.record(Kind.LIMITED, client.number(), how + ", " + reason);
    client.close(how, reason);
  }

  private void replace(Client oldest, Client client) {
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
    penalty.closed(client.source(), context.now());
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
    if (options.get(Knob.SLOT_LOST)) {
      return;
    }
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

  /** Whether every request of {@code client} is refused, because it came back too soon. */
  boolean penalizes(Client client) {
    return penalty.applies(client.source(), context.now());
  }

  /** The status that one more session of {@code path} is refused with at {@code method}. */
  OptionalInt refusal(LimitAt method, String path) {
    return options.get(Knob.LIMIT_AT) == method ? sessionLimit.refusal(path) : OptionalInt.empty();
  }

  CameraSession open(Client client, String path) {
    CameraSession session =
        new CameraSession(
            context,
            context.nextId(),
            path,
            client.number(),
            expired -> end(expired, "timed out"),
            played -> playedToTheEnd(played, client));
    sessions.put(session.id(), session);
    if (options.get(Knob.LIMIT_AT) != LimitAt.PLAY) {
      take(session);
    }
    client.sessions().add(session);
    return session;
  }

  private void playedToTheEnd(CameraSession session, Client client) {
    switch (options.get(Knob.RECORDING_END)) {
      case BYE -> session.tracks().forEach(Track::sayGoodbye);
      case SILENCE -> {}
      case CLOSE -> client.close(HangUp.FIN, "the recording is at its end");
    }
  }

  /** A frame came on the connection of {@code session}. */
  void received(CameraSession session, ClientFrame frame) {
    if (ClientFrame.rtcp(frame.content())) {
      session.reported(frame.content());
    }
    backchannel.received(session, frame);
  }

  boolean hasSlot(CameraSession session) {
    return sessionLimit.holds(session);
  }

  /** Gives the session a slot; the one that is too many gets less. */
  void take(CameraSession session) {
    sessionLimit.take(session);
    if (sessionLimit.degrades(session)) {
      session.keyFramesOnly();
    }
  }

  private boolean alive(CameraSession session) {
    return sessions.get(session.id()) == session;
  }

  /** TEARDOWN: the slot is free at once. */
  void tearDown(CameraSession session) {
    remove(session, "TEARDOWN");
    sessionLimit.release(session);
  }

  /** The end of a session that nobody tore down. */
  void end(CameraSession session, String reason) {
    remove(session, reason);
    later(() -> sessionLimit.release(session));
  }

  private void remove(CameraSession session, String reason) {
    backchannel.release(session);
    sessions.remove(session.id());
    session.end(reason);
  }

  /** Everything that power-off makes a camera forget. */
  void powerOff(String reason) {
    closeAll(HangUp.RST, reason);
    new ArrayList<>(sessions.values()).forEach(session -> remove(session, reason));
    connectionSlots.clear();
    sessionLimit.clear();
    floods.clear();
    penalty.clear();
    access.unlock();
    context.thaw();
  }
}
