package dev.photofinish.rtsp.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.connect.observe.RaceListener;
import dev.photofinish.connect.route.Target;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Result;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A stream's races, heard while they are on. */
@Timeout(120)
class RunningRacesTest {
  private final Recorder recorder = new Recorder();

  @Test
  void theStreamsListenerHearsItsRacesOnItsOwnThread() throws Exception {
    Heard heard = new Heard();
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        RtspClient client = new RtspClient();
        CameraStream stream =
            client.open(Camera.at(camera.url()), CameraListener.all(heard, recorder))) {
      assertThat(heard.asked).containsExactly(stream);
      assertThat(heard.events).containsExactly("asked", "started", "decided WON", "race WON");
      assertThat(heard.threads).hasSize(1);
      assertThat(recorder.races()).hasSize(1);
    }
  }

  @Test
  void aListenerThatFailsWhenAskedIsNotHeardAndChangesNothing() throws Exception {
    CameraListener failing =
        new CameraListener() {
          @Override
          public RaceListener races(CameraStream stream) {
            throw new IllegalStateException("thrown by a test");
          }
        };
    Heard heard = new Heard();
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        RtspClient client = new RtspClient();
        CameraStream stream =
            client.open(Camera.at(camera.url()), CameraListener.all(failing, heard))) {
      assertThat(stream.state()).isEqualTo(CameraState.PLAYING);
      assertThat(heard.events).contains("started", "decided WON");
    }
  }

  @Test
  void racesForTheirOwnSakeAreHeardToo() throws Exception {
    Heard heard = new Heard();
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        CameraRaces races = new CameraRaces(Camera.at(camera.url()), heard)) {
      RaceReport report = races.race().await().report();
      assertThat(report.result()).isEqualTo(Result.WON);
      assertThat(heard.events).containsExactly("started", "decided WON");
    }
  }

  private static final class Heard implements CameraListener, RaceListener {
    final List<CameraStream> asked = new CopyOnWriteArrayList<>();
    final List<String> events = new CopyOnWriteArrayList<>();
    final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    private void note(String event) {
      events.add(event);
      threads.add(Thread.currentThread());
    }

    @Override
    public RaceListener races(CameraStream stream) {
      asked.add(stream);
      events.add("asked");
      return this;
    }

    @Override
    public void started(long race, Target target, RaceOptions options) {
      note("started");
    }

    @Override
    public void decided(long race, RaceReport report) {
      note("decided " + report.result());
    }

    @Override
    public void race(CameraStream stream, RaceReport report) {
      note("race " + report.result());
    }
  }
}
