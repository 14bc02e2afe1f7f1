package dev.photofinish.rtsp.dialogue.server;

import dev.photofinish.rtsp.message.HeaderNames;
import dev.photofinish.rtsp.message.Headers;
import dev.photofinish.rtsp.message.Method;
import dev.photofinish.rtsp.message.Pair;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.RtspMessage;
import dev.photofinish.rtsp.message.RtspRequest;
import dev.photofinish.rtsp.message.SessionHeader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The sessions of one connection. They end with it, those over UDP too. */
final class Sessions {
  /** Readers that keep alive at the very timeout are late by a round trip. */
  private static final long GRACE_NANOS = Duration.ofSeconds(5).toNanos();

  private static final int CHANNELS = 256;

  private final ServerContext context;
  private final Map<String, ServedSession> byId = new LinkedHashMap<>();
  private int requestsSent;

  Sessions(ServerContext context) {
    this.context = context;
  }

  boolean isEmpty() {
    return byId.isEmpty();
  }

  boolean isFull() {
    return byId.size() >= context.settings().sessions();
  }

  List<ServedSession> all() {
    return new ArrayList<>(byId.values());
  }

  void add(ServedSession session) {
    byId.put(session.id(), session);
  }

  boolean has(ServedSession session) {
    return byId.containsKey(session.id());
  }

  /** The id that a message names, its parameters aside; empty if it names none. */
  static Optional<String> id(RtspMessage message) {
    return message.headers().first(HeaderNames.SESSION).map(Sessions::id);
  }

  private static String id(String header) {
    try {
      return SessionHeader.parse(header).id();
    } catch (RtspFormatException e) {
      return "";
    }
  }

  @Nullable ServedSession find(String id) {
    return byId.get(id);
  }

  // ---- Life

  /**
   * A message came: the session that it names lives, or all where it names none, as readers keep
   * theirs alive with a bare OPTIONS too.
   */
  void used(RtspMessage message, long now) {
    Optional<String> id = id(message);
    for (ServedSession session : byId.values()) {
      if (id.isEmpty() || id.get().equals(session.id())) {
        session.used(now);
      }
    }
  }

  void allUsed(long now) {
    byId.values().forEach(session -> session.used(now));
  }

  /** When the first of them is dead; empty if there is none. */
  OptionalLong deadline() {
    ServedSession first = null;
    for (ServedSession session : byId.values()) {
      if (first == null || session.lastUsed() - first.lastUsed() < 0) {
        first = session;
      }
    }
    return first == null ? OptionalLong.empty() : OptionalLong.of(due(first));
  }

  private long due(ServedSession session) {
    return session.lastUsed() + context.settings().sessionTimeout().toNanos() + GRACE_NANOS;
  }

  /** Those that show no sign of life any more. */
  List<ServedSession> expired(long now) {
    return byId.values().stream().filter(session -> now - due(session) >= 0).toList();
  }

  // ---- The end

  void close(ServedSession session, String reason) {
    byId.remove(session.id());
    context.command(new ServerCommand.CloseSession(session.id(), reason));
  }

  void closeAll(String reason) {
    all().forEach(session -> close(session, reason));
  }

  /**
   * Says to the reader that it is over: what it would say to us. Of a session whose first SETUP is
   * not answered it does not know, and hears nothing.
   */
  void tearDown(ServedSession session, String reason) {
    if (!session.tracks().isEmpty()) {
      sayTearDown(session);
    }
    close(session, reason);
  }

  private void sayTearDown(ServedSession session) {
    Headers headers =
        Headers.of(
            HeaderNames.CSEQ,
            String.valueOf(++requestsSent),
            HeaderNames.SERVER,
            context.settings().serverName(),
            HeaderNames.SESSION,
            session.id());
    context.send(RtspRequest.of(Method.TEARDOWN, session.aggregate(), headers));
  }

  // ---- Channels

  /**
   * The channels to use: those asked for if they are free, else the first pair that is. RFC 2326
   * section 12.39 lets the server choose.
   */
  Pair channels(Optional<Pair> asked) {
    Set<Integer> used = usedChannels();
    boolean free =
        asked.isPresent()
            && asked.get().rtp() != asked.get().rtcp()
            && !used.contains(asked.get().rtp())
            && !used.contains(asked.get().rtcp());
    if (free) {
      return asked.get();
    }
    int rtp = 0;
    while (rtp < CHANNELS && (used.contains(rtp) || used.contains(rtp + 1))) {
      rtp += 2;
    }
    return new Pair(rtp, rtp + 1);
  }

  private Set<Integer> usedChannels() {
    Set<Integer> used = new HashSet<>();
    for (ServedSession session : byId.values()) {
      for (ServedSession.SetUp track : session.tracks().values()) {
        track.channels().ifPresent(pair -> used.addAll(List.of(pair.rtp(), pair.rtcp())));
      }
    }
    return used;
  }
}
