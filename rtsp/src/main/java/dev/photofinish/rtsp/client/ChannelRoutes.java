package dev.photofinish.rtsp.client;

import dev.photofinish.rtsp.message.MediaFormat;
import dev.photofinish.rtsp.message.Pair;
import dev.photofinish.rtsp.session.Track;
import dev.photofinish.rtsp.session.TrackTransport;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Which track the frames of an interleaved channel belong to. Where a camera gave one channel to
 * several tracks, the payload type tells them apart.
 */
final class ChannelRoutes {
  private static final int CHANNELS = 256;
  private static final int NONE = -1;
  private static final int SHARED = -2;

  private final int[] tracks = new int[CHANNELS];
  private final boolean[] control = new boolean[CHANNELS];
  private List<Track> assigned = List.of();
  private List<BitSet> payloadTypes = List.of();

  ChannelRoutes() {
    Arrays.fill(tracks, NONE);
  }

  void assign(List<Track> prepared) {
    assigned = prepared;
    payloadTypes = prepared.stream().map(ChannelRoutes::payloadTypes).toList();
    Arrays.fill(tracks, NONE);
    Arrays.fill(control, false);
    for (int track = 0; track < prepared.size(); track++) {
      claim(channels(prepared.get(track)).rtp(), track);
      int rtcp = channels(prepared.get(track)).rtcp();
      control[rtcp] = tracks[rtcp] == NONE || control[rtcp];
      claim(rtcp, track);
    }
    for (Track track : prepared) {
      control[channels(track).rtp()] = false;
    }
  }

  private static BitSet payloadTypes(Track track) {
    BitSet types = new BitSet();
    track.media().formats().forEach(format -> types.set(format.payloadType()));
    return types;
  }

  private void claim(int channel, int track) {
    tracks[channel] = tracks[channel] == NONE || tracks[channel] == track ? track : SHARED;
  }

  /** Whether the description of {@code track} has the payload type of an RTP packet. */
  boolean isDescribed(int track, ByteBuf packet) {
    return packet.readableBytes() >= 2
        && payloadTypes.get(track).get(packet.getByte(packet.readerIndex() + 1) & 0x7f);
  }

  /** Whether {@code channel} carries RTCP alone. */
  boolean isControl(int channel) {
    return control[channel];
  }

  /** The index of the track that a frame is of; negative for none. */
  int track(int channel, ByteBuf content) {
    if (tracks[channel] != SHARED) {
      return tracks[channel];
    }
    int payloadType = content.readableBytes() < 2 ? NONE : content.getByte(1) & 0x7f;
    for (int track = 0; track < assigned.size(); track++) {
      if (carries(assigned.get(track), channel, payloadType)) {
        return track;
      }
    }
    return NONE;
  }

  private static Pair channels(Track track) {
    return ((TrackTransport.Interleaved) track.transport()).channels();
  }

  private static boolean carries(Track track, int channel, int payloadType) {
    boolean onIt = channels(track).rtp() == channel || channels(track).rtcp() == channel;
    return onIt
        && track.media().formats().stream()
            .map(MediaFormat::payloadType)
            .anyMatch(type -> type == payloadType);
  }
}
