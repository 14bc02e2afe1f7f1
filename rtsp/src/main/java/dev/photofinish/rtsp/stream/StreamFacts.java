package dev.photofinish.rtsp.stream;

import dev.photofinish.rtsp.dialogue.EndReason;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The facts of a stream: its connections, what was last reported, and the commands to be run. */
final class StreamFacts<C extends PlayedConnection> {

  private enum Phase {
    CONNECTING,
    PLAYING,
    STALLED,
    PAUSED,
    /** PLAY was answered after a pause; media is due. */
    RESUMING,
    RECONNECTING,
    FINAL
  }

  private final Deque<StreamCommand<C>> commands = new ArrayDeque<>();
  private final Set<C> open = new LinkedHashSet<>();
  private Phase phase = Phase.CONNECTING;
  private @Nullable C current;
  private @Nullable C silent;
  private @Nullable C played;
  private boolean over;

  void command(StreamCommand<C> command) {
    commands.add(command);
  }

  @Nullable StreamCommand<C> poll() {
    return commands.poll();
  }

  // ---- Connections

  /** The connection that plays or is about to. */
  @Nullable C current() {
    return current;
  }

  /** The connection that is kept although it fell silent. */
  @Nullable C silent() {
    return silent;
  }

  /** The connection on which media was last reported to flow. */
  @Nullable C played() {
    return played;
  }

  /** Whether its packets are the stream's: what is paused may have some on their way. */
  boolean isPlaying(C connection) {
    return (phase == Phase.PLAYING || phase == Phase.PAUSED) && connection == current;
  }

  boolean isPaused() {
    return phase == Phase.PAUSED;
  }

  /** The winner of a race takes the place of what was silent. */
  void won(C connection) {
    open.add(connection);
    letSilentGo();
    current = connection;
    command(new StreamCommand.Play<>(connection));
  }

  /** A race was won after the end. */
  void wonTooLate(C connection) {
    open.add(connection);
    command(new StreamCommand.TearDown<>(connection, null));
  }

  /** The current connection fell silent and is kept. */
  void keepSilent() {
    silent = current;
    current = null;
  }

  /** The silent connection is the current one again. */
  void takeBack(C connection) {
    silent = null;
    current = connection;
  }

  void letSilentGo() {
    if (silent != null) {
      command(new StreamCommand.TearDown<>(silent, null));
      silent = null;
    }
  }

  void ended(C connection) {
    open.remove(connection);
    silent = connection == silent ? null : silent;
    current = connection == current ? null : current;
  }

  // ---- Reports

  void playing(C connection) {
    boolean first = connection != played;
    played = connection;
    phase = Phase.PLAYING;
    command(new StreamCommand.Playing<>(connection, first, "media from " + connection.remote()));
  }

  /** The same stall once. */
  void stalled(C connection, long now) {
    if (phase != Phase.STALLED) {
      phase = Phase.STALLED;
      String ago = "; last " + (now - connection.lastMedia()) / 1_000_000 + " ms ago";
      command(
          new StreamCommand.Stalled<>(
              connection, connection.remote() + " answers, but sends no media" + ago));
    }
  }

  /** The first race, and what follows it until media comes, is connecting still. */
  void unconnected(String reason) {
    if (phase == Phase.PLAYING || phase == Phase.STALLED || phase == Phase.RESUMING) {
      reconnecting(reason);
    }
  }

  private void reconnecting(String reason) {
    phase = Phase.RECONNECTING;
    command(new StreamCommand.Reconnecting<>(reason));
  }

  void paused(C connection) {
    phase = Phase.PAUSED;
    command(new StreamCommand.Paused<>(connection));
  }

  /** The paused connection is closed, which needs no other until the stream is to go on. */
  void lostWhilePaused(EndReason end) {
    command(new StreamCommand.LostWhilePaused<>(end));
  }

  /** What is paused will play again on the connection that it has. */
  void resuming() {
    phase = Phase.RESUMING;
  }

  /** What is paused will play again, on another connection. */
  void resumeElsewhere() {
    reconnecting("goes on after a pause");
  }

  // ---- The end

  boolean isFinal() {
    return phase == Phase.FINAL;
  }

  /** Reports the end, and tears down what is open. */
  void finish(StreamCommand<C> report) {
    phase = Phase.FINAL;
    current = null;
    silent = null;
    command(report);
    open.forEach(connection -> command(new StreamCommand.TearDown<>(connection, null)));
    endWhenAllIsClosed();
  }

  void endWhenAllIsClosed() {
    if (isFinal() && open.isEmpty() && !over) {
      over = true;
      command(new StreamCommand.Over<>());
    }
  }
}
