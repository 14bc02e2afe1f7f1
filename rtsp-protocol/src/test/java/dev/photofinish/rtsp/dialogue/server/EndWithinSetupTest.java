package dev.photofinish.rtsp.dialogue.server;

import static dev.photofinish.rtsp.dialogue.server.ServerScript.TCP;
import static dev.photofinish.rtsp.dialogue.server.ServerScript.URL;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The end of a stream, or of the server, between any two steps of a reader that sets up two tracks
 * and plays: what it asked has its answer before it hears TEARDOWN.
 */
class EndWithinSetupTest {
  private static final String DRIVER = "the driver answers";
  private static final List<String> IN_ORDER =
      List.of("SETUP 1", DRIVER, "SETUP 2", DRIVER, "PLAY", DRIVER);

  /** The reader does not wait for the answer to its second SETUP. */
  private static final List<String> AHEAD =
      List.of("SETUP 1", DRIVER, "SETUP 2", "PLAY", "OPTIONS", DRIVER, DRIVER);

  private static final ServerEvent STREAM = new ServerEvent.StreamEnded("cam", "the camera left");
  private static final ServerEvent SERVER = new ServerEvent.ShutDown("the relay stops");

  private final ServerScript script = new ServerScript();
  private String session = "";

  record Order(List<String> steps, int at, ServerEvent end) {}

  static Stream<Order> orders() {
    List<Order> all = new ArrayList<>();
    for (List<String> steps : List.of(IN_ORDER, AHEAD)) {
      for (int at = 0; at <= steps.size(); at++) {
        all.add(new Order(steps, at, STREAM));
        all.add(new Order(steps, at, SERVER));
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("orders")
  void whatWasAskedIsAnsweredFirst(Order order) {
    script.ask("DESCRIBE", URL);
    script.waiting();
    for (int i = 0; i < order.steps.size(); i++) {
      if (i == order.at) {
        script.tell(order.end);
      }
      if (script.isOver()) {
        break;
      }
      step(order.steps.get(i));
    }
    if (order.at == order.steps.size()) {
      script.tell(order.end);
    }
    while (script.hasTicket()) {
      answer();
    }
    assertThat(script.waits()).as("requests without an answer").isZero();
    assertThat(script.requests()).hasSizeLessThanOrEqualTo(1);
  }

  /** Behind a request whose answer the driver still owes. */
  @Test
  void whatCannotBeReadIsAnsweredFirstToo() {
    unreadableBehindSetUp();
    script.tell(SERVER);
    assertThat(script.statuses()).endsWith(503, 400);
    assertThat(script.waits()).isZero();
    assertThat(script.requests()).hasSize(1);
  }

  /** Also where it is the end of its only session that ends the connection. */
  @Test
  void whatCannotBeReadIsAnsweredOnce() {
    unreadableBehindSetUp();
    script.tell(new ServerEvent.StreamEnded("cam", "gone"));
    assertThat(script.statuses()).endsWith(503, 400);
    assertThat(script.isOver()).isTrue();
  }

  private void unreadableBehindSetUp() {
    script.ask("DESCRIBE", URL);
    setUp(1);
    script.waiting();
    setUp(2, "Session", script.sessions().get(0));
    script.tell(new ServerEvent.Malformed("noise", OptionalInt.empty()));
  }

  private void step(String what) {
    switch (what) {
      case "SETUP 1" -> setUp(1);
      case "SETUP 2" -> setUp(2, "Session", session);
      case "PLAY" -> script.send("PLAY", URL + "/", "Session", session);
      case "OPTIONS" -> script.send("OPTIONS", "*");
      default -> answer();
    }
  }

  private void setUp(int track, String... headers) {
    String transport = TCP.replace("0-1", (2 * track) + "-" + (2 * track + 1));
    String[] all = ServerScript.with(headers, "Transport", transport);
    script.send("SETUP", URL + "/trackID=" + track, all);
  }

  private void answer() {
    if (!script.hasTicket()) {
      return;
    }
    script.replyAsAsked();
    if (session.isEmpty() && script.sessions().size() == 1) {
      session = script.sessions().get(0);
    }
  }
}
