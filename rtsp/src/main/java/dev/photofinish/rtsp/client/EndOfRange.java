package dev.photofinish.rtsp.client;

import dev.photofinish.rtsp.dialogue.EndReason;
import dev.photofinish.rtsp.stream.PlayPosition;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The end of the range of a recording that plays: cameras say goodbye there, close, send nothing
 * more, or have nothing more from there on.
 */
final class EndOfRange {
  private final PlayPosition position;
  private final BooleanSupplier hasPlayed;

  /**
   * @param hasPlayed whether media has come on any connection of the stream
   */
  EndOfRange(PlayPosition position, BooleanSupplier hasPlayed) {
    this.position = position;
    this.hasPlayed = hasPlayed;
  }

  /** The end that it is when all sources have said goodbye. */
  EndReason allLeft(String reason) {
    return position.isOfRecording()
        ? played(reason)
        : new EndReason(EndReason.Kind.ENDED_BY_CAMERA, reason);
  }

  /** The end that it is when nothing comes any more; empty where more is due. */
  Optional<EndReason> stalled() {
    return position.isAtEnd()
        ? Optional.of(played("the end of the range was reached, and nothing more comes"))
        : Optional.empty();
  }

  /** What the end of a connection means. */
  EndReason meaning(EndReason end) {
    boolean reached =
        switch (end.kind()) {
          case CLOSED, ENDED_BY_CAMERA, DEAD -> position.isAtEnd();
          case NO_SUCH_RANGE -> hasPlayed.getAsBoolean() && position.isOfRecording();
          default -> false;
        };
    return reached ? played("the end of the range was reached: " + end.reason()) : end;
  }

  private static EndReason played(String reason) {
    return new EndReason(EndReason.Kind.PLAYED_TO_THE_END, reason);
  }
}
