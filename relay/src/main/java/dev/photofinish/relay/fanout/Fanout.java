package dev.photofinish.relay.fanout;

import dev.photofinish.relay.source.FrameViewer;
import dev.photofinish.relay.source.OutgoingPacket;
import dev.photofinish.relay.source.SourceTrack;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtsp.client.RtpPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.ObjIntConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The outgoing tracks of one source, and all who get them. Everything happens on the source's event
 * loop; times are nanoseconds of the caller's clock.
 */
public final class Fanout {
  private final String name;
  private final List<SourceTrack> offered;
  private final List<TrackOutput> tracks = new ArrayList<>();

  /** The track that is held to key frames; -1 where there is none that is understood. */
  private final int video;

  private final @Nullable Pictures pictures;
  private final KeyFrameDemand demand;
  private final AwayCard card = new AwayCard();
  private final Outlets outlets;
  private final FrameViewers viewers;

  /** All but the video, by their number. */
  private final Map<Integer, PlainTrack> others = new HashMap<>();

  private final WallTimes times = new WallTimes();

  /**
   * @param name of the source, for its CNAME
   * @param loop of the source
   * @param groupBytes of the packets that are kept for new readers, 0 or more
   * @param demand has the camera asked for key frames
   */
  public Fanout(
      String name,
      EventLoop loop,
      List<SourceTrack> offered,
      int groupBytes,
      ByteBufAllocator allocator,
      RandomGenerator random,
      KeyFrameDemand demand) {
    this.demand = demand;
    this.name = "photofinish/" + name;
    this.viewers = new FrameViewers(name);
    this.offered = List.copyOf(offered);
    for (SourceTrack track : offered) {
      tracks.add(new TrackOutput(track, random.nextInt(1 << 15), random.nextInt()));
    }
    video = Pictures.trackOf(offered);
    outlets = new Outlets(loop, video);
    pictures =
        video < 0 ? null : new Pictures(tracks.get(video), groupBytes, allocator, new ToAll());
    for (SourceTrack track : offered) {
      if (track.index() != video) {
        TrackOutput output = tracks.get(track.index());
        others.put(track.index(), new PlainTrack(output, track, allocator, outlets::packet));
      }
    }
  }

  /** Keeps no more than so many bytes for new readers, 0 or more. */
  public void groupBytes(int most) {
    if (pictures != null) {
      pictures.groupBytes(most);
    }
  }

  private PlainTrack other(int track) {
    return Objects.requireNonNull(others.get(track));
  }

  /** Hands what comes out of the video to all outlets. */
  private final class ToAll implements Pictures.Output {
    @Override
    public void packet(OutgoingPacket packet) {
      outlets.packet(packet);
    }

    @Override
    public void keyFrame(List<OutgoingPacket> packets) {
      demand.came();
      outlets.keyFrame(packets);
      packets.forEach(OutgoingPacket::release);
    }

    @Override
    public void awaited(long now) {
      demand.need(now);
    }
  }

  // ---- What the camera sends

  /** Another connection: what follows of this track continues nothing. */
  public void interrupted(int track, int payloadType, List<ByteBuf> parameterSets) {
    if (track == video && pictures != null) {
      pictures.interrupted(payloadType, parameterSets);
    } else {
      other(track).interrupted(payloadType);
    }
  }

  /** A packet, which stays the caller's. */
  public void packet(int track, RtpPacket packet, long now) {
    if (track == video && pictures != null) {
      pictures.packet(packet, now);
    } else {
      other(track).packet(packet, now);
    }
  }

  /**
   * A frame, all of whose packets came; it stays the caller's. When it arrived is not looked at:
   * the clock of connections begins with the process, that of the caller with the host.
   */
  public void frame(int track, Frame frame, long now, long wallNanos) {
    times.first(frame, wallNanos);
    TrackOutput output = tracks.get(track);
    boolean known = output.isReportable();
    if (track == video && pictures != null) {
      times.move(pictures.frame(frame, times.of(frame), now));
      viewers.video(frame.time(), output.timestampOf(frame.timestamp()));
    } else {
      times.move(other(track).frame(frame, times.of(frame), now));
    }
    times.move(output.timed(frame.timestamp(), times.of(frame), now));
    if (!known) {
      tracks.forEach(other -> other.times().began(output.times()));
      report(track, (rtcp, of) -> outlets.report(of, rtcp), now); // readers place it by that
    }
    viewers.frame(frame);
  }

  // ---- While it is away

  /** Sends the last key frame again, if there is one that can be. */
  public void repeat(long now) {
    if (pictures != null) {
      pictures.repeat(now);
    }
  }

  /**
   * Sends a card that says since when the camera is away; false where it can have none.
   *
   * @param away how long it is away by now
   * @param wanted whether it is shown though the last key frame could be sent again
   */
  public boolean showCard(Instant since, Duration away, boolean wanted, long now) {
    if (pictures == null || !(wanted || pictures.needsCard())) {
      return false;
    }
    List<ByteBuf> payloads =
        pictures.format().map(format -> card.next(format, since, away)).orElse(List.of());
    if (payloads.isEmpty()) {
      return false;
    }
    pictures.show(payloads, now);
    payloads.forEach(ByteBuf::release);
    return true;
  }

  /** Sends what the tracks' sender reports say. */
  public void report(long now) {
    report((rtcp, track) -> outlets.report(track, rtcp), now);
  }

  private void report(ObjIntConsumer<ByteBuf> to, long now) {
    for (int track = 0; track < tracks.size(); track++) {
      report(track, to, now);
    }
  }

  private void report(int track, ObjIntConsumer<ByteBuf> to, long now) {
    TrackOutput output = tracks.get(track);
    if (output.isReportable()) {
      ByteBuf rtcp = Unpooled.wrappedBuffer(output.report(name, now));
      to.accept(rtcp, track);
      rtcp.release();
    }
  }

  // ---- Key frames

  /** A reader has missed something, and goes on with the next key frame. */
  public void missed(long now) {
    demand.missed(now);
  }

  /** Asks again for a key frame that did not come. */
  public void tick(long now) {
    demand.tick(now);
  }

  // ---- Who gets it

  /** Adds a reader, which begins at once. */
  public void add(ReaderSlot slot, EventLoop readerLoop, long now) {
    outlets.add(slot, readerLoop);
    begin(slot, readerLoop, now);
  }

  /** A reader begins, or goes on after a pause. */
  public void begin(ReaderSlot slot, EventLoop readerLoop, long now) {
    if (!outlets.has(readerLoop)) {
      return;
    }
    OptionalLong due =
        tracks.stream()
            .map(track -> track.times().due(now))
            .flatMapToLong(OptionalLong::stream)
            .reduce((a, b) -> b - a > 0 ? b : a);
    List<NextPacket> next = tracks.stream().map(track -> track.next(due, now)).toList();
    List<OutgoingPacket> group = pictures == null ? List.of() : pictures.group();
    if (group.isEmpty() && slot.takes(video)) {
      demand.need(now);
    }
    outlets.begin(slot, readerLoop, group, next);
    report((rtcp, track) -> outlets.report(readerLoop, track, rtcp), now);
  }

  /** A reader is gone. */
  public void remove(ReaderSlot slot, EventLoop readerLoop) {
    outlets.remove(slot, readerLoop);
  }

  /** Adds a viewer, which is handed the frames since the last key frame at once. */
  public void add(FrameViewer viewer, long now) {
    viewers.add(viewer);
    if (pictures == null || !viewers.hasVideoTime()) {
      return;
    }
    List<OutgoingPacket> group = pictures.group();
    if (group.isEmpty()) {
      demand.need(now);
    }
    try {
      viewers.begin(viewer, offered.get(video).media(), group);
    } finally {
      group.forEach(OutgoingPacket::release);
    }
  }

  /** A viewer is gone. */
  public void remove(FrameViewer viewer) {
    viewers.remove(viewer);
  }

  /** Ends all readers and viewers, and lets everything go. */
  public void end(String reason) {
    outlets.end(reason);
    viewers.end(reason);
    release();
  }

  /** Lets go what is kept for readers that come. */
  public void release() {
    if (pictures != null) {
      pictures.release();
    }
    others.values().forEach(PlainTrack::release);
    tracks.forEach(TrackOutput::release);
  }

  /** What readers are offered. */
  public List<SourceTrack> offered() {
    return offered;
  }

  /** Whether there is a video whose frames are understood. */
  public boolean hasVideo() {
    return video >= 0;
  }
}
