package dev.photofinish.rtsp.client;

import dev.photofinish.connect.Connector;
import dev.photofinish.retry.RetryDecision;
import dev.photofinish.rtp.format.Frame;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
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
  private final EventLoop loop;
  private final PublishSupervisor connections;
  private final FrameSender frames;
  private final PublishListener listener;
  private final Consumer<StreamPublisher> onOver;
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private final ServerReports reports;
  private volatile @Nullable PublishConnection recording;

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
    this.loop = loop;
    this.frames = new FrameSender(media, random, InstantSource.system());
    this.reports = new ServerReports(to.toString());
    this.listener = listener;
    this.onOver = onOver;
    this.connections =
        new PublishSupervisor(to, media, loop, connecting, random, reports, new Connections());
  }

  void start() {
    loop.execute(connections::start);
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

  private final class Connections implements PublishSupervisor.Owner {
    @Override
    public void recording(PublishConnection connection) {
      recording = connection;
      tell(l -> l.recording(StreamPublisher.this, connection.remote()));
    }

    @Override
    public void stopped() {
      recording = null;
    }

    @Override
    public void retry(RetryDecision.Retry retry, Duration delay, String reason) {
      tell(l -> l.retry(StreamPublisher.this, retry.attempt(), delay, reason));
    }

    @Override
    public void failed(String reason) {
      tell(l -> l.failed(StreamPublisher.this, reason));
    }

    @Override
    public void over() {
      onOver.accept(StreamPublisher.this);
      over.complete(null);
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

  /** Ends it in order, with TEARDOWN; completes when the connection is closed. */
  public CompletionStage<Void> closeAsync() {
    if (!over.isDone()) {
      loop.execute(connections::end);
    }
    return over;
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
