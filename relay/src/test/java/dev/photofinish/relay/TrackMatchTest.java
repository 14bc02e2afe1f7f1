package dev.photofinish.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.relay.source.SourceTrack;
import dev.photofinish.rtsp.client.MediaStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What readers were told, and what a camera or a publisher has on its next connection. */
class TrackMatchTest {
  private static List<MediaStream> media(String codecs) {
    List<MediaStream> media = new ArrayList<>();
    for (String codec : codecs.split(" ", -1)) {
      String kind =
          switch (codec) {
            case "H264", "H265" -> "video";
            case "PCMU", "opus" -> "audio";
            default -> "application";
          };
      int rate = kind.equals("audio") ? 8_000 : 90_000;
      media.add(new MediaStream(media.size(), kind, codec, 96, rate, 0, "", false));
    }
    return media;
  }

  private static List<SourceTrack> told(String codecs) {
    return media(codecs).stream().map(one -> new SourceTrack(one.index(), one, 7)).toList();
  }

  /** Less than was told is silent; a picture or a sound more makes readers ask again. */
  @ParameterizedTest
  @CsvSource({
    "H264 PCMU, H264 PCMU, '[0, 1]', true",
    "H264 PCMU, PCMU H264, '[1, 0]', true",
    "H264 PCMU, H264, '[0]', true",
    "H264 PCMU, PCMU, '[1]', true",
    "H264, H265, '[-1]', false",
    "H264 PCMU, H264 opus, '[0, -1]', false",
    "PCMU, H264 PCMU, '[-1, 0]', false",
    "PCMU, H264, '[-1]', false",
    "H264, H264 PCMU, '[0, -1]', false",
    "H264, H264 H265, '[0, -1]', true",
    "H264, H264 vnd.onvif.metadata, '[0, -1]', true"
  })
  void tracksOfTheReaders(String told, String now, String tracks, boolean fits) {
    TrackMatch match = TrackMatch.of(told(told), media(now));
    assertThat(Arrays.toString(match.tracks())).isEqualTo(tracks);
    assertThat(match.fits()).isEqualTo(fits);
  }
}
