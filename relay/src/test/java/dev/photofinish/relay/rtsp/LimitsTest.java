package dev.photofinish.relay.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.relay.source.SourceTrack;
import dev.photofinish.relay.source.SourceUnavailableException;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.RtspTransport;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Limits of a server, and what it does not serve. */
class LimitsTest {
  private static final String TCP = "Transport: RTP/AVP/TCP;unicast;interleaved=0-1";

  @Test
  void connectionsOfOneAddressAreLimited() throws Exception {
    try (TestServer server = new TestServer(o -> o.connectionsPerAddress(2), s -> {});
        RawReader one = new RawReader(server.address());
        RawReader two = new RawReader(server.address())) {
      assertThat(one.ask("OPTIONS", "*")).startsWith("RTSP/1.0 200");
      assertThat(two.ask("OPTIONS", "*")).startsWith("RTSP/1.0 200");
      try (RawReader three = new RawReader(server.address())) {
        assertThat(three.readToEnd()).isEmpty();
      }
      two.hangUp();
      TestServer.await(() -> isServed(server));
    }
  }

  private static boolean isServed(TestServer server) {
    try (RawReader reader = new RawReader(server.address())) {
      return reader.ask("OPTIONS", "*").startsWith("RTSP/1.0 200");
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void readersOfOneSourceAreLimited() throws Exception {
    try (TestServer server = new TestServer(o -> o.readersPerSource(1), s -> {});
        RawReader one = new RawReader(server.address());
        RawReader two = new RawReader(server.address())) {
      one.play(server.url("rtsp"));
      assertThat(two.ask("SETUP", server.url("rtsp") + "/trackID=1", TCP))
          .startsWith("RTSP/1.0 453");
      one.hangUp();
      TestServer.await(() -> plays(two, server));
    }
  }

  private static boolean plays(RawReader reader, TestServer server) {
    try {
      return reader.ask("SETUP", server.url("rtsp") + "/trackID=1", TCP).startsWith("RTSP/1.0 200");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anAddressWhoseLoginsFailIsRefusedForAWhile() throws Exception {
    try (TestServer server =
            new TestServer(o -> o.failedLogins(3), s -> s.access(TestServer.login()));
        RawReader reader = new RawReader(server.address())) {
      String challenge = reader.ask("DESCRIBE", server.url("rtsp"));
      assertThat(challenge).startsWith("RTSP/1.0 401");
      int at = challenge.indexOf("nonce=\"") + 7;
      String nonce = challenge.substring(at, challenge.indexOf('"', at));
      String login =
          "Authorization: Digest username=\"viewer\", realm=\"relay\", nonce=\""
              + nonce
              + "\", uri=\""
              + server.url("rtsp")
              + "\", response=\"00000000000000000000000000000000\"";
      assertThat(isServed(server)).isTrue();
      for (int i = 0; i < 3; i++) {
        assertThat(reader.ask("DESCRIBE", server.url("rtsp"), login)).startsWith("RTSP/1.0 401");
      }
      assertThat(isServed(server)).isFalse();
    }
  }

  @Test
  void whatIsNotThereIs404() throws Exception {
    try (TestServer server = new TestServer();
        RawReader reader = new RawReader(server.address())) {
      String other = server.url("rtsp").replace("/cam", "/../etc/passwd");
      assertThat(reader.ask("DESCRIBE", other)).startsWith("RTSP/1.0 404");
    }
  }

  @Test
  void aCameraThatCannotBeReachedIs503WithTheReason() throws Exception {
    try (TestServer server = new TestServer();
        RawReader reader = new RawReader(server.address())) {
      var description = new CompletableFuture<List<SourceTrack>>();
      description.completeExceptionally(new SourceUnavailableException("cam does not answer"));
      server.source().describeBy(description);
      assertThat(reader.ask("DESCRIBE", server.url("rtsp")))
          .startsWith("RTSP/1.0 503 cam does not answer");
    }
  }

  @Test
  void datagramsAreNotServedBesideTls() throws Exception {
    var certificate = TestServer.certificate();
    try (TestServer server = new TestServer(o -> o, s -> s.tls(certificate));
        Viewer viewer =
            new Viewer(
                Camera.at(server.url("rtsps"))
                    .withOptions(server.camera(RtspTransport.UDP).options())
                    .withTlsInsecure(true))) {
      viewer.awaitRefusal("461");
    }
  }

  @Test
  void datagramsGoToTheReadersOwnAddressAlone() throws Exception {
    try (TestServer server = new TestServer();
        RawReader reader = new RawReader(server.address())) {
      String answer =
          reader.ask(
              "SETUP",
              server.url("rtsp") + "/trackID=1",
              "Transport: RTP/AVP;unicast;client_port=40000-40001;destination=192.0.2.1");
      assertThat(answer).startsWith("RTSP/1.0 200").doesNotContain("192.0.2.1");
    }
  }

  @Test
  void datagramsAndGroupsAreServedOnlyWhereTheyAreOn() throws Exception {
    try (TestServer server = new TestServer(o -> o.udp(false), s -> {});
        RawReader reader = new RawReader(server.address())) {
      String track = server.url("rtsp") + "/trackID=1";
      assertThat(reader.ask("SETUP", track, "Transport: RTP/AVP;unicast;client_port=40000-40001"))
          .startsWith("RTSP/1.0 461");
      assertThat(reader.ask("SETUP", track, "Transport: RTP/AVP;multicast"))
          .startsWith("RTSP/1.0 461");
    }
  }

  /** Otherwise frames of the one would be taken for the other's. */
  @Test
  void channelsThatAreNotTheSourcesOwnAreServedToo() throws Exception {
    try (TestServer server = new TestServer();
        RawReader reader = new RawReader(server.address())) {
      String setUp =
          reader.ask(
              "SETUP",
              server.url("rtsp") + "/trackID=2",
              "Transport: RTP/AVP/TCP;unicast;interleaved=6-7");
      assertThat(setUp).startsWith("RTSP/1.0 200").contains("interleaved=6-7");
      reader.playOf(setUp, server.url("rtsp"));
      server.awaitReaders(1);
      assertThat(server.source().readings().get(0).wanted()).containsExactly(1);
      server.source().send(1, 1, 100);
      server.source().report(1);
      byte[] frame = reader.frame();
      assertThat(frame[1]).isEqualTo((byte) 6);
      assertThat(frame).hasSize(4 + 12 + 100);
      assertThat(reader.frame()[1]).isEqualTo((byte) 7);
    }
  }
}
