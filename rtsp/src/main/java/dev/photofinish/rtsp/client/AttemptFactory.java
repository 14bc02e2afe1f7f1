package dev.photofinish.rtsp.client;

import dev.photofinish.connect.Attempt;
import dev.photofinish.connect.AttemptInitializer;
import dev.photofinish.connect.Connector;
import dev.photofinish.connect.RaceFuture;
import dev.photofinish.race.FinishLine;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.Strategy;
import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.address.Via;
import dev.photofinish.rtp.ReceiverReports;
import dev.photofinish.rtsp.dialogue.Dialogue;
import dev.photofinish.rtsp.dialogue.DialogueOptions;
import dev.photofinish.rtsp.dialogue.EndReason;
import dev.photofinish.rtsp.dialogue.KnownDevice;
import dev.photofinish.rtsp.dialogue.PlayRequest;
import dev.photofinish.rtsp.dialogue.Quirk;
import dev.photofinish.rtsp.dialogue.TransportPlan;
import dev.photofinish.rtsp.key.LocalSource;
import dev.photofinish.rtsp.limit.LimitObserver;
import dev.photofinish.rtsp.message.RtspUrl;
import dev.photofinish.rtsp.stream.SilenceWatch;
import dev.photofinish.rtsp.transport.AudioSource;
import dev.photofinish.rtsp.transport.MediaSettings;
import dev.photofinish.rtsp.transport.OrderlyClose;
import dev.photofinish.rtsp.tunnel.HttpLogin;
import dev.photofinish.rtsp.tunnel.TunnelEvent;
import dev.photofinish.rtsp.tunnel.TunnelKind;
import dev.photofinish.rtsp.tunnel.TunnelOpener;
import dev.photofinish.rtsp.tunnel.TunnelSettings;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Ticker;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
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
  private final BooleanSupplier mayDial;
  private final Supplier<PlayRequest> play;
  private final StreamChannels channels = new StreamChannels();
  private final CredentialTrial trial = new CredentialTrial();
  private final HttpLogin login = new HttpLogin();

  /**
   * @param mayDial asked before each dial, which fails without
   * @param play what the next connection is to ask for
   */
  AttemptFactory(
      Camera camera,
      Connector connector,
      RandomGenerator random,
      Ticker clock,
      BooleanSupplier mayDial,
      Supplier<PlayRequest> play) {
    this.camera = camera;
    this.connector = connector;
    this.random = random;
    this.clock = clock;
    this.mayDial = mayDial;
    this.play = play;
  }

  /**
   * Starts a race.
   *
   * @param places how many attempts may be connected at one time, if that is less than the options
   *     say
   * @param observer knows the endpoints of the destination
   * @param ends called when a dialogue ended that was part of the race
   */
  RaceFuture start(
      Destination destination,
      Strategy strategy,
      int places,
      LimitObserver observer,
      BiConsumer<RacingConnection, EndReason> ends) {
    trial.begin();
    login.begin();
    RaceOptions options =
        camera.race().toBuilder()
            .connectionRacing(strategy)
            .racingTimeout(observer.habits().racingTimeout())
            .maxConnectedAttempts(Math.min(places, camera.race().maxConnectedAttempts()))
            .build();
    AttemptInitializer initializer =
        new AttemptInitializer() {
          @Override
          public void initialize(Channel channel, Attempt attempt) {
            AttemptFactory.this.initialize(channel, attempt, destination, observer, ends);
          }

          @Override
          public void close(Channel channel) {
            RacingConnection.closes(channel);
            if (!OrderlyClose.ofLoser(channel)) {
              AttemptInitializer.super.close(channel);
            }
          }
        };
    return connector.connect(destination.target(), options, initializer);
  }

  /** Calls {@code closed} when no channel of its attempts is open; no race may begin any more. */
  void whenClosed(Runnable closed) {
    channels.whenClosed(closed);
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
      LimitObserver observer,
      BiConsumer<RacingConnection, EndReason> ends) {
    if (!mayDial.getAsBoolean()) {
      throw new IllegalStateException("not dialled: this client may not dial now");
    }
    channels.add(channel);
    int endpoint = attempt.candidate().endpoint();
    RtspUrl url = destination.urls().get(endpoint);
    DialogueOptions about =
        dialogue(
            destination,
            url,
            transports(attempt.candidate(), url, observer.habits().overUdp(endpoint)),
            observer.habits().known(endpoint));
    ClientOptions options = camera.options();
    LocalSource source = new LocalSource(random.nextInt() & 0xffffffffL, InstantSource.system());
    RacingConnection racing =
        new RacingConnection(
            attempt,
            finishLine(),
            new Dialogue(about, source, random),
            new ReceiverReports(source.ssrc()),
            new MediaSettings(
                new SilenceWatch(options.stallSuspect(), options.stallTimeout()),
                options.reorderWindow(),
                options.multicast()),
            new AudioSource(source, random),
            about.mayMove(),
            observer,
            clock,
            trial.after(ends));
    TunnelKind tunnel = destination.tunnel(url);
    Object secured = url.secure() ? SslHandshakeCompletionEvent.SUCCESS : null;
    if (tunnel != null) {
      channel.pipeline().addLast(opener(tunnel, url, about, attempt));
    }
    racing.addTo(channel, url.secure(), tunnel == null ? secured : TunnelEvent.OPEN);
    if (finishLine().compareTo(FinishLine.RESPONSE) >= 0) {
      racing.connection().begin();
    }
    if (finishLine() == FinishLine.MEDIA) {
      trial.enter(racing, about.credentials() != null);
    }
  }

  private TunnelOpener opener(
      TunnelKind kind, RtspUrl url, DialogueOptions about, Attempt attempt) {
    TunnelSettings settings =
        new TunnelSettings(
            kind,
            url.withoutCredentials(),
            camera.options().tunnelPath(),
            about.credentials(),
            about.scheme(),
            about.userAgent(),
            about.responseTimeout());
    return new TunnelOpener(
        settings, url.secure(), login, prepare -> second(attempt, prepare), random);
  }

  /** A connection more of the same attempt, as RTSP over HTTP has. */
  private Future<Channel> second(Attempt attempt, Consumer<Channel> prepare) {
    return attempt.connectAgain(
        channel -> {
          channels.add(channel);
          prepare.accept(channel);
        });
  }

  /**
   * The transports to ask for, in order.
   *
   * @param overUdp whether media came over UDP the last time
   */
  private List<TransportPlan> transports(Candidate candidate, RtspUrl url, boolean overUdp) {
    TransportPlan tcp = TransportPlan.interleaved();
    TransportPlan udp = TransportPlan.udp();
    TransportPlan spelledOut = TransportPlan.udpSpelledOut();
    Via via = candidate.via();
    boolean direct = !url.secure() && !url.overHttp() && (via == null || via.tunnel() == null);
    return switch (camera.options().transport()) {
      case TCP, HTTP, WEBSOCKET -> List.of(tcp);
      case UDP -> url.overHttp() ? List.of(tcp) : List.of(udp, spelledOut);
      case MULTICAST ->
          List.of(url.overHttp() ? tcp : TransportPlan.multicast(camera.options().multicastHops()));
      case AUTO -> {
        List<TransportPlan> order =
            overUdp ? List.of(udp, spelledOut, tcp) : List.of(tcp, udp, spelledOut);
        yield direct ? order : List.of(tcp);
      }
    };
  }

  private DialogueOptions dialogue(
      Destination destination, RtspUrl url, List<TransportPlan> transports, KnownDevice known) {
    ClientOptions options = camera.options();
    return new DialogueOptions(
        url,
        destination.credentials(url),
        options.authScheme(),
        options.media(),
        transports,
        options.keepAlive(),
        options.responseTimeout(),
        options.userAgent(),
        Quirk.defaults(),
        known,
        play.get(),
        options.backChannel(),
        options.sessionId());
  }
}
