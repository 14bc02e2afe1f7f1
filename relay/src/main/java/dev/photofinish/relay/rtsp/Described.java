package dev.photofinish.relay.rtsp;

import dev.photofinish.relay.source.SourceTrack;
import dev.photofinish.relay.source.TalkPoint;
import dev.photofinish.relay.source.TrackStart;
import dev.photofinish.rtsp.client.MediaStream;
import dev.photofinish.rtsp.dialogue.server.ServedStream;
import dev.photofinish.rtsp.dialogue.server.ServerEvent;
import dev.photofinish.rtsp.message.Attribute;
import dev.photofinish.rtsp.message.MediaDescription;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Says of the tracks of a source what a dialogue says of them. */
final class Described {
  /** RFC 4585 section 4.2, RFC 5104 section 7.1. */
  private static final List<Attribute> FEEDBACK =
      List.of(new Attribute("rtcp-fb", "* nack pli"), new Attribute("rtcp-fb", "* ccm fir"));

  private Described() {}

  static ServedStream stream(String name, List<SourceTrack> tracks, Optional<TalkPoint> talkPoint) {
    return new ServedStream(
        name,
        tracks.stream()
            .limit(ServedStream.MOST_TRACKS)
            .map(track -> described(track.media()))
            .toList(),
        talkPoint.map(point -> point.media().description()));
  }

  /** Readers of a video may ask for key frames. */
  private static MediaDescription described(MediaStream media) {
    MediaDescription description = media.description();
    return media.media().equals("video") ? description.withAttributes(FEEDBACK) : description;
  }

  static ServerEvent.PlayPrepared prepared(long ticket, List<TrackStart> starts) {
    return new ServerEvent.PlayPrepared(ticket, starts.stream().map(Described::start).toList());
  }

  private static dev.photofinish.rtsp.dialogue.server.TrackStart start(TrackStart start) {
    return new dev.photofinish.rtsp.dialogue.server.TrackStart(
        start.track(), OptionalInt.of(start.sequence()), OptionalLong.of(start.timestamp()));
  }
}
