package dev.photofinish.rtsp.client;

import dev.photofinish.rtp.RtpFormatException;
import dev.photofinish.rtsp.dialogue.Track;
import dev.photofinish.rtsp.dialogue.TrackTransport;
import dev.photofinish.rtsp.message.Pair;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.RtspUrl;
import dev.photofinish.rtsp.message.SessionDescription;
import dev.photofinish.rtsp.transport.ReceivedPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Connections of one stream whose packets a test writes, H.264 and G.711, each frame 20 ms after
 * the one before of its media. It counts what was not released.
 */
final class FrameScript {
  static final int VIDEO = 0;
  static final int AUDIO = 1;
  private static final int KEY = 0x65;
  private static final int DELTA = 0x41;
  private static final String SDP =
      """
      v=0
      m=video 0 RTP/AVP 96
      a=rtpmap:96 H264/90000
      m=audio 0 RTP/AVP 0
      m=application 0 RTP/AVP 107
      a=rtpmap:107 vnd.nobody.knows/90000
      """;

  final StreamFrames stream = new StreamFrames("rtsp://camera/");
  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false, true);
  private ConnectionFrames connection;

  /** So that a frame holds its packets: smaller parts are copied. */
  private static final int MORE_THAN_IS_COPIED = 300;

  private final int[] sequences = {65_530, 0, 0};
  private final long[] times = {0, 0, 0};
  private long ssrc = 1;

  FrameScript() {
    connection = connection(true);
  }

  /** Another connection, which is not the stream's before its first packet. */
  ConnectionFrames connection(boolean interleaved) {
    TrackTransport transport =
        interleaved
            ? new TrackTransport.Interleaved(new Pair(0, 1))
            : new TrackTransport.Udp(
                new Pair(5000, 5001), Optional.empty(), OptionalLong.empty(), Optional.empty());
    List<Track> tracks = new ArrayList<>();
    try {
      for (var media : SessionDescription.parse(SDP).media()) {
        RtspUrl control = RtspUrl.parse("rtsp://camera/" + tracks.size());
        tracks.add(new Track(media, control, transport, Optional.empty()));
      }
    } catch (RtspFormatException e) {
      throw new AssertionError(e);
    }
    return new ConnectionFrames(stream, tracks, MediaStreams.of(tracks), false);
  }

  void use(ConnectionFrames next) {
    connection = next;
  }

  /** A new connection takes the place of the one before, which ends. */
  void reconnect() {
    ConnectionFrames before = connection;
    connection = connection(true);
    before.release();
  }

  void source(long next) {
    ssrc = next;
  }

  void lose(int track, int packets) {
    sequences[track] += packets;
  }

  /** A whole picture, in its one packet. */
  void losePicture() {
    lose(VIDEO, 1);
    times[VIDEO] += 1800;
  }

  void key() {
    picture(KEY);
  }

  void delta() {
    picture(DELTA);
  }

  private void picture(int nal) {
    packet(VIDEO, 96, true, nal, 0x80, 1, 2, 3);
    times[VIDEO] += 1800;
  }

  /** The start of a fragmented key picture, and no more. */
  void unfinished() {
    packet(VIDEO, 96, false, 0x7c, 0x80 | (KEY & 0x1f), 1, 2, 3);
  }

  /** A picture of three packets, the middle one of which was lost. */
  void damaged() {
    packet(VIDEO, 96, false, 0x5c, 0x80 | (DELTA & 0x1f), 1, 2, 3);
    lose(VIDEO, 1);
    packet(VIDEO, 96, true, 0x5c, 0x40 | (DELTA & 0x1f), 1, 2, 3);
    times[VIDEO] += 1800;
  }

  void audio() {
    packet(AUDIO, 0, false, new int[160]);
    times[AUDIO] += 160;
  }

  void unknown() {
    packet(2, 107, true, 1);
  }

  private void packet(int track, int payloadType, boolean marker, int... payload) {
    ByteBuf bytes = allocator.buffer();
    bytes.writeByte(0x80).writeByte(payloadType | (marker ? 0x80 : 0));
    bytes.writeShort(sequences[track]++).writeInt((int) times[track]).writeInt((int) ssrc);
    for (int b : payload) {
      bytes.writeByte(b);
    }
    bytes.writeZero(track == VIDEO ? MORE_THAN_IS_COPIED : 0);
    ReceivedPacket packet = new ReceivedPacket();
    try {
      packet.set(bytes, 0, bytes.readableBytes());
      connection.packet(track, packet, times[VIDEO] * 100_000 / 9);
    } catch (RtpFormatException e) {
      throw new AssertionError(e);
    } finally {
      bytes.release();
    }
  }

  /** Ends connection and stream. */
  void end() {
    connection.release();
    stream.over(null);
  }

  /** Bytes of packets that nobody has released. */
  long held() {
    return allocator.metric().usedHeapMemory();
  }
}
