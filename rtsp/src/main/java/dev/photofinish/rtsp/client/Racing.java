package dev.photofinish.rtsp.client;

import dev.photofinish.connect.Attempt;
import dev.photofinish.connect.Connector;
import dev.photofinish.connect.RaceFuture;
import dev.photofinish.race.FinishLine;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.Strategy;
import dev.photofinish.rtsp.codec.RtspDecoder;
import dev.photofinish.rtsp.codec.RtspEncoder;
import dev.photofinish.rtsp.message.RtspUrl;
import dev.photofinish.rtsp.session.Dialogue;
import dev.photofinish.rtsp.session.DialogueOptions;
import dev.photofinish.rtsp.session.Ending;
import dev.photofinish.rtsp.session.Quirk;
import dev.photofinish.rtsp.session.TransportPlan;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Ticker;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;

/**
 * Makes the attempts of a camera's races: each a connection of its own with the codec, and the
 * dialogue as far as the finish line asks.
 */
final class Racing {
  private final Camera camera;
  private final Connector connector;
  private final RandomGenerator random;
  private final Ticker clock;
  private final CredentialTrial trial = new CredentialTrial();

  Racing(Camera camera, Connector connector, RandomGenerator random, Ticker clock) {
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
   * @param device what is known of the endpoints of the course
   * @param endings learns how dialogues ended that were part of the race
   */
  RaceFuture start(
      Course course,
      Strategy strategy,
      int places,
      DeviceWatch device,
      BiConsumer<CameraConnection, Ending> endings) {
    RaceOptions options =
        camera.race().toBuilder()
            .connectionRacing(strategy)
            .racingTimeout(device.racingTimeout())
            .maxConnectedAttempts(Math.min(places, camera.race().maxConnectedAttempts()))
            .build();
    return connector.connect(
        course.target(),
        options,
        (channel, attempt) -> initialize(channel, attempt, course, device, endings));
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
      Course course,
      DeviceWatch device,
      BiConsumer<CameraConnection, Ending> endings) {
    int endpoint = attempt.candidate().endpoint();
    RtspUrl url = course.urls().get(endpoint);
    DialogueOptions about = dialogue(course, url, device.fatalRequests(endpoint));
    Visit visit = device.visit(endpoint);
    CameraConnection connection =
        new CameraConnection(
            new Dialogue(about, random),
            camera.options(),
            visit,
            clock,
            new RacingOwner(attempt, finishLine(), trial.before(endings)));
    channel
        .pipeline()
        .addLast(
            new RtspDecoder(),
            new RtspEncoder(),
            visit,
            new CameraHandler(connection, url.secure()));
    if (finishLine().compareTo(FinishLine.RESPONSE) >= 0) {
      connection.begin();
    }
    if (finishLine() == FinishLine.MEDIA) {
      trial.enter(connection, about.credentials() != null);
    }
  }

  private DialogueOptions dialogue(Course course, RtspUrl url, Set<String> fatal) {
    ClientOptions options = camera.options();
    return new DialogueOptions(
        url,
        course.credentials(url),
        options.authScheme(),
        options.media(),
        TransportPlan.interleaved(),
        options.keepAlive(),
        options.responseTimeout(),
        options.userAgent(),
        Quirk.defaults(),
        fatal);
  }
}
