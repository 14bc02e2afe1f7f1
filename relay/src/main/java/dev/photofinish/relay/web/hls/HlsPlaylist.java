package dev.photofinish.relay.web.hls;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The text of a Media Playlist (RFC 8216), with the parts of its end (draft-pantos-hls-rfc8216bis).
 * Players that do not know the tags of parts play its segments.
 */
final class HlsPlaylist {
  private final StringBuilder text = new StringBuilder(2048);
  private final Targets targets;
  private int header;

  private HlsPlaylist(Targets targets) {
    this.targets = targets;
  }

  /**
   * The playlist of these.
   *
   * @param segments at least one
   * @param open the segment that follows them, once it has begun
   * @param discontinuities in segments that are not in it any more
   * @param nextPart the number of the part that comes next
   */
  static String of(
      Targets targets,
      List<Segment> segments,
      @Nullable OpenSegment open,
      long discontinuities,
      long nextPart) {
    HlsPlaylist playlist = new HlsPlaylist(targets);
    playlist.head(segments.get(0).number(), discontinuities);
    List<Part> openParts = open == null ? List.of() : open.parts();
    long left = nanos(openParts);
    for (Segment segment : segments) {
      left += segment.nanos();
    }
    for (Segment segment : segments) {
      left -= segment.nanos();
      playlist.add(segment, left < targets.partsListedNanos());
    }
    if (open != null && !openParts.isEmpty()) {
      playlist.begin(open.header(), open.isDiscontinuity());
      playlist.add(openParts);
    }
    playlist.hint(nextPart);
    return playlist.text.toString();
  }

  private static long nanos(Collection<Part> parts) {
    return parts.stream().mapToLong(Part::nanos).sum();
  }

  private void head(long first, long discontinuities) {
    text.append("#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:").append(targets.seconds());
    text.append("\n#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=")
        .append(seconds(targets.holdBackNanos()));
    text.append("\n#EXT-X-PART-INF:PART-TARGET=").append(seconds(targets.partNanos()));
    text.append("\n#EXT-X-MEDIA-SEQUENCE:").append(first);
    text.append("\n#EXT-X-DISCONTINUITY-SEQUENCE:").append(discontinuities).append('\n');
  }

  private void add(Segment segment, boolean withParts) {
    begin(segment.header(), segment.isDiscontinuity());
    if (withParts && segment.isInParts()) {
      add(segment.parts());
    }
    text.append("#EXTINF:").append(seconds(segment.nanos())).append(",\n");
    text.append(segment.file()).append('\n');
  }

  private void begin(Initialization section, boolean isDiscontinuity) {
    if (isDiscontinuity) {
      text.append("#EXT-X-DISCONTINUITY\n");
    }
    if (section.number() != header) {
      header = section.number();
      text.append("#EXT-X-MAP:URI=\"").append(section.file()).append("\"\n");
    }
  }

  private void add(List<Part> parts) {
    for (Part part : parts) {
      text.append("#EXT-X-PART:DURATION=").append(seconds(part.nanos()));
      text.append(",URI=\"").append(part.file()).append('"');
      text.append(part.isIndependent() ? ",INDEPENDENT=YES\n" : "\n");
    }
  }

  private void hint(long nextPart) {
    text.append("#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"").append(Part.file(nextPart)).append("\"\n");
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.3f", nanos / (double) TimeUnit.SECONDS.toNanos(1));
  }
}
