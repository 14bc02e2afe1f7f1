package dev.photofinish.rtsp.transport;

import dev.photofinish.rtsp.dialogue.Dialogue;
import dev.photofinish.rtsp.dialogue.DialogueOptions;
import dev.photofinish.rtsp.dialogue.KnownDevice;
import dev.photofinish.rtsp.dialogue.PlayRequest;
import dev.photofinish.rtsp.dialogue.Quirk;
import dev.photofinish.rtsp.dialogue.TransportPlan;
import dev.photofinish.rtsp.key.LocalSource;
import dev.photofinish.rtsp.message.AuthenticationScheme;
import dev.photofinish.rtsp.message.KeepAliveMethod;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.RtspUrl;
import dev.photofinish.rtsp.message.SessionIdPolicy;
import dev.photofinish.rtsp.stream.SilenceWatch;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
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
    return of(ssrc, false, clock, owner);
  }

  /** As above; asks for a back channel too where {@code audio} is to be sent. */
  static CameraConnection of(long ssrc, boolean audio, Ticker clock, ConnectionListener owner) {
    try {
      DialogueOptions about =
          new DialogueOptions(
              RtspUrl.parse("rtsp://192.0.2.1/a"),
              null,
              AuthenticationScheme.AUTO,
              DialogueOptions.ALL_MEDIA,
              List.of(TransportPlan.interleaved()),
              KeepAliveMethod.AUTO,
              Duration.ofSeconds(10),
              "Test",
              Quirk.defaults(),
              KnownDevice.NEW,
              PlayRequest.LIVE,
              audio,
              SessionIdPolicy.FIRST);
      LocalSource local = new LocalSource(ssrc, InstantSource.fixed(Instant.EPOCH));
      return new CameraConnection(
          new Dialogue(about, local, new Random(1)),
          new MediaSettings(
              new SilenceWatch(Duration.ofSeconds(1), Duration.ofSeconds(10)),
              Duration.ZERO,
              new MulticastSettings(Optional.empty(), Optional.empty())),
          new AudioSource(local, new Random(1)),
          clock,
          owner);
    } catch (RtspFormatException e) {
      throw new AssertionError(e);
    }
  }
}
