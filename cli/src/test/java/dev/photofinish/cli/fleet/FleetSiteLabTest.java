package dev.photofinish.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.photofinish.camera.CameraEvent;
import dev.photofinish.camera.CameraEvent.Kind;
import dev.photofinish.camera.Knob;
import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.camera.SimulatedCameraListener;
import dev.photofinish.cli.command.StopSignal;
import dev.photofinish.cli.fleet.NodeProcess.Started;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Three nodes as processes, of which the one that holds a site is killed: the cameras count the
 * dials in progress to the site over the whole fleet.
 */
@Tag("lab")
class FleetSiteLabTest {
  private static final int CAMERAS = 24;
  private static final int MOST = 4;
  private static final int ANSWER_MILLIS = 200;

  private final Waiting waiting = new Waiting(new StopSignal(), Duration.ofMinutes(2));
  private final List<Dial> dials = new ArrayList<>();
  private final List<SimulatedCamera> cameras = new ArrayList<>();
  private DemoNodes nodes;

  /** From the connection until the camera answers; its node counts it for a little longer. */
  private record Dial(long from, long to) {}

  /** The dials to one camera. */
  private final class Counted implements SimulatedCameraListener {
    private final Map<Integer, Long> begun = new HashMap<>();

    @Override
    public void onEvent(CameraEvent event) {
      long now = System.nanoTime();
      if (event.kind() == Kind.CONNECTED) {
        begun.put(event.connection(), now);
      } else if (event.kind() == Kind.REQUEST) {
        end(event.connection(), now + Duration.ofMillis(ANSWER_MILLIS).toNanos());
      } else if (event.kind() == Kind.CLOSED) {
        end(event.connection(), now);
      }
    }

    private void end(int connection, long at) {
      Long from = begun.remove(connection);
      if (from != null) {
        synchronized (dials) {
          dials.add(new Dial(from, at));
        }
      }
    }
  }

  @BeforeEach
  void start() throws Exception {
    for (int i = 0; i < CAMERAS; i++) {
      cameras.add(
          SimulatedCamera.builder()
              .set(Knob.ANSWER_MS, ANSWER_MILLIS)
              .set(Knob.FPS, 5)
              .listener(new Counted())
              .start());
    }
    String list =
        IntStream.range(0, CAMERAS)
            .mapToObj(i -> "[camera%02d]\nurl = \"%s\"\nsite = \"north\"\n".formatted(i, url(i)))
            .collect(Collectors.joining("\n"));
    nodes = new DemoNodes(list, "--site-max-dials=" + MOST, FleetProcessesLabTest.BUSY_MACHINE);
  }

  private String url(int camera) {
    return cameras.get(camera).url();
  }

  @AfterEach
  void close() {
    nodes.close();
    cameras.forEach(SimulatedCamera::close);
  }

  @Test
  void aSiteIsNotDialledMoreOftenAtOnceThoughItsNodeDies() throws Exception {
    nodes.start(waiting, 3, started -> {});
    awaitPlaying(1);
    Started holder = holder();
    nodes.process(holder).close();
    awaitPlaying(2);
    List<Dial> all;
    synchronized (dials) {
      all = List.copyOf(dials);
    }
    int most =
        all.stream()
            .mapToInt(
                one ->
                    (int)
                        all.stream()
                            .filter(d -> d.from() - one.from() <= 0 && d.to() - one.from() > 0)
                            .count())
            .max()
            .orElse(0);
    System.out.println("fleet lab: " + all.size() + " dials to a site, " + most + " at once");
    assertThat(all).hasSizeGreaterThanOrEqualTo(2 * CAMERAS);
    assertThat(most).isEqualTo(MOST);
  }

  private void awaitPlaying(int times) throws Exception {
    waiting.until(
        "cameras that play for the time " + times,
        () ->
            cameras.stream()
                .allMatch(camera -> camera.report().events(Kind.PLAYING).size() >= times));
  }

  /** As all nodes agree. */
  private Started holder() throws Exception {
    List<String> names = new ArrayList<>();
    waiting.until(
        "one holder of all cameras",
        () -> {
          names.clear();
          for (Started node : nodes.nodes()) {
            for (JsonNode camera : node.client().fleet().path("cameras")) {
              names.add(camera.path("node").asText());
            }
          }
          return names.size() == 3 * CAMERAS && names.stream().distinct().count() == 1;
        });
    return nodes.nodes().stream()
        .filter(node -> node.node().equals(names.get(0)))
        .findFirst()
        .orElseThrow();
  }
}
