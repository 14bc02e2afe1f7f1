package dev.photofinish.relay.rtsp;

import dev.photofinish.relay.source.SourceTrack;
import dev.photofinish.relay.source.TrackStart;
import dev.photofinish.rtsp.client.MediaStream;
import dev.photofinish.rtsp.dialogue.server.ServedStream;
import dev.photofinish.rtsp.dialogue.server.ServerEvent;
import dev.photofinish.rtsp.message.MediaDescription;
import dev.photofinish.rtsp.message.MediaFormat;
import dev.photofinish.rtsp.message.Parameter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Says of the tracks of a source what a dialogue says of them. */
final class Described {
  private Described() {}

  static ServedStream stream(String name, List<SourceTrack> tracks) {
    return new ServedStream(
        name,
        tracks.stream()
            .limit(ServedStream.MOST_TRACKS)
            .map(track -> media(track.media()))
            .toList());
  }

  private static MediaDescription media(MediaStream media) {
    return new MediaDescription(
        media.media().toLowerCase(Locale.ROOT),
        0,
        "RTP/AVP",
        List.of(format(media)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        List.of());
  }

  private static MediaFormat format(MediaStream media) {
    return new MediaFormat(
        media.payloadType(),
        media.codec(),
        media.clockRate() > 0 ? OptionalInt.of(media.clockRate()) : OptionalInt.empty(),
        media.channels() > 0 ? OptionalInt.of(media.channels()) : OptionalInt.empty(),
        Parameter.parseAll(media.formatParameters(), ';'));
  }

  static ServerEvent.PlayPrepared prepared(long ticket, List<TrackStart> starts) {
    return new ServerEvent.PlayPrepared(ticket, starts.stream().map(Described::start).toList());
  }

  private static dev.photofinish.rtsp.dialogue.server.TrackStart start(TrackStart start) {
    return new dev.photofinish.rtsp.dialogue.server.TrackStart(
        start.track(), OptionalInt.of(start.sequence()), OptionalLong.of(start.timestamp()));
  }
}
