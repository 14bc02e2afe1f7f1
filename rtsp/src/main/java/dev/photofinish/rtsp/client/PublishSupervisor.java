package dev.photofinish.rtsp.client;

import dev.photofinish.connect.Connection;
import dev.photofinish.connect.Connector;
import dev.photofinish.race.Strategy;
import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.address.Via;
import dev.photofinish.retry.RetryDecision;
import dev.photofinish.retry.RetrySchedule;
import dev.photofinish.retry.TryFailure;
import dev.photofinish.rtsp.dialogue.EndReason;
import dev.photofinish.rtsp.dialogue.PublishDialogue;
import dev.photofinish.rtsp.dialogue.PublishOptions;
import dev.photofinish.rtsp.dialogue.TransportPlan;
import dev.photofinish.rtsp.dialogue.server.ServedStream;
import dev.photofinish.rtsp.message.RtspUrl;
import dev.photofinish.rtsp.stream.EndMeaning;
import dev.photofinish.rtsp.stream.LostRace;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of a stream that is published: races for one, speaks over it, and makes the next
 * by the retry options when it is lost. All of it on its event loop.
 */
final class PublishSupervisor {
  private static final Logger LOG = LoggerFactory.getLogger(PublishSupervisor.class);

  private final Camera to;
  private final PublishDestination destination;
  private final ServedStream stream;
  private final EventLoop loop;
  private final PublishRaces races;
  private final RandomGenerator random;
  private final Owner owner;
  private final RetrySchedule schedule;
  private final ServerReports reports;
  private final Ticker clock = Ticker.systemTicker();
  private @Nullable PublishConnection connection;
  private @Nullable Future<?> waiting;
  private long recordingSince;
  private boolean isRecording;
  private boolean closing;

  /** Whether the last race was kept from dialling by this host. */
  private boolean held;

  /** Whether media went as datagrams the last time. */
  private boolean overUdp;

  /** Hears of them, on the event loop. */
  interface Owner {
    void recording(PublishConnection connection);

    /** No connection records any more. */
    void stopped();

    void retry(RetryDecision.Retry retry, Duration delay, String reason);

    void failed(String reason);

    /** Nothing follows. */
    void over();
  }

  PublishSupervisor(
      Camera to,
      List<MediaStream> media,
      EventLoop loop,
      Connector.Builder connecting,
      RandomGenerator random,
      ServerReports reports,
      Owner owner) {
    this.to = to;
    this.destination = new PublishDestination(to);
    this.stream = new ServedStream("", media.stream().map(MediaStream::description).toList());
    this.loop = loop;
    this.races = new PublishRaces(to, loop, connecting, new Races());
    this.random = random;
    this.reports = reports;
    this.owner = owner;
    this.schedule = new RetrySchedule(to.retry(), to.race().connectionRacing(), random);
  }

  void start() {
    dial(schedule.racing());
  }

  /** Ends it in order, with TEARDOWN. */
  void end() {
    if (closing) {
      return;
    }
    closing = true;
    if (waiting != null) {
      waiting.cancel(false);
    }
    races.cancel();
    if (connection == null) {
      over();
    } else {
      connection.leave();
    }
  }

  private void over() {
    races.close();
    owner.over();
  }

  private void dialIn(long nanos, Strategy racing) {
    waiting = loop.schedule(() -> dial(racing), nanos, TimeUnit.NANOSECONDS);
  }

  private void dial(Strategy racing) {
    if (!closing) {
      races.dial(destination.destination(), racing);
    }
  }

  private final class Races implements PublishRaces.Owner {
    @Override
    public void won(Connection connection) {
      held = false;
      schedule.raced(connection.report());
      speak(connection);
    }

    @Override
    public void lost(TryFailure failure, String reason) {
      destination.goHome();
      held = false;
      decide(schedule.tryFailed(clock.nanoTime(), failure), reason);
    }

    @Override
    public void held(LostRace.Held why) {
      destination.goHome();
      if (!held) {
        held = true;
        LOG.warn("{}: {}; it counts as no try of the server", to, why.reason());
      }
      dialIn(why.delay().toNanos(), schedule.racing());
    }
  }

  private void speak(Connection won) {
    Candidate candidate = Objects.requireNonNull(won.report().winner()).candidate();
    RtspUrl url = destination.url(candidate.endpoint());
    ClientOptions options = to.options();
    PublishOptions about =
        new PublishOptions(
            url,
            destination.credentials(url),
            options.authScheme(),
            stream,
            transports(options.transport(), url, candidate.via()),
            options.keepAlive(),
            options.responseTimeout(),
            options.userAgent());
    reports.connected();
    PublishConnection made =
        new PublishConnection(
            won.channel(), new PublishDialogue(about, random), clock, reports, new Connections());
    connection = made;
    made.begin();
  }

  /** To ask for, in order. Datagrams do not go through TLS or a proxy, but around them. */
  private List<TransportPlan> transports(RtspTransport asked, RtspUrl url, @Nullable Via via) {
    TransportPlan tcp = TransportPlan.interleaved();
    TransportPlan udp = TransportPlan.udp();
    boolean direct = !url.secure() && (via == null || via.tunnel() == null);
    return switch (asked) {
      case UDP -> List.of(udp, tcp);
      case AUTO -> direct ? overUdp ? List.of(udp, tcp) : List.of(tcp, udp) : List.of(tcp);
      case TCP, MULTICAST, HTTP, WEBSOCKET -> List.of(tcp);
    };
  }

  private final class Connections implements PublishConnection.Owner {
    @Override
    public void recording(PublishConnection from, boolean udp) {
      isRecording = true;
      overUdp = udp;
      recordingSince = clock.nanoTime();
      schedule.mediaCame(clock.nanoTime());
      LOG.info("{}: publishes to {} over {}", to, from.remote(), udp ? "UDP" : "TCP");
      owner.recording(from);
    }

    @Override
    public void ended(PublishConnection from, EndReason end) {
      boolean recorded = isRecording;
      isRecording = false;
      connection = null;
      owner.stopped();
      if (closing) {
        over();
      } else {
        decide(decision(recorded, from.wasAnswered(), end), end.reason());
      }
    }
  }

  private RetryDecision decision(boolean recorded, boolean answered, EndReason end) {
    long now = clock.nanoTime();
    boolean elsewhere = end.kind() == EndReason.Kind.LOGIN_NEEDED && destination.isAway();
    if (recorded && now - recordingSince >= to.retry().stableAfter().toNanos()) {
      destination.wasStable();
    }
    destination.follow(end.location());
    if (recorded) {
      return schedule.streamDropped(now, now);
    }
    if (end.kind() == EndReason.Kind.AT_CAPACITY) {
      schedule.full(now, end.retryAfter());
    }
    // The login is for the server itself alone.
    return schedule.tryFailed(
        now, elsewhere ? TryFailure.OTHER : EndMeaning.of(end).failure(answered));
  }

  private void decide(RetryDecision decision, String reason) {
    String why = decision.reason() + ": " + reason;
    if (decision instanceof RetryDecision.Retry retry) {
      Duration delay = Duration.ofNanos(retry.delayNanos());
      LOG.info("{}: {}; publishes again in {} ms", to, why, delay.toMillis());
      owner.retry(retry, delay, why);
      dialIn(retry.delayNanos(), retry.racing());
    } else {
      LOG.warn("{}: gave up publishing: {}", to, why);
      owner.failed(why);
      closing = true;
      over();
    }
  }
}
