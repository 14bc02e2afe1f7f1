package dev.photofinish.relay.rtsp;

import dev.photofinish.relay.source.Source;
import dev.photofinish.relay.source.SourceTrack;
import dev.photofinish.relay.source.TalkPoint;
import dev.photofinish.relay.source.TrackStart;
import dev.photofinish.rtsp.client.MediaStream;
import dev.photofinish.rtsp.dialogue.server.ServedKeys;
import dev.photofinish.rtsp.dialogue.server.ServedStream;
import dev.photofinish.rtsp.dialogue.server.ServerEvent;
import dev.photofinish.rtsp.message.Attribute;
import dev.photofinish.rtsp.message.MediaDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/** Says of the tracks of a source what a dialogue says of them. */
final class Described {
  /** RFC 4585 section 4.2, RFC 5104 section 7.1. */
  private static final List<Attribute> FEEDBACK =
      List.of(new Attribute("rtcp-fb", "* nack pli"), new Attribute("rtcp-fb", "* ccm fir"));

  private Described() {}

  /**
   * What a reader is told.
   *
   * @param path of {@link Source#path}
   * @param keys of the media that is sent with an SSRC; empty for what is sent in the clear. That
   *     of the back channel is not known
   */
  static ServedStream stream(
      String name,
      List<SourceTrack> tracks,
      List<String> path,
      Optional<TalkPoint> talkPoint,
      LongFunction<Optional<ServedKeys>> keys) {
    List<SourceTrack> served = tracks.stream().limit(ServedStream.MOST_TRACKS).toList();
    LongStream sources = served.stream().mapToLong(SourceTrack::ssrc);
    LongStream talk = talkPoint.isPresent() ? LongStream.of(0) : LongStream.empty();
    return new ServedStream(
        name,
        served.stream().map(track -> described(track.media(), path)).toList(),
        talkPoint.map(point -> point.media().description()),
        LongStream.concat(sources, talk).mapToObj(keys).flatMap(Optional::stream).toList());
  }

  /** Readers of a video may ask for key frames. */
  private static MediaDescription described(MediaStream media, List<String> path) {
    List<Attribute> attributes =
        new ArrayList<>(media.media().equals("video") ? FEEDBACK : List.of());
    if (!path.isEmpty()) {
      attributes.add(new Attribute(Source.PATH, String.join(" ", path)));
    }
    return media.description().withAttributes(attributes);
  }

  static ServerEvent.PlayPrepared prepared(long ticket, List<TrackStart> starts) {
    return new ServerEvent.PlayPrepared(ticket, starts.stream().map(Described::start).toList());
  }

  private static dev.photofinish.rtsp.dialogue.server.TrackStart start(TrackStart start) {
    return new dev.photofinish.rtsp.dialogue.server.TrackStart(
        start.track(), OptionalInt.of(start.sequence()), OptionalLong.of(start.timestamp()));
  }
}
