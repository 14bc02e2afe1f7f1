package dev.photofinish.relay.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.relay.source.Attachment;
import dev.photofinish.relay.source.FakeSource;
import dev.photofinish.relay.source.ReaderInfo;
import dev.photofinish.relay.source.SourceReader;
import dev.photofinish.relay.source.SourceTrack;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.MediaStream;
import dev.photofinish.rtsp.client.RtspTransport;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every packet of a source comes to its readers once and in order, whatever the way. */
class ServedReadersTest {
  private static final int PACKETS = 500;
  private static final int PAYLOAD = 1_000;

  private static List<Integer> all(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  private static void expectAll(TestServer server, Viewer viewer) throws Exception {
    server.awaitReaders(1);
    for (int sent = 0; sent < PACKETS; sent += 50) {
      server.source().send(0, 50, PAYLOAD);
      server.source().send(1, 5, PAYLOAD / 2);
      int all = sent + 50; // datagrams that nobody reads for long are lost
      viewer.await("what was sent", v -> v.numbers(0).size() >= all);
    }
    server.source().report(0);
    viewer.await("all video", v -> v.numbers(0).size() >= PACKETS);
    viewer.await("all audio", v -> v.numbers(1).size() >= PACKETS / 10);
    viewer.await("a report", v -> v.reports() > 0);
    assertThat(viewer.numbers(0)).isEqualTo(all(PACKETS));
    assertThat(viewer.numbers(1)).isEqualTo(all(PACKETS / 10));
  }

  @ParameterizedTest
  @EnumSource(names = {"TCP", "UDP", "HTTP"})
  void everyPacketComesOnceAndInOrder(RtspTransport transport) throws Exception {
    try (TestServer server = new TestServer();
        Viewer viewer = new Viewer(server.camera(transport))) {
      expectAll(server, viewer);
      assertThat(server.source().readings().get(0).info().transport())
          .isEqualTo(transport.name().toLowerCase(Locale.ROOT));
      assertThat(server.source().readings().get(0).info().agent()).startsWith("Photofinish");
      viewer.stream().close();
      server.awaitReaders(0);
    }
  }

  /** RFC 2326 section 10.4: a session that does not play takes more tracks. */
  @Test
  void aTrackThatIsSetUpInAPauseIsPlayed() throws Exception {
    try (TestServer server = new TestServer();
        RawReader reader = new RawReader(server.address())) {
      String url = server.url("rtsp");
      reader.play(url);
      assertThat(reader.ask("PAUSE", url)).startsWith("RTSP/1.0 200");
      String audio = "Transport: RTP/AVP/TCP;unicast;interleaved=2-3";
      assertThat(reader.ask("SETUP", url + "/trackID=2", audio)).startsWith("RTSP/1.0 200");
      assertThat(reader.ask("PLAY", url)).contains("trackID=1;", "trackID=2;");
      server.source().send(1, 1, PAYLOAD);
      assertThat(reader.frame()[1]).isEqualTo((byte) 2);
    }
  }

  /** A source of other tracks than those before, under the same name. */
  private static FakeSource another() {
    return new FakeSource(
        "cam",
        List.of(
            new SourceTrack(0, new MediaStream(0, "video", "JPEG", 26, 90_000, 0, "", false), 77)));
  }

  @Test
  void aDescriptionThatNoLongerHoldsIsNotSetUp() throws Exception {
    try (TestServer server = new TestServer();
        RawReader reader = new RawReader(server.address())) {
      String url = server.url("rtsp");
      assertThat(reader.ask("DESCRIBE", url)).startsWith("RTSP/1.0 200");
      server.add(another());
      String tcp = "Transport: RTP/AVP/TCP;unicast;interleaved=0-1";
      assertThat(reader.ask("SETUP", url + "/trackID=1", tcp))
          .startsWith("RTSP/1.0 503 the camera's media have changed");
      assertThat(reader.readToEnd()).as("no TEARDOWN of what was never set up").isEmpty();
    }
  }

  @Test
  void aSessionOfTracksThatNoLongerAreIsNotPlayed() throws Exception {
    FakeSource changing =
        new FakeSource("cam") {
          @Override
          public Attachment attach(
              SourceReader reader, ReaderInfo info, Set<Integer> wanted, EventLoop loop) {
            assertThat(reader.isOf(tracks())).isTrue();
            assertThat(reader.isOf(another().tracks())).isFalse();
            return super.attach(reader, info, wanted, loop);
          }
        };
    try (TestServer server = new TestServer();
        RawReader reader = new RawReader(server.address())) {
      server.add(changing);
      reader.play(server.url("rtsp"));
    }
  }

  /** By our own client, which asks where the description offers it. */
  @ParameterizedTest
  @EnumSource(names = {"TCP", "UDP", "HTTP"})
  void aReaderAsksTheSourceForAKeyFrame(RtspTransport transport) throws Exception {
    try (TestServer server = new TestServer();
        Viewer viewer = new Viewer(server.camera(transport))) {
      server.awaitReaders(1);
      server.source().send(0, 1, PAYLOAD);
      viewer.await("video", v -> !v.numbers(0).isEmpty());
      viewer.stream().requestKeyFrame();
      TestServer.await(() -> server.source().readings().get(0).keyFrameRequests() == 1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"TCP", "HTTP"})
  void overTls(RtspTransport transport) throws Exception {
    var certificate = TestServer.certificate();
    try (TestServer server = new TestServer(options -> options, s -> s.tls(certificate));
        Viewer viewer =
            new Viewer(
                Camera.at(server.url("rtsps"))
                    .withOptions(server.camera(transport).options())
                    .withTlsInsecure(true))) {
      expectAll(server, viewer);
      assertThat(server.source().readings().get(0).info().transport())
          .isEqualTo(transport == RtspTransport.TCP ? "tls" : "https");
    }
  }

  /** By our own client, which decrypts what is promised to be encrypted, and nothing else. */
  @ParameterizedTest
  @EnumSource(names = {"TCP", "UDP", "HTTP"})
  void encryptedBySrtpForThoseWhoAsk(RtspTransport transport) throws Exception {
    var certificate = TestServer.certificate();
    try (TestServer server = new TestServer(options -> options, s -> s.tls(certificate));
        Viewer viewer =
            new Viewer(
                Camera.at(server.url("rtsps") + "?srtp")
                    .withOptions(server.camera(transport).options())
                    .withTlsInsecure(true))) {
      expectAll(server, viewer);
      assertThat(server.source().readings().get(0).info().transport())
          .isEqualTo(
              Map.of("TCP", "srtp/tls", "UDP", "srtp/udp", "HTTP", "srtp/https")
                  .get(transport.name()));
      viewer.stream().requestKeyFrame();
      TestServer.await(() -> server.source().readings().get(0).keyFrameRequests() == 1);
    }
  }

  @Test
  void afterALogin() throws Exception {
    try (TestServer server = new TestServer(o -> o, s -> s.access(TestServer.login()));
        Viewer viewer =
            new Viewer(server.camera(RtspTransport.TCP).withCredentials("viewer", "secret"))) {
      expectAll(server, viewer);
    }
  }

  @Test
  void byMulticastOnceForAll() throws Exception {
    var groups =
        new MulticastOptions(
            InetAddress.getByName("239.255.77.1"),
            26_000,
            1,
            NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress()));
    try (TestServer server = new TestServer(o -> o.multicast(groups), s -> {});
        Viewer one = new Viewer(server.camera(RtspTransport.MULTICAST));
        Viewer other = new Viewer(server.camera(RtspTransport.MULTICAST))) {
      server.awaitReaders(1);
      expectBoth(server, one, other);
      one.stream().close();
      other.stream().close();
      server.awaitReaders(0);
    }
  }

  private static void expectBoth(TestServer server, Viewer one, Viewer other) throws Exception {
    one.awaitFirst(server.source());
    other.awaitFirst(server.source());
    server.source().send(0, 100, PAYLOAD);
    int first = Math.max(one.numbers(0).get(0), other.numbers(0).get(0));
    one.await("100 more", v -> v.numbers(0).get(v.numbers(0).size() - 1) >= first + 100);
    other.await("100 more", v -> v.numbers(0).get(v.numbers(0).size() - 1) >= first + 100);
    assertThat(server.source().readings()).hasSize(1);
    assertThat(server.source().readings().get(0).info().transport()).isEqualTo("multicast");
  }

  @Test
  void aPausedReaderGetsNothingAndGoesOn() throws Exception {
    try (TestServer server = new TestServer();
        Viewer viewer = new Viewer(server.camera(RtspTransport.TCP))) {
      server.awaitReaders(1);
      server.source().send(0, 10, PAYLOAD);
      viewer.await("ten", v -> v.numbers(0).size() == 10);
      viewer.stream().pause().toCompletableFuture().join();
      TestServer.await(() -> server.source().readings().get(0).isPaused());
      server.source().send(0, 10, PAYLOAD);
      viewer.stream().resume().toCompletableFuture().join();
      server.source().send(0, 10, PAYLOAD);
      viewer.await("ten more", v -> v.numbers(0).size() == 20);
      assertThat(viewer.numbers(0).get(10)).isEqualTo(20);
    }
  }

  @Test
  void theEndOfASourceClosesItsReaders() throws Exception {
    try (TestServer server = new TestServer();
        Viewer viewer = new Viewer(server.camera(RtspTransport.TCP))) {
      server.awaitReaders(1);
      server.source().send(0, 1, PAYLOAD);
      viewer.await("PLAYING", v -> v.states().size() == 1);
      server.source().end("the camera was removed");
      viewer.await("an outage", v -> v.states().size() > 1);
      server.awaitReaders(1); // of the next connection
    }
  }
}
