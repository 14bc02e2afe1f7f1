package dev.photofinish.rtsp.dialogue.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtsp.message.Authorization;
import dev.photofinish.rtsp.message.Body;
import dev.photofinish.rtsp.message.Credentials;
import dev.photofinish.rtsp.message.FeatureTags;
import dev.photofinish.rtsp.message.Headers;
import dev.photofinish.rtsp.message.Method;
import dev.photofinish.rtsp.message.RtspRequest;
import dev.photofinish.rtsp.message.RtspResponse;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Readers that say anything at any time, over drivers that do. {@link ServerScript} asserts after
 * each event that answers keep their order and are one each, that sessions and tickets are closed,
 * and that nothing is said after the end.
 */
class RandomEventsTest {
  private static final int CONNECTIONS = 2_000;
  private static final int EVENTS = 60;

  /** One that is answered, 16 behind it, and one that ends the connection. */
  private static final int MOST = 18;

  private static final List<String> METHODS =
      List.of(
          "OPTIONS",
          "DESCRIBE",
          "SETUP",
          "SETUP",
          "SETUP",
          "PLAY",
          "PLAY",
          "PAUSE",
          "TEARDOWN",
          "GET_PARAMETER",
          "SET_PARAMETER",
          "ANNOUNCE",
          "ANNOUNCE",
          "RECORD",
          "RECORD",
          "FETCH");
  private static final List<String> URLS =
      List.of(
          "*",
          "rtsp://h/cam",
          "rtsp://h/cam/",
          "rtsp://h/cam/trackID=1",
          "rtsp://h/cam/trackID=2",
          "rtsp://h/cam/trackID=3",
          "rtsp://h/cam/streamid=0",
          "rtsp://h/lobby/trackID=1",
          "rtsp://h/lobby",
          "rtsp://h/x",
          "/cam",
          "rtsp://");
  private static final List<String> TRANSPORTS =
      List.of(
          "RTP/AVP/TCP;unicast;interleaved=0-1",
          "RTP/AVP/TCP;interleaved=1-4",
          "RTP/AVP/TCP;interleaved=0-1;mode=record",
          "RTP/AVP;unicast;client_port=5000-5001;mode=record",
          "RTP/AVP;unicast;client_port=5000-5001",
          "RTP/AVP;multicast",
          "RTP/AVP;unicast;client_port=5000-5001,RTP/AVP;multicast,RTP/AVP/TCP",
          "x",
          "");
  private static final List<String> BODIES =
      List.of("", PublishingTest.SDP, PublishingTest.SDP, "x");

  private Random random = new Random();
  private ServerScript script = new ServerScript();
  private int cseq;

  @Test
  void keepTheContract() {
    long seed = new Random().nextLong();
    System.out.println("seed of keepTheContract: " + seed);
    for (int i = 0; i < CONNECTIONS; i++) {
      random = new Random(seed + i);
      script =
          new ServerScript(
              ServerSettings.DEFAULT,
              random.nextBoolean(),
              random.nextInt(3) == 0 ? LoginTest.rules() : Access.open());
      script.serving("lobby", ServerScript.CAM);
      script.serving("cam", random.nextBoolean() ? ServerScript.CAM : TalkingTest.TALKING);
      run(seed + i);
    }
  }

  private void run(long seed) {
    for (int event = 0; event < EVENTS && !script.isOver(); event++) {
      try {
        step();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("event " + event + " of seed " + seed, e);
      }
      assertThat(script.waits()).as("requests that wait, seed %s", seed).isLessThanOrEqualTo(MOST);
    }
    if (!script.isOver()) {
      script.tell(
          random.nextBoolean() ? new ServerEvent.Closed() : new ServerEvent.ShutDown("over"));
      assertThat(script.isOver()).isTrue();
    }
  }

  private void step() {
    switch (random.nextInt(16)) {
      case 0 -> script.pass(random.nextInt(30_000));
      case 1 -> script.setWaiting(random.nextBoolean());
      case 2 -> refuse();
      case 3 -> script.tell(new ServerEvent.SignOfLife());
      case 4 -> script.send(RtspResponse.of(200, "OK", Headers.of("CSeq", "" + random.nextInt(9))));
      case 5 -> rarely();
      case 6, 7 -> reply();
      default -> request();
    }
  }

  private void rarely() {
    switch (random.nextInt(9)) {
      case 0 -> script.tell(new ServerEvent.Malformed("noise", OptionalInt.empty()));
      case 1 -> script.tell(new ServerEvent.StreamEnded("cam", "gone"));
      case 2 -> script.tell(new ServerEvent.StreamEnded("lobby", "gone"));
      case 3 -> script.tell(new ServerEvent.ShutDown("over"));
      case 4 -> script.tell(new ServerEvent.Closed());
      case 5 -> script.tell(new ServerEvent.Described(1_000, ServerScript.CAM));
      case 6 -> script.tell(new ServerEvent.AccessChanged());
      default -> script.tell(new ServerEvent.Tick());
    }
  }

  private void refuse() {
    List<Class<?>> kinds =
        List.of(
            ServedStream.class,
            TransportOffer.Udp.class,
            TransportOffer.Interleaved.class,
            TransportOffer.Multicast.class,
            TrackStart.class,
            Announcement.class,
            ServedSession.State.class);
    Class<?> kind = kinds.get(random.nextInt(kinds.size()));
    if (random.nextBoolean()) {
      script.refusing(kind, new Refusal(461, ""));
    } else {
      script.granting(kind);
    }
  }

  private void reply() {
    if (script.hasTicket()) {
      script.replyAsAsked();
    }
  }

  private void request() {
    Headers headers = Headers.of("CSeq", String.valueOf(++cseq));
    List<String> sessions = script.sessions();
    if (!sessions.isEmpty() && random.nextInt(4) > 0) {
      headers = headers.plus("Session", one(sessions));
    } else if (random.nextInt(10) == 0) {
      headers = headers.plus("Session", "12345678");
    }
    if (random.nextInt(8) > 0) {
      headers = headers.plus("Transport", one(TRANSPORTS));
    }
    if (random.nextInt(20) == 0) {
      headers = headers.plus("Require", "x");
    } else if (random.nextInt(4) == 0) {
      headers = headers.plus("Require", FeatureTags.BACK_CHANNEL);
    }
    if (random.nextBoolean()) {
      Credentials credentials =
          random.nextInt(6) == 0 ? new Credentials("eve", "x") : LoginTest.ANNA;
      String basic = new Authorization.Basic(credentials).headerValue();
      headers = headers.plus("Authorization", basic);
    }
    script.send(
        new RtspRequest(new Method(one(METHODS)), one(URLS), headers, Body.of(one(BODIES))));
  }

  private String one(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
