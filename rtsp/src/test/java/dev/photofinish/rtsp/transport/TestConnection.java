package dev.photofinish.rtsp.transport;

import dev.photofinish.rtsp.dialogue.Dialogue;
import dev.photofinish.rtsp.dialogue.DialogueOptions;
import dev.photofinish.rtsp.dialogue.Quirk;
import dev.photofinish.rtsp.key.LocalSource;
import dev.photofinish.rtsp.message.KeepAliveMethod;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.RtspUrl;
import dev.photofinish.rtsp.stream.SilenceWatch;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;

/** A connection to {@code rtsp://192.0.2.1/a} as the defaults have it, without reordering. */
public final class TestConnection {
  private TestConnection() {}

  /**
   * One that is not established yet.
   *
   * @param ssrc of our reports
   */
  public static CameraConnection of(long ssrc, Ticker clock, ConnectionListener owner) {
    try {
      DialogueOptions about =
          new DialogueOptions(
              RtspUrl.parse("rtsp://192.0.2.1/a"),
              null,
              KeepAliveMethod.AUTO,
              Duration.ofSeconds(10),
              "Test",
              Quirk.defaults());
      return new CameraConnection(
          new Dialogue(about, new LocalSource(ssrc, InstantSource.system()), new Random(1)),
          new MediaSettings(
              new SilenceWatch(Duration.ofSeconds(1), Duration.ofSeconds(10)),
              Duration.ZERO,
              new MulticastSettings(Optional.empty(), Optional.empty())),
          clock,
          owner);
    } catch (RtspFormatException e) {
      throw new AssertionError(e);
    }
  }
}
