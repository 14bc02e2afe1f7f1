package dev.photofinish.rtsp.client;

import dev.photofinish.connect.Connection;
import dev.photofinish.connect.Connector;
import dev.photofinish.race.Strategy;
import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.address.Via;
import dev.photofinish.retry.RetryDecision;
import dev.photofinish.retry.RetrySchedule;
import dev.photofinish.retry.TryFailure;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtsp.dialogue.EndReason;
import dev.photofinish.rtsp.dialogue.PublishDialogue;
import dev.photofinish.rtsp.dialogue.PublishOptions;
import dev.photofinish.rtsp.dialogue.TransportPlan;
import dev.photofinish.rtsp.dialogue.server.ServedStream;
import dev.photofinish.rtsp.message.RtspUrl;
import dev.photofinish.rtsp.stream.EndMeaning;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stream that is sent to a server (ANNOUNCE and RECORD, RFC 2326 sections 10.3 and 10.11), over a
 * connection that is raced for, and made again by the retry options whenever it is lost. What is
 * sent while there is none is dropped.
 *
 * <p>Media go interleaved, or as datagrams where the camera's option {@code transport} is {@code
 * udp} or the server takes nothing else. With {@code udp} they go interleaved where the server does
 * not take that; through TLS or a proxy only if datagrams are asked for by name.
 *
 * <p>Every method may be called from any thread; {@link #close} not from a listener's.
 */
public final class StreamPublisher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StreamPublisher.class);

  private final Camera to;
  private final PublishDestination destination;
  private final ServedStream stream;
  private final EventLoop loop;
  private final PublishRaces races;
  private final FrameSender frames;
  private final RandomGenerator random;
  private final PublishListener listener;
  private final Consumer<StreamPublisher> onOver;
  private final RetrySchedule schedule;
  private final Ticker clock = Ticker.systemTicker();
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private final ServerReports reports;
  private volatile @Nullable PublishConnection recording;

  // On the loop.
  private @Nullable PublishConnection connection;
  private @Nullable Future<?> waiting;
  private long recordingSince;
  private boolean closing;

  /** Whether media went as datagrams the last time. */
  private boolean overUdp;

  /**
   * @param onOver called when nothing follows
   */
  StreamPublisher(
      Camera to,
      List<MediaStream> media,
      EventLoop loop,
      Connector.Builder connecting,
      RandomGenerator random,
      PublishListener listener,
      Consumer<StreamPublisher> onOver) {
    this.to = to;
    this.destination = new PublishDestination(to);
    this.stream = new ServedStream("", media.stream().map(MediaStream::description).toList());
    this.loop = loop;
    this.races = new PublishRaces(to, loop, connecting, new Races());
    this.frames = new FrameSender(media, random, InstantSource.system());
    this.random = random;
    this.reports = new ServerReports(to.toString());
    this.listener = listener;
    this.onOver = onOver;
    this.schedule = new RetrySchedule(to.retry(), to.race().connectionRacing(), random);
  }

  void start() {
    loop.execute(() -> dial(schedule.racing()));
  }

  // ---- Sending

  /**
   * Sends a packet, which stays the caller's.
   *
   * @return false where it is dropped: nothing records now, or 4 MiB wait already
   */
  public boolean send(RtpPacket packet) {
    return count(send(packet.stream().index(), false, packet.content()));
  }

  /**
   * Sends a frame, which stays the caller's, in as many packets as it needs. Timestamps follow
   * {@link Frame#time}, and sender reports say which time of day that is. Frames of a media come in
   * decoding order, of all media about as fast as they are to be shown. Video begins with a key
   * frame on each connection.
   *
   * <p>A media has frames or packets, not both.
   *
   * @return false where it is dropped: nothing records now, it comes before the first key frame, or
   *     4 MiB wait already, after which all video is dropped up to the next key frame ({@link
   *     PublishListener#fellBehind})
   * @throws IllegalArgumentException if it is of a media or in a form that was not announced
   */
  public boolean send(Frame frame) {
    FrameSender.Outcome outcome = frames.send(frame, recording);
    if (outcome == FrameSender.Outcome.FELL_BEHIND) {
      LOG.warn("{}: takes less than is sent: frames are dropped, video to the next key frame", to);
      loop.execute(() -> tell(l -> l.fellBehind(this)));
    }
    return outcome == FrameSender.Outcome.SENT;
  }

  /**
   * Sends RTCP of a media's source, such as its sender reports; it stays the caller's.
   *
   * @param media the number of the media
   * @return false where it is dropped
   */
  public boolean sendControl(int media, ByteBuf rtcp) {
    return send(media, true, rtcp);
  }

  private boolean send(int media, boolean control, ByteBuf packet) {
    PublishConnection now = recording;
    return now != null && now.send(media, control, packet);
  }

  private boolean count(boolean taken) {
    (taken ? sent : dropped).incrementAndGet();
    return taken;
  }

  /** Packets of RTP that were sent, those of frames among them. */
  public long sent() {
    return sent.get() + frames.packets();
  }

  /** Packets of RTP that were dropped. */
  public long dropped() {
    return dropped.get();
  }

  /** Frames that were sent. */
  public long sentFrames() {
    return frames.sent();
  }

  /** Frames that were dropped. */
  public long droppedFrames() {
    return frames.dropped();
  }

  /**
   * Packets of RTP that did not arrive, as the server's receiver reports say (RFC 3550 section
   * 6.4.1); 0 where it sends none.
   */
  public long lost() {
    return reports.lost();
  }

  /** Whether the server takes the stream now. */
  public boolean isRecording() {
    return recording != null;
  }

  // ---- Connections

  private void dial(Strategy racing) {
    if (!closing) {
      races.dial(destination.destination(), racing);
    }
  }

  private final class Races implements PublishRaces.Owner {
    @Override
    public void won(Connection connection) {
      schedule.raced(connection.report());
      speak(connection);
    }

    @Override
    public void lost(TryFailure failure, String reason) {
      destination.goHome();
      decide(schedule.tryFailed(clock.nanoTime(), failure), reason);
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
      recording = from;
      overUdp = udp;
      recordingSince = clock.nanoTime();
      schedule.mediaCame(clock.nanoTime());
      LOG.info("{}: publishes to {} over {}", to, from.remote(), udp ? "UDP" : "TCP");
      tell(l -> l.recording(StreamPublisher.this, from.remote()));
    }

    @Override
    public void ended(PublishConnection from, EndReason end) {
      boolean recorded = recording == from;
      recording = null;
      connection = null;
      if (closing) {
        over();
      } else {
        decide(decision(recorded, end), end.reason());
      }
    }
  }

  private RetryDecision decision(boolean recorded, EndReason end) {
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
    return schedule.tryFailed(now, elsewhere ? TryFailure.OTHER : EndMeaning.of(end).failure());
  }

  private void decide(RetryDecision decision, String reason) {
    String why = decision.reason() + ": " + reason;
    if (decision instanceof RetryDecision.Retry retry) {
      Duration delay = Duration.ofNanos(retry.delayNanos());
      LOG.info("{}: {}; publishes again in {} ms", to, why, delay.toMillis());
      tell(l -> l.retry(this, retry.attempt(), delay, why));
      waiting = loop.schedule(() -> dial(retry.racing()), retry.delayNanos(), TimeUnit.NANOSECONDS);
    } else {
      LOG.warn("{}: gave up publishing: {}", to, why);
      tell(l -> l.failed(this, why));
      closing = true;
      over();
    }
  }

  private void tell(Consumer<PublishListener> call) {
    try {
      call.accept(listener);
    } catch (RuntimeException e) {
      LOG.error("{}: a listener failed", to, e);
    }
  }

  // ---- The end

  private void over() {
    races.close();
    onOver.accept(this);
    over.complete(null);
  }

  /** Ends it in order, with TEARDOWN; completes when the connection is closed. */
  public CompletionStage<Void> closeAsync() {
    if (!over.isDone()) {
      loop.execute(this::end);
    }
    return over;
  }

  private void end() {
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

  /** As {@link #closeAsync}, and waits for it, 2 s at most. */
  @Override
  public void close() {
    try {
      closeAsync().toCompletableFuture().orTimeout(2, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      LOG.debug("{}: not closed within 2 s", to);
    }
  }

  /** The address, without user and password. */
  @Override
  public String toString() {
    return to.toString();
  }
}
