package dev.photofinish.rtsp.transport;

import dev.photofinish.rtsp.dialogue.DialogueEvent;
import dev.photofinish.rtsp.dialogue.EndReason;
import dev.photofinish.rtsp.dialogue.Track;
import dev.photofinish.rtsp.dialogue.TrackTransport;
import dev.photofinish.rtsp.stream.MediaArrivals;
import dev.photofinish.rtsp.stream.SilenceWatch;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The media side of one connection: its tracks and the transport that they come by, the watch for
 * silence, our reports, and the audio that we send.
 */
final class ConnectionMedia implements TrackReceiver.Sink {
  /** How long the first packet over UDP may take after the answer to PLAY. */
  private static final long FIRST_PACKET = Duration.ofSeconds(3).toNanos();

  private final ConnectionContext context;
  private final MediaWatch watch;
  private final Runnable probe;
  private final MediaArrivals arrivals = new MediaArrivals();
  private final ReportSchedule reports = new ReportSchedule();
  private final KeyFrameRequests keyFrames = new KeyFrameRequests(this::askForKeyFrame);
  private final InterleavedTransport interleaved;
  private final UdpTransport udp;
  private final TrackDrops drops;
  private MediaTransport transport;
  private final OutgoingAudio audio;
  private final SecuredSender secured;
  private final RejectedPackets rejected = new RejectedPackets();
  private OptionalLong firstPacketDue = OptionalLong.empty();
  private List<Track> tracks = List.of();

  /**
   * @param secured encrypts what we send
   * @param audio what is sent on the back channel
   * @param probe asks the camera whether it lives
   * @param incoming takes each datagram, to hand it to {@link #datagram} when it is its turn
   * @param events takes what becomes of ports that were asked for
   */
  ConnectionMedia(
      ConnectionContext context,
      MediaSettings settings,
      SecuredSender secured,
      OutgoingAudio audio,
      Runnable probe,
      Consumer<UdpDatagram> incoming,
      Consumer<DialogueEvent> events) {
    this.context = context;
    this.watch = new MediaWatch(settings.silence());
    this.secured = secured;
    this.audio = audio;
    this.probe = probe;
    this.interleaved = new InterleavedTransport(this, context::write);
    this.udp = new UdpTransport(this, context, incoming, events, settings);
    this.drops = new TrackDrops(context, KernelDrops.PROCESS);
    this.transport = interleaved;
  }

  @Override
  public String remote() {
    return context.remote();
  }

  /** Those that we receive; empty before PLAY was sent. */
  List<Track> tracks() {
    return tracks;
  }

  MediaArrivals arrivals() {
    return arrivals;
  }

  void assign(List<Track> prepared) {
    tracks = prepared.stream().filter(track -> !track.isBackChannel()).toList();
    boolean framed = prepared.get(0).transport() instanceof TrackTransport.Interleaved;
    transport = framed ? interleaved : udp;
    audio.assign(
        prepared.stream().filter(Track::isBackChannel).findFirst(), tracks.size(), transport);
    arrivals.assign(transport.assign(prepared).subList(0, tracks.size()));
    keyFrames.assign(tracks);
    if (framed) {
      drops.close();
    } else {
      drops.watch(tracks, udp.ports());
    }
  }

  // ---- What comes

  /** A frame came whose content is the {@code length} bytes at {@code index}. */
  void frame(int channel, ByteBuf in, int index, int length, long now) {
    if (transport == interleaved) {
      interleaved.frame(channel, in, index, length, now);
    }
  }

  /** A frame came before a SETUP was sent. */
  void early(ByteBuf in, int index, int length) {
    interleaved.early(in, index, length);
  }

  void datagram(UdpDatagram datagram, long now) {
    udp.datagram(datagram, now);
  }

  /** Hands on what has waited long enough for packets before it. */
  void deliver(long now) {
    udp.deliver(now);
  }

  /** Opens ports for the media with this index. */
  void openPorts(int index) {
    udp.open(index);
  }

  /** Joins the group of the media with this index. */
  void joinGroup(int index, TrackTransport.Multicast group) {
    udp.join(index, group);
  }

  /** A packet may win the race: then it is the first that the new owner gets. */
  @Override
  public void rtp(int track, ReceivedPacket packet, long now) {
    if (track == tracks.size()) {
      return; // the back channel is for what we send
    }
    watch.media(packet.timestamp(), now);
    ConnectionListener owner = context.owner();
    owner.rtp(track, packet, now);
    if (context.owner() != owner) {
      context.owner().rtp(track, packet, now);
    }
    keyFrames.packet(track, now);
  }

  @Override
  public void rtcp(int track, ByteBuf packet, long now) {
    watch.answer(now);
    if (track < tracks.size()) {
      context.owner().rtcp(track, packet, now);
    }
    reportStalled();
  }

  @Override
  public void rejected(Track track, int why) {
    rejected.add(context.remote(), track.media().type(), why);
    int index = tracks.indexOf(track);
    if (index >= 0) {
      context.owner().rejected(index);
    }
  }

  /** The camera said something that is not media. */
  void answer(long now) {
    watch.answer(now);
  }

  void reportStalled() {
    if (!context.isOver() && watch.takeStalled()) {
      context.owner().stalled();
    }
  }

  // ---- Times

  /** PLAY was answered. */
  void start(long now) {
    reports.start(now);
    audio.playing(true);
    watch.start(now);
    if (transport == udp && !arrivals.any()) {
      firstPacketDue = OptionalLong.of(now + FIRST_PACKET);
    }
  }

  /** Media is expected from now on. */
  void watch(long now) {
    watch.start(now);
  }

  /** Back pressure: while nothing is read, silence says nothing, and datagrams are dropped. */
  void reading(boolean read) {
    udp.reading(read);
    if (!read) {
      watch.stop();
    }
  }

  void stop() {
    watch.stop();
    reports.stop();
    audio.playing(false);
    firstPacketDue = OptionalLong.empty();
  }

  /** PAUSE was answered: no key frame is due. */
  void paused() {
    keyFrames.stop();
  }

  /** The connection is over. */
  void close() {
    stop();
    keyFrames.stop();
    drops.end();
    udp.close();
    rejected.close(context.remote());
  }

  OptionalLong deadline() {
    OptionalLong watched = Deadlines.earlier(watch.deadline(), reports.deadline());
    OptionalLong incoming = Deadlines.earlier(udp.deadline(), firstPacketDue);
    return Deadlines.earlier(Deadlines.earlier(watched, incoming), keyFrames.deadline());
  }

  void checkSilence(long now) {
    switch (context.isOver() ? SilenceWatch.Finding.NOTHING : watch.check(now)) {
      case NOTHING -> {}
      case SUSPECT -> probe.run();
      case DEAD -> context.owner().silent(watch.dead(now, context.channel().isWritable()));
      case STALLED_OUT -> context.owner().silent(watch.stalledOut(now));
    }
  }

  /** A camera that plays over UDP and cannot reach us goes on for ever: so do firewalls. */
  void checkFirstPacket(long now) {
    if (firstPacketDue.isPresent() && now - firstPacketDue.getAsLong() >= 0) {
      firstPacketDue = OptionalLong.empty();
      if (!context.isOver() && !arrivals.any()) {
        TrackTransport first = tracks.get(0).transport();
        String way =
            first instanceof TrackTransport.Multicast
                ? "by multicast within 3 s (" + first + udp.joinedOn() + ")"
                : "over UDP within 3 s";
        String why = "PLAY succeeded, but no packet came " + way;
        context.owner().silent(new EndReason(EndReason.Kind.UNREACHED, why));
      }
    }
  }

  void report(long now) {
    if (context.isOver() || !reports.take(now)) {
      return;
    }
    for (int track = 0; track < tracks.size(); track++) {
      send(track, context.owner().report(track, now));
    }
    audio.report(now);
  }

  /** Whether there was anything to send. */
  private boolean send(int track, byte @Nullable [] compound) {
    if (compound != null) {
      transport.report(track, secured.rtcp(tracks.get(track), compound));
    }
    return compound != null;
  }

  /** A key frame is needed. */
  void requestKeyFrame(long now) {
    keyFrames.request();
    askForKeyFrames(now);
  }

  /** Asks for the key frames that are needed, of those that may be asked for. */
  void askForKeyFrames(long now) {
    if (!context.isOver()) {
      keyFrames.send(now);
    }
  }

  private boolean askForKeyFrame(int track, long now) {
    return !context.isOver() && send(track, context.owner().keyFrameRequest(track, now));
  }
}
