package dev.photofinish.rtsp.client;

import dev.photofinish.connect.Attempt;
import dev.photofinish.connect.Connector;
import dev.photofinish.connect.RaceFuture;
import dev.photofinish.race.FinishLine;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.Strategy;
import dev.photofinish.rtsp.codec.RtspDecoder;
import dev.photofinish.rtsp.codec.RtspEncoder;
import dev.photofinish.rtsp.dialogue.Dialogue;
import dev.photofinish.rtsp.dialogue.DialogueOptions;
import dev.photofinish.rtsp.dialogue.EndReason;
import dev.photofinish.rtsp.dialogue.Quirk;
import dev.photofinish.rtsp.dialogue.TransportPlan;
import dev.photofinish.rtsp.message.RtspUrl;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Ticker;
import java.util.Set;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;

/**
 * Makes the attempts of a camera's races: each a connection of its own with the codec, and the
 * dialogue as far as the finish line asks.
 */
final class AttemptFactory {
  private final Camera camera;
  private final Connector connector;
  private final RandomGenerator random;
  private final Ticker clock;
  private final CredentialTrial trial = new CredentialTrial();

  AttemptFactory(Camera camera, Connector connector, RandomGenerator random, Ticker clock) {
    this.camera = camera;
    this.connector = connector;
    this.random = random;
    this.clock = clock;
  }

  /**
   * Starts a race.
   *
   * @param places how many attempts may be connected at one time, if that is less than the options
   *     say
   * @param device what is known of the endpoints of the destination
   * @param ends learns how dialogues ended that were part of the race
   */
  RaceFuture start(
      Destination destination,
      Strategy strategy,
      int places,
      LimitObserver device,
      BiConsumer<CameraConnection, EndReason> ends) {
    RaceOptions options =
        camera.race().toBuilder()
            .connectionRacing(strategy)
            .racingTimeout(device.racingTimeout())
            .maxConnectedAttempts(Math.min(places, camera.race().maxConnectedAttempts()))
            .build();
    return connector.connect(
        destination.target(),
        options,
        (channel, attempt) -> initialize(channel, attempt, destination, device, ends));
  }

  /** Media came: what was sent to get it was right. */
  void credentialsWork() {
    trial.passed();
  }

  /** RTSP's own finish line is the first response. */
  private FinishLine finishLine() {
    FinishLine asked = camera.race().finishLine();
    return asked == null ? FinishLine.RESPONSE : asked;
  }

  private void initialize(
      Channel channel,
      Attempt attempt,
      Destination destination,
      LimitObserver device,
      BiConsumer<CameraConnection, EndReason> ends) {
    int endpoint = attempt.candidate().endpoint();
    RtspUrl url = destination.urls().get(endpoint);
    DialogueOptions about = dialogue(destination, url, device.fatalRequests(endpoint));
    TrackedConnection tracked = device.tracked(endpoint);
    CameraConnection connection =
        new CameraConnection(
            new Dialogue(about, random),
            camera.options(),
            tracked,
            clock,
            new RacingConnection(attempt, finishLine(), trial.before(ends)));
    channel
        .pipeline()
        .addLast(
            new RtspDecoder(),
            new RtspEncoder(),
            tracked,
            new CameraHandler(connection, url.secure()));
    if (finishLine().compareTo(FinishLine.RESPONSE) >= 0) {
      connection.begin();
    }
    if (finishLine() == FinishLine.MEDIA) {
      trial.enter(connection, about.credentials() != null);
    }
  }

  private DialogueOptions dialogue(Destination destination, RtspUrl url, Set<String> fatal) {
    ClientOptions options = camera.options();
    return new DialogueOptions(
        url,
        destination.credentials(url),
        options.authScheme(),
        options.media(),
        List.of(TransportPlan.interleaved()),
        options.keepAlive(),
        options.responseTimeout(),
        options.userAgent(),
        Quirk.defaults(),
        fatal);
  }
}
