package dev.photofinish.rtsp.transport;

import dev.photofinish.rtsp.codec.FrameReceiver;
import dev.photofinish.rtsp.dialogue.Dialogue;
import dev.photofinish.rtsp.dialogue.DialogueEvent;
import dev.photofinish.rtsp.dialogue.DialogueState;
import dev.photofinish.rtsp.dialogue.EndReason;
import dev.photofinish.rtsp.dialogue.SessionRequest;
import dev.photofinish.rtsp.dialogue.Track;
import dev.photofinish.rtsp.loop.EarliestTimer;
import dev.photofinish.rtsp.loop.PendingEvents;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.stream.MediaArrivals;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Ticker;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a camera: gives its dialogue and its media their events and their clock, one
 * event at a time, and reports what comes of it to its owner. Everything happens on the event loop
 * of its channel.
 */
public final class CameraConnection implements FrameReceiver {
  private final ConnectionContext context;
  private final DialogueDriver dialogue;
  private final ConnectionMedia media;
  private final OutgoingAudio audio;
  private final ConnectionInput input;
  private final FlowControl flow;
  private final MalformedMessages malformed = new MalformedMessages();
  private final PendingEvents pending = new PendingEvents();
  private final LateLoop lateLoop = new LateLoop();
  private final Ticker clock;
  private final EarliestTimer timer;

  private boolean begun;
  private boolean established;
  private @Nullable EndReason verdict;

  /**
   * A connection that is not established yet.
   *
   * @param source of what is sent on the back channel
   * @param clock that of the channel's event loop
   */
  public CameraConnection(
      Dialogue dialogue,
      MediaSettings settings,
      AudioSource source,
      Ticker clock,
      ConnectionListener owner) {
    this.context = new ConnectionContext(owner);
    SecuredSender secured = new SecuredSender();
    this.audio = new OutgoingAudio(context, secured, source, clock);
    Runnable ask = () -> event(new DialogueEvent.Ask());
    this.media =
        new ConnectionMedia(context, settings, secured, audio, ask, this::datagram, this::event);
    this.dialogue = new DialogueDriver(dialogue, context, media, audio, this::end);
    this.input = new ConnectionInput(context, this.dialogue, media, pending, clock, this::handle);
    this.flow = new FlowControl(context);
    this.clock = clock;
    this.timer = new EarliestTimer(clock, this::expired);
  }

  // ---- For the owner

  /** Hands it over: all that comes from now on is reported to {@code next}. */
  public void owner(ConnectionListener next) {
    context.owner(next);
  }

  /** Human-readable: {@code 192.0.2.1:554}. */
  public String remote() {
    return context.remote();
  }

  /** The request without an answer, {@link Dialogue#openRequest}. */
  public Optional<String> openRequest() {
    return dialogue.openRequest();
  }

  /** Whether the camera has set up one media at least. */
  public boolean hasTracks() {
    return dialogue.hasTracks();
  }

  /** Whether the camera has answered the first request. */
  public boolean wasAnswered() {
    return dialogue.state().isAnswered();
  }

  /** The camera's answer to DESCRIBE, {@link Dialogue#description}. */
  public Optional<String> description() {
    return dialogue.description();
  }

  /** Those that we receive; empty before PLAY was sent. */
  public List<Track> tracks() {
    return media.tracks();
  }

  /** The described media that could not be set up. */
  public List<SkippedMedia> skipped() {
    return dialogue.skipped();
  }

  /** What is sent to the camera. */
  public OutgoingAudio audio() {
    return audio;
  }

  /** When its media came; read by any thread. */
  public MediaArrivals arrivals() {
    return media.arrivals();
  }

  /** Sends the session's first request as soon as the connection is established. */
  public void begin() {
    begun = true;
    pending.run(this::probe);
  }

  private void probe() {
    if (begun && established && dialogue.state() == DialogueState.IDLE) {
      handle(new DialogueEvent.Connected());
    }
  }

  /** Goes on beyond the first response. */
  public void choose() {
    event(new DialogueEvent.Selected());
  }

  /** Asks something of the session; the owner hears of it once, or that the connection is over. */
  public void request(SessionRequest request) {
    event(new DialogueEvent.Requested(request));
  }

  /**
   * Sends TEARDOWN, waits for its answer, and closes. What comes until then is dropped.
   *
   * @param end what is reported to the owner in the end; null for how the leaving went
   */
  public void leave(@Nullable EndReason end) {
    verdict = end;
    reading(true);
    event(new DialogueEvent.Teardown());
  }

  /** Sends TEARDOWN, and closes without waiting for an answer that is not to be expected. */
  public void abandon(EndReason end) {
    leave(end);
    pending.run(() -> end(end));
  }

  /** Watches for silence again: media is expected from now on. */
  public void watch() {
    media.watch(now());
    arm();
  }

  /** Back pressure: stops or goes on reading; silence is not judged while nothing is read. */
  public void reading(boolean read) {
    if (flow.reading(read)) {
      media.reading(read);
      if (read && dialogue.state() == DialogueState.PLAYING) {
        watch();
      }
    }
  }

  /** The camera reads what we write, or does not any more. */
  void writabilityChanged() {
    flow.writabilityChanged();
  }

  /**
   * Asks for a key frame of each video whose description takes that, at most once a second; of one
   * that has not come yet, once it does.
   */
  public void requestKeyFrame() {
    pending.run(() -> media.requestKeyFrame(now()));
    arm();
  }

  private long now() {
    return clock.nanoTime();
  }

  // ---- From the channel's handler

  void attached(Channel to) {
    context.attached(to);
  }

  /** TCP is established, then TLS or a tunnel; {@code complete} with the last of them. */
  void connected(boolean complete) {
    context.connected();
    established = complete;
    context.owner().connected(complete);
    pending.run(this::probe);
  }

  private void datagram(UdpDatagram datagram) {
    received(datagram);
    arm();
  }

  @Override
  public void bytesRead() {
    input.bytesRead();
  }

  @Override
  public void frame(int channel, ByteBuf in, int index, int length) {
    input.frame(channel, in, index, length);
  }

  /** Takes over one message, frame or datagram. */
  void received(Object message) {
    input.received(message);
  }

  void malformed(RtspFormatException wrong) {
    pending.run(
        () ->
            malformed.add(remote(), wrong, dialogue.state().isSetUp(), now()).ifPresent(this::end));
  }

  /** What carries the connection has ended it. */
  void over(EndReason end) {
    pending.run(() -> end(end));
  }

  /**
   * The channel is closed.
   *
   * @param failure what was wrong with it; null if the camera closed it
   */
  void closed(@Nullable Throwable failure) {
    pending.run(() -> end(dialogue.closed(failure)));
  }

  // ---- Events

  private void event(DialogueEvent event) {
    pending.run(() -> handle(event));
  }

  private void handle(DialogueEvent event) {
    dialogue.handle(event, now());
    arm();
  }

  /** Closes the channel, once, and reports to the owner why. */
  private void end(EndReason end) {
    if (context.isOver()) {
      return;
    }
    context.over();
    timer.stop();
    media.close();
    context.close();
    context.owner().ended(verdict == null ? end : verdict);
  }

  // ---- The timer

  /** Sets the timer to the next deadline, if that has come nearer. */
  void arm() {
    if (!context.isOver() && !lateLoop.isWaiting()) {
      timer.arm(loop(), dialogue.deadline());
      timer.arm(loop(), media.deadline());
    }
  }

  private EventLoop loop() {
    return context.channel().eventLoop();
  }

  private void expired(long late) {
    long grace = lateLoop.grace(late);
    if (grace > 0) {
      timer.arm(loop(), OptionalLong.of(now() + grace));
      return;
    }
    event(new DialogueEvent.Tick());
    pending.run(() -> media.deliver(now()));
    pending.run(() -> media.checkFirstPacket(now()));
    pending.run(() -> media.checkSilence(now()));
    pending.run(() -> media.report(now()));
    pending.run(() -> media.askForKeyFrames(now()));
    arm();
  }
}
