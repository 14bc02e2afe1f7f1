package dev.photofinish.cli.gst;

import dev.photofinish.cli.command.Json;
import dev.photofinish.relay.source.SourceTrack;
import dev.photofinish.rtsp.client.MediaStream;
import dev.photofinish.rtsp.message.Attribute;
import dev.photofinish.rtsp.message.MediaDescription;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.SessionDescription;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The payloads of {@code tracks} and {@code back-channel}. */
final class TrackDescriptions {
  private TrackDescriptions() {}

  /**
   * The tracks of a stream as JSON.
   *
   * @param sdp that describes them; empty where it is not known
   */
  static String tracks(List<SourceTrack> tracks, String sdp) {
    SessionDescription session = parse(sdp);
    Iterator<MediaDescription> sections =
        session == null ? List.<MediaDescription>of().iterator() : session.media().iterator();
    List<Map<String, Object>> all = new ArrayList<>();
    for (SourceTrack track : tracks) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("track", track.index());
      map.put("media", track.media().media());
      map.put("caps", CapsText.of(track, attributes(session, sections, track.media())));
      all.add(map);
    }
    return Json.line(Map.of("tracks", all));
  }

  /** The audio that a camera takes, as JSON. */
  static String backChannel(int track, MediaStream media) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("track", track);
    map.put("media", media.media());
    map.put("caps", CapsText.ofBackChannel(media));
    return Json.line(map);
  }

  private static @Nullable SessionDescription parse(String sdp) {
    try {
      return sdp.isEmpty() ? null : SessionDescription.parse(sdp);
    } catch (RtspFormatException e) {
      return null; // it was read before: never
    }
  }

  /** Those of the session, and of the next section that describes this media. */
  private static List<Attribute> attributes(
      @Nullable SessionDescription session,
      Iterator<MediaDescription> sections,
      MediaStream media) {
    List<Attribute> all = new ArrayList<>();
    if (session == null) {
      return all;
    }
    all.addAll(session.attributes());
    while (sections.hasNext()) {
      MediaDescription section = sections.next();
      if (MediaStream.of(media.index(), section, media.encrypted()).equals(media)) {
        all.addAll(section.attributes());
        break;
      }
    }
    return all;
  }
}
