package dev.photofinish.relay;

import dev.photofinish.relay.source.SourceTrack;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.PayloadFormats;
import dev.photofinish.rtsp.client.MediaStream;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The match of what a camera offers now with what readers were told: by kind, codec, clock rate and
 * channels of each media, in order.
 *
 * @param tracks of the readers, by the number of the camera's media; -1 for one that they do not
 *     know
 * @param fits whether nothing that readers get would be of another format, and neither picture nor
 *     sound is there that they were not told of
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record TrackMatch(int[] tracks, boolean fits) {
  /** Codecs whose parameters may change, since they can be sent among the packets. */
  private static final Set<String> IN_BAND = Set.of("H264", "H265", "H266");

  /** Codecs that need no parameters, or say them in each frame. */
  private static final Set<String> SELF_CONTAINED =
      Set.of(
          "PCMU", "PCMA", "JPEG", "VP8", "VP9", "AV1", "OPUS", "L16", "G722", "MPA", "MPA-ROBUST");

  private static final Set<String> SEEN_AND_HEARD = Set.of("video", "audio");

  static TrackMatch of(List<SourceTrack> offered, List<MediaStream> now) {
    int[] tracks = new int[now.size()];
    Arrays.fill(tracks, -1);
    boolean[] taken = new boolean[offered.size()];
    boolean fits = true;
    for (MediaStream media : now) {
      for (SourceTrack track : offered) {
        if (!taken[track.index()] && isSame(track.media(), media)) {
          taken[track.index()] = true;
          tracks[media.index()] = track.index();
          fits &= isDecodable(track.media(), media);
          break;
        }
      }
    }
    for (MediaStream media : now) {
      fits &= tracks[media.index()] >= 0 || !isNeeded(offered, taken, media.media());
    }
    return new TrackMatch(tracks, fits);
  }

  /** Whether they are of one kind; their parameters may differ. */
  static boolean isSame(MediaStream told, MediaStream now) {
    return told.media().equals(now.media())
        && told.codec().equals(now.codec())
        && told.clockRate() == now.clockRate()
        && told.channels() == now.channels();
  }

  private static boolean isDecodable(MediaStream told, MediaStream now) {
    return told.formatParameters().equals(now.formatParameters())
        || IN_BAND.contains(told.codec())
        || SELF_CONTAINED.contains(told.codec());
  }

  /**
   * Whether readers miss something without a media of this kind that they do not know: it took the
   * place of one that is no more, or is the first picture or sound.
   */
  private static boolean isNeeded(List<SourceTrack> offered, boolean[] taken, String kind) {
    List<SourceTrack> told = offered.stream().filter(t -> t.media().media().equals(kind)).toList();
    return told.isEmpty()
        ? SEEN_AND_HEARD.contains(kind)
        : told.stream().anyMatch(track -> !taken[track.index()]);
  }

  /** The parameter sets that must be sent among the packets, since readers were told others. */
  static List<ByteBuf> changedSets(MediaStream told, MediaStream now) {
    if (!IN_BAND.contains(now.codec()) || told.formatParameters().equals(now.formatParameters())) {
      return List.of();
    }
    return PayloadFormats.depacketizer(now.index(), now.payloadFormat(), Frame::release)
        .map(depacketizer -> depacketizer.format().parameterSets())
        .orElse(List.of());
  }
}
