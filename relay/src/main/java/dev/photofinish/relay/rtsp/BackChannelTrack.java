package dev.photofinish.relay.rtsp;

import dev.photofinish.relay.source.Talk;
import dev.photofinish.relay.source.TalkPoint;
import dev.photofinish.rtp.ReceiverReports;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * The back channel of a reader's session: hands on what comes while it plays. Used on the event
 * loop of the reader's connection.
 */
final class BackChannelTrack {
  private final ServerContext context;
  private final int track;
  private final TalkPoint point;
  private final TrackInput input;
  private final EventLoop loop;
  private final String talker;
  private final ReceiverReports reports;
  private @Nullable Talk talk;
  private @Nullable ReceivedTrack received;

  /**
   * @param track its index in the session
   * @param talker human-readable
   */
  BackChannelTrack(
      ServerContext context,
      int track,
      TalkPoint point,
      TrackInput input,
      EventLoop loop,
      String talker) {
    this.context = context;
    this.track = track;
    this.point = point;
    this.input = input;
    this.loop = loop;
    this.talker = talker;
    this.reports = new ReceiverReports(context.random().nextInt() & 0xffff_ffffL);
  }

  int track() {
    return track;
  }

  /** Whether a frame of the connection is its own. */
  boolean frame(int channel, ByteBuf content) {
    return input.frame(channel, content);
  }

  void play() {
    if (talk != null) {
      return;
    }
    Talk opened = point.open(talker);
    talk = opened;
    received = new ReceivedTrack(point.media(), input, opened, loop, context.clock(), reports);
  }

  void pause() {
    if (received != null) {
      received.close();
      received = null;
    }
    if (talk != null) {
      talk.close();
      talk = null;
    }
  }

  void close() {
    pause();
    input.close();
  }
}
