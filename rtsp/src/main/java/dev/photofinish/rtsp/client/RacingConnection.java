package dev.photofinish.rtsp.client;

import dev.photofinish.connect.Attempt;
import dev.photofinish.race.FinishLine;
import dev.photofinish.race.Stage;
import dev.photofinish.rtp.RtpHeader;
import dev.photofinish.rtsp.dialogue.EndReason;
import dev.photofinish.rtsp.stream.EndMeaning;
import io.netty.buffer.ByteBuf;
import java.util.function.BiConsumer;

/** Has a connection while it races: tells the race how far it came. */
final class RacingConnection implements ConnectionListener {
  private final Attempt attempt;
  private final FinishLine finishLine;
  private final BiConsumer<CameraConnection, EndReason> ends;

  /**
   * @param ends learns how a dialogue ended that was part of the race
   */
  RacingConnection(
      Attempt attempt, FinishLine finishLine, BiConsumer<CameraConnection, EndReason> ends) {
    this.attempt = attempt;
    this.finishLine = finishLine;
    this.ends = ends;
  }

  @Override
  public void connected(CameraConnection connection, boolean established) {
    if (finishLine == FinishLine.CONNECT || (finishLine == FinishLine.TLS && established)) {
      attempt.reached(Stage.READY);
    }
  }

  @Override
  public void responded(CameraConnection connection) {
    attempt.reached(finishLine == FinishLine.RESPONSE ? Stage.READY : Stage.RESPONDED);
  }

  /** The packet that wins the race is the first that the new owner gets. */
  @Override
  public void rtp(
      CameraConnection connection, int track, RtpHeader header, ByteBuf packet, long now) {
    attempt.reached(Stage.READY);
    if (connection.owner() != this) {
      connection.owner().rtp(connection, track, header, packet, now);
    }
  }

  @Override
  public void ended(CameraConnection connection, EndReason end) {
    ends.accept(connection, end);
    attempt.failed(EndMeaning.of(end).cause(), end.reason());
  }
}
