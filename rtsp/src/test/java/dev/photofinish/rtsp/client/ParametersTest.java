package dev.photofinish.rtsp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.rtsp.message.Body;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** GET_PARAMETER and SET_PARAMETER as a user asks for them. */
class ParametersTest {
  private final Recorder recorder = new Recorder();

  private static <T> @Nullable T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private static RequestFailedException failure(CompletionStage<?> stage) {
    ExecutionException failed = catchThrowableOfType(ExecutionException.class, () -> get(stage));
    return (RequestFailedException) Objects.requireNonNull(failed.getCause());
  }

  /** This camera answers what it is asked. */
  @Test
  void theContentGoesToTheCameraAndItsAnswerComesBack() throws Exception {
    List<byte[]> media = List.of(ScriptedCamera.rtp(0, 1, 1), ScriptedCamera.rtp(2, 2, 1));
    ParameterBody names = ParameterBody.text("jitter", "packets_received");
    ParameterBody value = new ParameterBody("text/x-light", Body.of("on"));
    try (ScriptedCamera camera = new ScriptedCamera(n -> media);
        RtspClient client = new RtspClient();
        CameraStream stream = client.open(Camera.at(camera.url()), recorder)) {
      assertThat(names.body()).isEqualTo(Body.of("jitter\r\npackets_received\r\n"));
      assertThat(get(stream.getParameter(names))).isEqualTo(names);
      assertThat(get(stream.setParameter(value))).isEqualTo(value);
      assertThat(get(stream.getParameter(ParameterBody.NONE))).isEqualTo(ParameterBody.NONE);
      assertThat(camera.methods()).contains("GET_PARAMETER", "SET_PARAMETER");
    }
  }

  @Test
  void aRefusalIsToldAndANewConnectionRepeatsNothing() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        RtspClient client = new RtspClient()) {
      CameraStream stream = client.open(Camera.at(camera.url()), recorder);
      RequestFailedException refused =
          failure(stream.setParameter(ParameterBody.text("light: on")));
      assertThat(refused).hasMessage("405 Method Not Allowed to SET_PARAMETER");
      assertThat(refused.status()).isEqualTo(405);
      camera.dropAll();
      recorder.await("media again", r -> r.count(CameraState.PLAYING) == 2);
      assertThat(camera.report().requests("SET_PARAMETER")).isEqualTo(1);
    }
  }

  @Test
  void withoutAnAnswerItFails() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        RtspClient client = new RtspClient()) {
      CameraStream stream = client.open(Camera.at(camera.url()), recorder);
      camera.mute();
      CompletionStage<ParameterBody> unanswered = stream.getParameter(ParameterBody.NONE);
      camera.dropAll();
      assertThat(failure(unanswered)).hasMessageContaining("ended before the answer");
      assertThat(failure(stream.getParameter(ParameterBody.NONE)).status()).isZero();
    }
  }

  @Test
  void whatCannotBeSentIsRefusedAtOnce() throws Exception {
    assertThatThrownBy(() -> new ParameterBody("", Body.of("x"))).hasMessageContaining("Expected");
    assertThatThrownBy(() -> new ParameterBody("a\r\nb", Body.of("x")))
        .hasMessageContaining("printable");
    ParameterBody large = ParameterBody.text("x".repeat(ParameterBody.MOST_BYTES));
    try (RtspClient client = new RtspClient();
        CameraStream stream = client.start(Camera.at("rtsp://127.0.0.1:1/"), recorder)) {
      assertThatThrownBy(() -> stream.setParameter(large)).hasMessageContaining("at most 65536");
      assertThat(failure(stream.setParameter(ParameterBody.NONE)))
          .hasMessageContaining("CONNECTING");
    }
  }
}
