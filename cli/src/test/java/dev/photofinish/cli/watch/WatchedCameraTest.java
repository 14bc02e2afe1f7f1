package dev.photofinish.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.cli.command.Elapsed;
import dev.photofinish.cli.terminal.Screen;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.CameraState;
import dev.photofinish.rtsp.client.CameraStream;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of the streams of a camera, one of which takes the place of another. */
final class WatchedCameraTest {
  private static final CameraName DOOR = new CameraName("rtsp://a/", "door");

  private final List<String> lines = new ArrayList<>();
  private final CameraStream before = stream();
  private final CameraStream after = stream();
  private CameraStream present = before;
  private final WatchedCamera watched =
      new WatchedCamera(
          new WatchRequest(
              DOOR, Camera.at("rtsp://a/"), new WatchOptions(null, null), StreamWork.NONE),
          new WatchText(Screen.plain(), new Elapsed(), true, lines::addAll),
          new Elapsed(),
          stream -> stream == present);

  private static CameraStream stream() {
    return (CameraStream)
        Proxy.newProxyInstance(
            CameraStream.class.getClassLoader(),
            new Class<?>[] {CameraStream.class},
            (proxy, method, arguments) -> null);
  }

  @Test
  void theEndOfAStreamWhosePlaceIsTakenIsNoStateOfTheCamera() {
    watched.state(before, CameraState.CONNECTING, CameraState.PLAYING, "media came");
    watched.state(after, CameraState.CONNECTING, CameraState.PLAYING, "media came");
    present = after;
    watched.state(before, CameraState.PLAYING, CameraState.CLOSED, "another took its place");

    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).endsWith("door  PLAYING  media came");
    assertThat(lines.get(1))
        .endsWith("door  a connection is closed: another took its place")
        .doesNotContain("CLOSED");
  }

  @Test
  void theEndOfThePresentStreamIsAState() {
    watched.state(before, CameraState.PLAYING, CameraState.CLOSED, "nobody reads it");

    assertThat(lines).singleElement().asString().endsWith("door  CLOSED  nobody reads it");
  }
}
