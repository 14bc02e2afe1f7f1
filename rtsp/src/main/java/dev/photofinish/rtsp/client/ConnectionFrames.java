package dev.photofinish.rtsp.client;

import dev.photofinish.rtp.RtcpPacket;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtsp.dialogue.PlayRequest;
import dev.photofinish.rtsp.dialogue.Track;
import dev.photofinish.rtsp.dialogue.TrackTransport;
import dev.photofinish.rtsp.message.RtpInfo;
import dev.photofinish.rtsp.message.RtspResponse;
import dev.photofinish.rtsp.stream.ConnectionClock;
import dev.photofinish.rtsp.stream.RtpInfos;
import dev.photofinish.rtsp.transport.ReceivedPacket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts the frames of one connection together, once its packets are the stream's. */
final class ConnectionFrames {
  private final StreamFrames stream;
  private final List<Track> described;

  /** Whether the camera waits while nothing is read. */
  private final boolean waits;

  private final ConnectionClock clock;
  private final List<TrackFrames> tracks = new ArrayList<>();
  private @Nullable PlayRequest played;
  private boolean working;

  /**
   * @param media that the tracks are
   * @param recording whether what plays is a recording
   */
  ConnectionFrames(
      StreamFrames stream, List<Track> tracks, List<MediaStream> media, boolean recording) {
    this.stream = stream;
    this.described = tracks;
    this.waits = tracks.get(0).transport() instanceof TrackTransport.Interleaved;
    List<Integer> clockRates = new ArrayList<>();
    for (MediaStream of : media) {
      TrackFrames track = new TrackFrames(of, this::emit);
      this.tracks.add(track);
      clockRates.add(track.clockRate());
    }
    this.clock = new ConnectionClock(stream.clock(), clockRates, recording);
  }

  // ---- What the camera says

  /** PLAY was answered. */
  @SuppressWarnings("ReferenceEquality") // an equal one is asked for again: a seek back
  void played(PlayRequest asked, RtspResponse answer, boolean recording) {
    if (played != null && played != asked) {
      tracks.forEach(TrackFrames::reset);
      clock.restart(recording);
    }
    played = asked;
    List<Optional<RtpInfo>> infos = RtpInfos.of(answer, described);
    for (int track = 0; track < infos.size(); track++) {
      Optional<RtpInfo> info = infos.get(track);
      if (info.isPresent() && info.get().rtpTime().isPresent()) {
        clock.begins(track, info.get().rtpTime().getAsLong());
      }
    }
  }

  /** RTCP of a media came. */
  void control(int track, List<RtcpPacket> compound) {
    for (RtcpPacket packet : compound) {
      if (packet instanceof RtcpPacket.SenderReport report && track < tracks.size()) {
        clock.reported(track, report.ntpTime(), report.rtpTime());
      }
    }
  }

  // ---- What comes

  /** A packet of the stream's came. */
  void packet(int track, ReceivedPacket packet, long now) {
    stream.take(this);
    if (!stream.areTaken()) {
      release();
      return;
    }
    TrackFrames of = tracks.get(track);
    if (!working) {
      working = true;
      tracks.stream().filter(t -> !t.isKnown()).forEach(t -> t.explain(stream));
    }
    if (!of.isKnown()) {
      return;
    }
    switch (of.source(packet.ssrc())) {
      case ANOTHER -> {
        of.reset();
        clock.restart(track);
        put(track, packet, now);
      }
      case THE_SAME -> put(track, packet, now);
      case FORMER -> {}
    }
  }

  private void put(int track, ReceivedPacket packet, long now) {
    packet.replay().ifPresent(at -> clock.recorded(track, at.ntpTime(), packet.timestamp()));
    tracks.get(track).packet(packet, packet.buffer(), packet.index(), now);
  }

  private void emit(MediaStream media, Frame frame) {
    Frame timed = frame.at(clock.time(frame.track(), frame.timestamp(), frame.arrivedAt()));
    stream.deliver(media, timed, waits);
  }

  /** What was begun is let go; what comes after continues nothing. */
  void release() {
    if (working) {
      working = false;
      tracks.forEach(TrackFrames::reset);
    }
  }
}
