package dev.photofinish.rtsp.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Arrivals over several tracks, and over time that wraps around. */
class MediaArrivalsTest {
  private static final long START =
      Long.valueOf(Long.MAX_VALUE - 5); // no constant: it wraps around on purpose

  private final TrackArrivals video = new TrackArrivals();
  private final TrackArrivals audio = new TrackArrivals();
  private final MediaArrivals media = new MediaArrivals();

  @Test
  void withoutATrackThereIsNoMedia() {
    assertThat(media.any()).isFalse();
    assertThat(media.within(10, START)).isFalse();
  }

  @Test
  void theFirstAndTheLastOfAllTracks() {
    media.assign(List.of(video, audio));
    assertThat(media.any()).isFalse();
    audio.packet(START);
    video.packet(START + 4);
    audio.packet(START + 9);
    assertThat(media.any()).isTrue();
    assertThat(media.first()).isEqualTo(START);
    assertThat(media.last()).isEqualTo(START + 9);
    assertThat(media.within(10, START + 19)).isTrue();
    assertThat(media.within(9, START + 19)).isFalse();
  }

  @Test
  void whatCameBeforeTheSessionWasReplacedStillCounts() {
    media.assign(List.of(video));
    video.packet(START);
    video.packet(START + 2);
    media.assign(List.of(audio));
    assertThat(media.first()).isEqualTo(START);
    assertThat(media.last()).isEqualTo(START + 2);
    audio.packet(START + 8);
    assertThat(media.last()).isEqualTo(START + 8);
    media.assign(List.of(new TrackArrivals()));
    assertThat(media.first()).isEqualTo(START);
    assertThat(media.last()).isEqualTo(START + 8);
  }
}
