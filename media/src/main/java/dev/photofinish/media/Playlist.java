package dev.photofinish.media;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;

/**
 * The HLS playlist of a recording (RFC 8216). Each file begins with its own header and at time 0,
 * so that it plays alone: here that is a discontinuity.
 */
final class Playlist {
  private static final DateTimeFormatter DATE =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

  private Playlist() {}

  /**
   * @param removed files before the first
   * @param ended whether no more will come
   */
  static String write(List<RecordedFile> files, long removed, boolean ended) {
    long longest = 1;
    for (RecordedFile file : files) {
      longest = Math.max(longest, (file.length().toMillis() + 999) / 1000);
    }
    StringBuilder out = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:7\n");
    out.append("#EXT-X-TARGETDURATION:").append(longest).append('\n');
    out.append("#EXT-X-MEDIA-SEQUENCE:").append(removed).append('\n');
    out.append("#EXT-X-DISCONTINUITY-SEQUENCE:").append(removed).append('\n');
    out.append("#EXT-X-INDEPENDENT-SEGMENTS\n");
    boolean first = true;
    for (RecordedFile file : files) {
      out.append(first ? "" : "#EXT-X-DISCONTINUITY\n");
      file(file, out);
      first = false;
    }
    return out.append(ended ? "#EXT-X-ENDLIST\n" : "").toString();
  }

  private static void file(RecordedFile file, StringBuilder out) {
    String uri = uri(file.name());
    out.append("#EXT-X-PROGRAM-DATE-TIME:").append(DATE.format(file.begin())).append('\n');
    for (Gap gap : file.gaps()) {
      out.append("#EXT-X-DATERANGE:ID=\"gap-").append(gap.begin().toEpochMilli());
      out.append("\",CLASS=\"dev.photofinish.gap\",START-DATE=\"");
      out.append(DATE.format(gap.begin())).append("\",DURATION=").append(seconds(gap.length()));
      out.append(",X-CAUSE=\"").append(gap.cause().name().toLowerCase(Locale.ROOT));
      out.append("\"\n");
    }
    if (file.headerBytes() > 0) {
      out.append("#EXT-X-MAP:URI=\"").append(uri).append("\",BYTERANGE=\"");
      out.append(file.headerBytes()).append("@0\"\n");
    }
    out.append("#EXTINF:").append(seconds(file.length())).append(",\n");
    if (file.headerBytes() > 0) {
      out.append("#EXT-X-BYTERANGE:").append(file.bytes() - file.headerBytes() - file.indexBytes());
      out.append('@').append(file.headerBytes()).append('\n');
    }
    out.append(uri).append('\n');
  }

  private static String seconds(Duration length) {
    return IndexText.seconds(length);
  }

  private static String uri(String name) {
    try {
      return new URI(null, null, name, null).toASCIIString();
    } catch (URISyntaxException e) {
      throw new AssertionError(name, e); // names are checked
    }
  }
}
