package dev.photofinish.rtsp.transport;

import dev.photofinish.rtsp.dialogue.EndReason;
import dev.photofinish.rtsp.dialogue.PlayRequest;
import dev.photofinish.rtsp.dialogue.Track;
import dev.photofinish.rtsp.dialogue.Trait;
import dev.photofinish.rtsp.message.RtspResponse;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The owner of a connection: the attempt of a race first, the stream after. */
public interface ConnectionListener {
  /**
   * TCP is established; called again when TLS or a tunnel is.
   *
   * @param established whether that is all, so that the dialogue may begin
   */
  default void connected(boolean established) {}

  /** The camera showed a habit that later connections should know. */
  default void learnt(Trait trait) {}

  /**
   * Something came before the first response that is no RTSP. The connection goes on, as an answer
   * may follow.
   *
   * @param why what it looks like
   */
  default void strange(EndReason why) {}

  /** The first response came. */
  default void responded() {}

  /** The tracks that we receive are set up; again when a lost session was replaced. */
  default void prepared(List<Track> tracks) {}

  /** PLAY was answered with success: where what plays begins; one answer of each track's. */
  default void playAnswered(PlayRequest asked, RtspResponse answer) {}

  /** All plays: media is due, and audio may be sent. */
  default void playing() {}

  /** What was sent has been written: the camera reads again, after it did not. */
  default void writable() {}

  /** PAUSE was answered with success: no media is due. */
  default void paused() {}

  /** A request of the owner's was answered, with success or not. */
  default void answered(long id, RtspResponse response) {}

  /** A request of the owner's was not sent, or not answered in time. */
  default void refused(long id, String reason) {}

  /** One RTP packet of a track; not released by the owner. */
  void rtp(int track, ReceivedPacket packet, long now);

  /** One RTCP packet of a track; not released by the owner. */
  default void rtcp(int track, ByteBuf packet, long now) {}

  /** The kernel dropped so many more datagrams of a track before they were read. */
  default void droppedByKernel(int track, long count) {}

  /** An encrypted packet of a track was dropped: SRTP says that it must be. */
  default void rejected(int track) {}

  /** The receiver report of a track is due; null when there is nothing to report yet. */
  default byte @Nullable [] report(int track, long now) {
    return null;
  }

  /** A key frame of a track is asked for; null when there is nothing yet to ask for it. */
  default byte @Nullable [] keyFrameRequest(int track, long now) {
    return null;
  }

  /** The camera answers but sends no media. */
  default void stalled() {}

  /**
   * The silence watch gave the connection up; it stays open until the owner closes it, or calls
   * {@code watch} for more.
   */
  default void silent(EndReason end) {}

  /** The connection is over and closed: always the last call, and exactly one. */
  void ended(EndReason end);
}
