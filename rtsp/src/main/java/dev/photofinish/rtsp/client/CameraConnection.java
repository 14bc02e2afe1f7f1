package dev.photofinish.rtsp.client;

import dev.photofinish.connect.Connection;
import dev.photofinish.race.address.Addresses;
import dev.photofinish.rtsp.codec.InterleavedFrame;
import dev.photofinish.rtsp.dialogue.Dialogue;
import dev.photofinish.rtsp.dialogue.DialogueEvent;
import dev.photofinish.rtsp.dialogue.DialogueState;
import dev.photofinish.rtsp.dialogue.EndReason;
import dev.photofinish.rtsp.dialogue.Track;
import dev.photofinish.rtsp.message.Received;
import dev.photofinish.rtsp.message.RtspFormatException;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Ticker;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to a camera: gives its dialogue and its media their events and their clock, one
 * event at a time, and reports what comes of it to its owner.
 *
 * <p>{@link CameraHandler} gives it what the channel brings. Everything happens on the channel's
 * event loop.
 */
final class CameraConnection {
  private static final Logger LOG = LoggerFactory.getLogger(CameraConnection.class);
  private static final AttributeKey<CameraConnection> KEY =
      AttributeKey.valueOf(CameraConnection.class, "connection");

  private final DialogueDriver dialogue;
  private final ConnectionMedia media;
  private final MalformedMessages malformed = new MalformedMessages();
  private final PendingEvents pending = new PendingEvents();
  private final Ticker clock;
  private final TrackedConnection tracked;
  private final EarliestTimer timer;

  private ConnectionListener owner;
  private @Nullable Channel channel;
  private String remote = "not connected";
  private boolean begun;
  private boolean established;
  private boolean reading = true;
  private boolean over;
  private @Nullable EndReason verdict;

  /**
   * @param tracked how the client's streams count it
   * @param clock that of the channel's event loop
   */
  CameraConnection(
      Dialogue dialogue,
      ClientOptions options,
      TrackedConnection tracked,
      Ticker clock,
      ConnectionListener owner) {
    this.media = new ConnectionMedia(this, options);
    this.dialogue = new DialogueDriver(dialogue, this, media);
    this.tracked = tracked;
    this.clock = clock;
    this.owner = owner;
    this.timer = new EarliestTimer(clock, this::expired);
  }

  /** The winner's, which its attempt was made with. */
  static CameraConnection of(Connection winner) {
    return Objects.requireNonNull(winner.channel().attr(KEY).get());
  }

  // ---- For the owner

  void owner(ConnectionListener next) {
    owner = next;
  }

  ConnectionListener owner() {
    return owner;
  }

  Channel channel() {
    return Objects.requireNonNull(channel);
  }

  TrackedConnection tracked() {
    return tracked;
  }

  /** Human-readable: {@code 192.0.2.1:554}. */
  String remote() {
    return remote;
  }

  /** The request without an answer, {@link Dialogue#openRequest}. */
  Optional<String> openRequest() {
    return dialogue.openRequest();
  }

  /** Empty before PLAY was sent. */
  List<Track> tracks() {
    return media.tracks();
  }

  /** Send the session's first request as soon as the connection is established. */
  void begin() {
    begun = true;
    pending.run(this::probe);
  }

  private void probe() {
    if (begun && established && dialogue.state() == DialogueState.IDLE) {
      dialogue.handle(new DialogueEvent.Connected(), now());
    }
  }

  /** Go on beyond the first response. */
  void choose() {
    tell(new DialogueEvent.Selected());
  }

  /**
   * TEARDOWN, its answer, then the close. What comes until then is dropped.
   *
   * @param end what the owner is told in the end; null for how the leaving went
   */
  void leave(@Nullable EndReason end) {
    verdict = end;
    reading(true);
    tell(new DialogueEvent.Teardown());
  }

  /** TEARDOWN, and the close without waiting for an answer that is not to be expected. */
  void abandon(EndReason end) {
    leave(end);
    pending.run(() -> end(end));
  }

  /** Watch for silence again: media is expected from now on. */
  void watch() {
    media.watch(now());
    arm();
  }

  /** Back pressure: stop or go on reading; silence is not judged while nothing is read. */
  void reading(boolean read) {
    if (read == reading || over) {
      return;
    }
    reading = read;
    readWhileWritable();
    if (!read) {
      media.pause();
    } else if (dialogue.state() == DialogueState.PLAYING) {
      watch();
    }
  }

  /**
   * What the camera does not read is not answered either: while our answers wait to be written,
   * nothing is read that would ask for more.
   */
  void readWhileWritable() {
    if (!over) {
      channel().config().setAutoRead(reading && channel().isWritable());
    }
  }

  /** Ask the camera whether it lives. */
  void ask() {
    tell(new DialogueEvent.Ask());
  }

  boolean isOver() {
    return over;
  }

  private long now() {
    return clock.nanoTime();
  }

  // ---- From the channel's handler

  void attached(Channel to) {
    channel = to;
    to.attr(KEY).set(this);
  }

  /**
   * TCP is established; called again when TLS is.
   *
   * @param complete whether that is all, so that the dialogue may begin
   */
  void connected(boolean complete) {
    remote =
        channel().remoteAddress() instanceof InetSocketAddress address
            ? Addresses.text(address)
            : String.valueOf(channel().remoteAddress());
    established = complete;
    owner.connected(this, complete);
    pending.run(this::probe);
  }

  /** Takes over one message or frame. */
  void received(Object message) {
    if (pending.enter()) {
      try {
        read(message);
      } finally {
        pending.exit();
      }
    } else {
      pending.run(() -> read(message));
    }
  }

  private void read(Object message) {
    try {
      if (over) {
        return;
      }
      if (message instanceof InterleavedFrame frame) {
        if (dialogue.state() != DialogueState.LEAVING) {
          media.frame(frame, now());
        }
      } else if (message instanceof Received received) {
        LOG.trace("{} <- {}", remote, received.message());
        media.answer(now());
        dialogue.handle(new DialogueEvent.Received(received.message()), now());
        media.tellStalled();
      } else {
        LOG.debug("{}: skipped {}", remote, message);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  void malformed(RtspFormatException wrong) {
    pending.run(
        () -> {
          boolean playing = dialogue.state() == DialogueState.PLAYING;
          EndReason end = malformed.add(remote, wrong, playing, now());
          if (end != null) {
            end(end);
          }
        });
  }

  /**
   * The channel is closed.
   *
   * @param failure what was wrong with it; null if the camera closed it
   */
  void closed(@Nullable Throwable failure) {
    pending.run(() -> end(EndOfChannel.of(failure, dialogue.unanswered())));
  }

  private void tell(DialogueEvent event) {
    pending.run(() -> dialogue.handle(event, now()));
  }

  void write(Object message) {
    Future<?> unused = channel().writeAndFlush(message, channel().voidPromise());
  }

  /** Closes the channel, once, and tells the owner why. */
  void end(EndReason end) {
    if (over) {
      return;
    }
    over = true;
    timer.stop();
    Future<?> unused = channel().close();
    owner.ended(this, verdict == null ? end : verdict);
  }

  // ---- The timer

  /** Sets the timer to the next deadline, if that has come nearer. */
  void arm() {
    if (!over) {
      timer.arm(channel().eventLoop(), dialogue.deadline());
      timer.arm(channel().eventLoop(), media.deadline());
    }
  }

  private void expired() {
    tell(new DialogueEvent.Tick());
    pending.run(() -> media.checkSilence(now()));
    pending.run(() -> media.report(now()));
    arm();
  }
}
