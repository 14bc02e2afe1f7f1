package dev.photofinish.rtsp.peer;

import dev.photofinish.camera.SimulatedCamera;
import java.time.Duration;

/**
 * The behaviours of cameras around connections that the client is run against with each strategy.
 * Times are short where a camera's are long: what a client does about them is the same.
 */
enum MatrixScenario {
  HEALTHY("nothing: a connection is lost once"),
  NEWEST_WINS("one client, a newer one closes the older", "limit=1"),
  NEWEST_OF_SOURCE("the same, of one address", "limit=1", "on-limit=drop-oldest-of-source"),
  REJECTS("one client, another is reset", "limit=1", "on-limit=reject-new", "slot-kept=1s"),
  HANGS("one client, another hangs", "limit=1", "on-limit=silent", "slot-kept=1s"),
  FULL_AT_DESCRIBE(
      "one client, 453 at DESCRIBE",
      "limit=1",
      "on-limit=453",
      "limit-at=describe",
      "slot-kept=1s"),
  FULL_AT_SETUP("one client, 453 at SETUP", "limit=1", "on-limit=453", "slot-kept=1s"),
  FULL_AT_PLAY(
      "one client, 453 at PLAY", "limit=1", "on-limit=453", "limit-at=play", "slot-kept=1s"),
  UNAVAILABLE("one client, 503 at SETUP", "limit=1", "on-limit=503", "slot-kept=1s"),
  DEGRADES(
      "key frames only, then 453, then hang-up", "limit=1", "on-limit=degrade", "slot-kept=1s"),
  SLOT_LOST("a lost slot is taken until a reboot", "limit=1", "on-limit=453", "slot-lost=on") {
    @Override
    void later(SimulatedCamera camera) {
      camera.reboot(REBOOT);
    }
  },
  FEW_A_PROFILE("one stream a profile", "profile-limit=1", "slot-kept=1s"),
  FEW_A_BOOT("503 after one session until a reboot", "sessions-per-boot=1") {
    @Override
    void later(SimulatedCamera camera) {
      camera.reboot(REBOOT);
    }
  },
  FLOOD_GUARD("resets the fifth connection in 10 s", "syn-limit=4", "syn-window=10s"),
  PENALTY("503 for reconnects within 5 s, growing", "reconnect-penalty=500ms"),
  LOCK(
      "locks the account after 2 wrong passwords",
      "user=u",
      "password=p",
      "lock-after=2",
      "lock-for=1m"),
  BACK_CHANNEL("one client's audio to it at a time", "backchannel=on") {
    @Override
    boolean talks() {
      return true;
    }
  },
  NO_MEDIA("answers everything, sends no RTP", "no-media=on"),
  FREEZES("freezes for 1 s", "freeze-every=4s", "freeze-for=1s"),
  SHORT_SESSION("sessions end after 1 s without a request", "session-timeout=1s"),
  WANTS_REPORTS("sessions end without receiver reports", "reports-within=6s"),
  WARM_UP("500 for the first second", "warm-up=1s"),
  WEDGED_BY_TCP("a wish for TCP wedges it", "tcp-wedges=300ms") {
    @Override
    boolean dropsOnce() {
      return false;
    }

    @Override
    Duration responseTimeout() {
      return Duration.ofMillis(400);
    }
  },
  CLOSES("closes after DESCRIBE", "close-after-describe=on"),
  SLOW("the first answer takes 1 s", "first-answer-ms=1000"),
  SHORT_LIVED("each connection is closed after 2 s", "hang-up-after=2s");

  private static final Duration REBOOT = Duration.ofMillis(300);

  private final String label;

  /** Separated by spaces. */
  private final String knobs;

  MatrixScenario(String label, String... knobs) {
    this.label = label;
    this.knobs = String.join(" ", knobs);
  }

  /** As in the table of the document. */
  String label() {
    return label;
  }

  SimulatedCamera camera() {
    SimulatedCamera.Builder camera =
        SimulatedCamera.builder().set("answer-ms", "150").set("fps", "10").set("audio", "none");
    for (String knob : knobs.isEmpty() ? new String[0] : knobs.split(" ", -1)) {
      int equals = knob.indexOf('=');
      camera.set(knob.substring(0, equals), knob.substring(equals + 1));
    }
    return camera.start();
  }

  /** Whether its connections are reset once. */
  boolean dropsOnce() {
    return true;
  }

  /** Whether the client asks for a way to send audio. */
  boolean talks() {
    return false;
  }

  /** Of the client. */
  Duration responseTimeout() {
    return Duration.ofSeconds(5);
  }

  /** What happens to the camera after the drop. */
  void later(SimulatedCamera camera) {}
}
