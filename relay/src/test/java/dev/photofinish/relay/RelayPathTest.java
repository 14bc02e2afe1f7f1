package dev.photofinish.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RelayPathTest {
  private final RelayPath path = new RelayPath(new SecureRandom());
  private final RelayPath other = new RelayPath(new SecureRandom());

  private static Optional<String> sdp(List<String> ids) {
    return Optional.of(
        "v=0\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=x-photofinish-relays:"
            + String.join(" ", ids)
            + "\r\n");
  }

  @Test
  void isThatOfWhatItComesFromAndItsOwn() {
    assertThat(path.ids()).hasSize(1);
    assertThat(path.from(sdp(other.ids()))).isTrue();
    assertThat(path.ids()).hasSize(2).startsWith(other.ids().get(0));
    path.from(Optional.empty());
    assertThat(path.ids()).hasSize(1);
  }

  @Test
  void leadsBackWhereItsOwnIsInIt() {
    assertThat(path.leadsBack(sdp(other.ids()))).isFalse();
    other.from(sdp(path.ids()));
    assertThat(path.leadsBack(sdp(other.ids()))).isTrue();
    assertThat(path.from(sdp(other.ids()))).isFalse();
    assertThat(path.ids()).hasSize(1);
    assertThat(path.leadsBack(Optional.empty())).isFalse();
  }

  @Test
  void isBoundedAndOfNothingElse() {
    List<String> many = IntStream.range(0, 100).mapToObj("%016x"::formatted).toList();
    path.from(sdp(many));
    assertThat(path.ids()).hasSize(17).startsWith(many.get(84));
    path.from(sdp(List.of("<b>", "0123456789ABCDEF", "12")));
    assertThat(path.ids()).hasSize(1);
    path.from(Optional.of("no SDP"));
    assertThat(path.ids()).hasSize(1);
  }
}
