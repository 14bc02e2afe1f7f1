package dev.photofinish.rtsp.stream;

import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Stage;
import dev.photofinish.rtsp.dialogue.EndReason;
import dev.photofinish.rtsp.message.RtspUrl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says of the device what a test wants, and keeps what the machine reported of it. */
final class FakeLimits implements StreamLimits<FakeConnection> {
  final List<String> reported = new ArrayList<>();
  Admission admission = Admission.FREE;
  boolean canDial = true;
  boolean dropsOldest;
  boolean room = true;
  Duration racingTimeout = Duration.ofSeconds(5);
  Duration most = Duration.ofSeconds(10);

  @Override
  public boolean canDial(RtspUrl redirect) {
    return canDial;
  }

  @Override
  public Admission admit(@Nullable RtspUrl redirect) {
    return admission;
  }

  @Override
  public boolean dropsOldest() {
    return dropsOldest;
  }

  @Override
  public boolean hasRoomBeside(FakeConnection silent) {
    return room;
  }

  @Override
  public String undone(int endpoint, Stage stage) {
    return "nothing came after " + stage;
  }

  @Override
  public Duration racingTimeout() {
    return racingTimeout;
  }

  @Override
  public boolean allowMoreTime() {
    if (racingTimeout.compareTo(most) >= 0) {
      return false;
    }
    racingTimeout = racingTimeout.multipliedBy(2);
    return true;
  }

  @Override
  public void raced(RaceReport report, @Nullable FakeConnection silent, boolean goingDown) {
    reported.add(
        "raced "
            + report.result()
            + (silent == null ? "" : " beside " + silent)
            + (goingDown ? ", going down" : ""));
  }

  @Override
  public void playing(FakeConnection connection) {
    reported.add("playing " + connection);
  }

  @Override
  public void ended(FakeConnection connection, EndReason end) {
    reported.add("ended " + connection + " " + end.kind());
  }
}
