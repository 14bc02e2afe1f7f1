package dev.photofinish.rtsp.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtp.ReplayExtension;
import dev.photofinish.rtsp.dialogue.PlayRequest;
import dev.photofinish.rtsp.dialogue.Track;
import dev.photofinish.rtsp.dialogue.TrackTransport;
import dev.photofinish.rtsp.message.Headers;
import dev.photofinish.rtsp.message.Pair;
import dev.photofinish.rtsp.message.RangeHeader;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.RtspResponse;
import dev.photofinish.rtsp.message.RtspUrl;
import dev.photofinish.rtsp.message.SessionDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The place in a recording, from RTP-Info, timestamps and ONVIF's header extension. */
class PlayPositionTest {
  private static final String SDP =
      """
      v=0
      m=video 0 RTP/AVP 96
      a=rtpmap:96 H264/90000
      a=control:track0
      m=audio 0 RTP/AVP 0
      a=control:track1
      """;

  private static final int VIDEO = 0;
  private static final int AUDIO = 1;

  private static PlayRequest request(String range, String... headers) {
    try {
      RangeHeader parsed = RangeHeader.parse(range);
      return new PlayRequest(parsed, Headers.of(headers), List.of("feature"), true);
    } catch (RtspFormatException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Track> tracks() {
    List<Track> tracks = new ArrayList<>();
    try {
      for (var media : SessionDescription.parse(SDP).media()) {
        RtspUrl control = RtspUrl.parse("rtsp://camera/a/track" + tracks.size());
        TrackTransport transport = new TrackTransport.Interleaved(new Pair(0, 1));
        tracks.add(new Track(media, control, transport, Optional.empty()));
      }
    } catch (RtspFormatException e) {
      throw new AssertionError(e);
    }
    return tracks;
  }

  private static PlayPosition playing(PlayRequest request, String... headers) {
    PlayPosition position = new PlayPosition(request);
    position.assign(tracks());
    position.played(request, RtspResponse.of(200, "OK", Headers.of(headers)));
    return position;
  }

  private static void packet(PlayPosition position, int track, long timestamp) {
    position.packet(track, timestamp, Optional.empty());
  }

  private static String reached(PlayPosition position) {
    return position.reached().map(RangeHeader::toString).orElse("nowhere");
  }

  // ---- From timestamps

  @Test
  void rtpInfoSaysWhereTheRangeStarts() {
    PlayPosition position =
        playing(
            request("npt=10-60"),
            "RTP-Info",
            "url=rtsp://camera/a/track0;seq=1;rtptime=9000,url=track1;seq=1;rtptime=800");
    assertThat(reached(position)).isEqualTo("npt=10.000-60");
    packet(position, VIDEO, 9000 + 90_000);
    assertThat(reached(position)).isEqualTo("npt=11.000-60");
    packet(position, AUDIO, 800 + 12_000);
    assertThat(reached(position)).isEqualTo("npt=11.500-60");
    packet(position, VIDEO, 9000 + 99_000);
    assertThat(reached(position)).as("it does not go back").isEqualTo("npt=11.500-60");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"url=track0;rtptime=0,url=track1;rtptime=0", "url=track0;seq=7", "nonsense", ""})
  void withoutOneThatCanBeTheFirstPacketIsTheStart(String info) {
    PlayPosition position = playing(request("npt=10-60"), "RTP-Info", info);
    packet(position, VIDEO, 4_000_000_000L);
    assertThat(reached(position)).isEqualTo("npt=10.000-60");
    packet(position, VIDEO, 4_000_000_000L + 45_000);
    assertThat(reached(position)).isEqualTo("npt=10.500-60");
  }

  @Test
  void timestampsWrapAround() {
    PlayPosition position = playing(request("npt=0-"));
    packet(position, VIDEO, 0xffff_ffffL);
    for (int hours = 0; hours < 24 * 4; hours++) {
      packet(position, VIDEO, (0xffff_ffffL + 90_000L * 900 * (hours + 1)) & 0xffff_ffffL);
    }
    assertThat(reached(position)).isEqualTo("npt=86400.000-");
  }

  /** RFC 2326 section 12.34: timestamps go at the pace of a clock. */
  @Test
  void atAnotherScaleTheRecordingGoesSoMuchFaster() {
    PlayPosition position = playing(request("npt=10-", "Scale", "4"), "Scale", "2.0");
    packet(position, VIDEO, 0);
    packet(position, VIDEO, 90_000);
    assertThat(reached(position)).isEqualTo("npt=12.000-");
  }

  @Test
  void backwardsItGoesDown() {
    PlayPosition position = playing(request("npt=10-5", "Scale", "-1"));
    packet(position, VIDEO, 0);
    packet(position, VIDEO, 180_000);
    assertThat(reached(position)).isEqualTo("npt=8.000-5");
    assertThat(position.isAtEnd()).isFalse();
    packet(position, VIDEO, 400_000);
    assertThat(position.isAtEnd()).isTrue();
  }

  @Test
  void theCameraMayBeginElsewhere() {
    PlayPosition position = playing(request("npt=10-60"), "Range", "npt=9.6-60");
    assertThat(reached(position)).isEqualTo("npt=9.600-60");
    assertThat(reached(playing(request("npt=10-60"), "Range", "clock=20261129T120000Z-")))
        .as("another unit says nothing")
        .isEqualTo("npt=10.000-60");
  }

  // ---- From ONVIF's header extension

  @Test
  void theHeaderExtensionSaysTheTime() {
    PlayPosition position = playing(request("clock=20090606T122800Z-20090606T123000Z"));
    packet(position, VIDEO, 0);
    assertThat(reached(position)).isEqualTo("clock=20090606T122800.000Z-20090606T123000Z");
    position.packet(VIDEO, 1, extension(0xcdd4df7c80000000L, false));
    assertThat(reached(position)).isEqualTo("clock=20090606T122844.500Z-20090606T123000Z");
  }

  private static Optional<ReplayExtension> extension(long ntp, boolean terminal) {
    return Optional.of(new ReplayExtension(ntp, false, false, false, terminal, 1));
  }

  @Test
  void theLastPacketOfEachTrackIsTheEnd() {
    PlayPosition position = playing(request("clock=20090606T122800Z-"));
    packet(position, VIDEO, 0);
    packet(position, AUDIO, 0);
    position.packet(VIDEO, 1, extension(0xcdd4df7c00000000L, true));
    assertThat(position.isAtEnd()).isFalse();
    position.packet(AUDIO, 1, extension(0xcdd4df7c00000000L, true));
    assertThat(position.isAtEnd()).isTrue();
  }

  // ---- The end of the range

  @Test
  void theEndIsTheOneThatTheCameraNamesElseTheOneAskedFor() {
    PlayPosition position = playing(request("npt=0-"), "Range", "npt=0-7.5");
    packet(position, VIDEO, 0);
    packet(position, VIDEO, 6 * 90_000);
    assertThat(position.isAtEnd()).isFalse();
    packet(position, VIDEO, 7 * 90_000);
    assertThat(position.isAtEnd()).isTrue();
  }

  @Test
  void beforeAnyMediaNothingIsAtItsEnd() {
    assertThat(playing(request("npt=7-7.5")).isAtEnd()).isFalse();
  }

  // ---- What is asked for next

  @Test
  void theNextConnectionGoesOnWhereTheLastOneStopped() {
    PlayRequest asked = request("npt=10-60", "Scale", "2.0", "Immediate", "yes");
    PlayPosition position = playing(asked);
    packet(position, VIDEO, 0);
    packet(position, VIDEO, 90_000);
    assertThat(position.next()).isEqualTo(request("npt=12.000-60", "Scale", "2.0"));
    position.assign(tracks());
    assertThat(position.next())
        .as("until PLAY is answered")
        .isEqualTo(request("npt=12.000-60", "Scale", "2.0"));
  }

  @Test
  void whatIsPausedGoesOnWithoutARange() {
    PlayPosition position = playing(request("npt=10-60"));
    packet(position, VIDEO, 0);
    packet(position, VIDEO, 90_000);
    PlayRequest resumed = position.resumed();
    assertThat(resumed.range()).isNull();
    position.played(resumed, RtspResponse.of(200, "OK", Headers.empty()));
    packet(position, VIDEO, 1_000_000);
    packet(position, VIDEO, 1_045_000);
    assertThat(reached(position)).isEqualTo("npt=11.500-60");
  }

  @Test
  void elsewhereItBeginsAgain() {
    PlayPosition position = playing(request("npt=10-60"));
    packet(position, VIDEO, 900_000);
    PlayRequest other = request("npt=5-20");
    position.played(other, RtspResponse.of(200, "OK", Headers.of("Range", "npt=5-20")));
    packet(position, VIDEO, 0);
    assertThat(position.next()).isEqualTo(request("npt=5.000-20"));
  }

  /** RFC 2326 section 11.3.10. */
  @Test
  void whereEachTrackIsPlayedAloneEachAnswerSaysWhereItBegins() {
    PlayRequest asked = request("npt=10-60");
    PlayPosition position = playing(asked, "RTP-Info", "url=track0;rtptime=9000");
    packet(position, VIDEO, 9000);
    position.played(
        asked, RtspResponse.of(200, "OK", Headers.of("RTP-Info", "url=track1;rtptime=0")));
    packet(position, VIDEO, 99_000);
    assertThat(reached(position)).isEqualTo("npt=11.000-60");
  }

  @Test
  void whatIsLiveHasNoPlace() {
    PlayPosition position = playing(PlayRequest.LIVE, "Range", "npt=0-7");
    packet(position, VIDEO, 0);
    packet(position, VIDEO, 90_000 * 8);
    assertThat(reached(position)).isEqualTo("nowhere");
    assertThat(position.isAtEnd()).isFalse();
    assertThat(position.next()).isEqualTo(PlayRequest.LIVE);
  }
}
