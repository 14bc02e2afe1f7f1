package dev.photofinish.rtsp.client;

import dev.photofinish.rtp.RtpHeader;
import dev.photofinish.rtsp.dialogue.EndReason;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Who has the connection: the attempt of a race first, the stream after. */
interface ConnectionListener {
  /**
   * TCP is established; told again when TLS is.
   *
   * @param established whether that is all, so that the dialogue may begin
   */
  default void connected(CameraConnection connection, boolean established) {}

  /** The first response came. */
  default void responded(CameraConnection connection) {}

  /** The tracks are set up; {@link CameraConnection#tracks} has them. */
  default void prepared(CameraConnection connection) {}

  /** One RTP packet of a track; not released by the owner. */
  void rtp(CameraConnection connection, int track, RtpHeader header, ByteBuf packet, long now);

  /** One RTCP packet of a track; not released by the owner. */
  default void rtcp(CameraConnection connection, int track, ByteBuf packet, long now) {}

  /** The receiver report of a track is due; null when there is nothing to report yet. */
  default byte @Nullable [] report(CameraConnection connection, int track, long now) {
    return null;
  }

  /** The camera answers but sends no media. */
  default void stalled(CameraConnection connection) {}

  /**
   * The silence watch gave the connection up; it stays open until the owner closes it, or calls
   * {@link CameraConnection#watch} for more.
   */
  default void silent(CameraConnection connection, EndReason end) {}

  /** The connection is over and closed: always the last call, and exactly one. */
  void ended(CameraConnection connection, EndReason end);
}
