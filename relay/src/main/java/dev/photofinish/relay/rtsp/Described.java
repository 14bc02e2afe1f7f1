package dev.photofinish.relay.rtsp;

import dev.photofinish.relay.source.SourceTrack;
import dev.photofinish.relay.source.TalkPoint;
import dev.photofinish.relay.source.TrackStart;
import dev.photofinish.rtsp.dialogue.server.ServedStream;
import dev.photofinish.rtsp.dialogue.server.ServerEvent;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Says of the tracks of a source what a dialogue says of them. */
final class Described {
  private Described() {}

  static ServedStream stream(String name, List<SourceTrack> tracks, Optional<TalkPoint> talkPoint) {
    return new ServedStream(
        name,
        tracks.stream()
            .limit(ServedStream.MOST_TRACKS)
            .map(track -> track.media().description())
            .toList(),
        talkPoint.map(point -> point.media().description()));
  }

  static ServerEvent.PlayPrepared prepared(long ticket, List<TrackStart> starts) {
    return new ServerEvent.PlayPrepared(ticket, starts.stream().map(Described::start).toList());
  }

  private static dev.photofinish.rtsp.dialogue.server.TrackStart start(TrackStart start) {
    return new dev.photofinish.rtsp.dialogue.server.TrackStart(
        start.track(), OptionalInt.of(start.sequence()), OptionalLong.of(start.timestamp()));
  }
}
