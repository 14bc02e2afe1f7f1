package dev.photofinish.rtsp.client;

import dev.photofinish.rtp.NtpTime;
import dev.photofinish.rtp.RtcpPacket;
import dev.photofinish.rtp.RtpWriter;
import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.Packetizer;
import dev.photofinish.rtp.format.PayloadFormats;
import dev.photofinish.rtp.format.RandomAccess;
import dev.photofinish.rtp.format.Ticks;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the RTP packets and sender reports of frames. Timestamps follow the frames' time, which is
 * that of all media; a report says which time of day that is, before the first packet of each
 * connection and then every 5 s.
 *
 * <p>A frame is sent whole or not at all. Video begins with a key frame on each connection, and
 * after a frame that found no room.
 */
final class FrameSender {
  /** Fits everywhere, with the headers of a tunnel. */
  private static final int MOST_PAYLOAD = 1_200;

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  /** RFC 3550 section 6.2: the least interval. */
  private static final long REPORT_EVERY = 5 * SECOND;

  /** The connection that records now. */
  interface Outlet {
    /** Whether so much waits that the next frame is to be dropped. */
    boolean isFull();

    /** Sends a packet of a track, full or not; it stays the caller's. */
    void write(int track, boolean control, ByteBuf packet);
  }

  private final List<MediaStream> media;
  private final List<@Nullable Track> tracks = new ArrayList<>();
  private final RandomGenerator random;
  private final InstantSource clock;
  private final String name;
  private @Nullable Outlet last;

  /** The time of day of the frames' time 0 in nanoseconds since 1970; null before the first. */
  private @Nullable Long origin;

  private final AtomicLong packets = new AtomicLong();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();

  FrameSender(List<MediaStream> media, RandomGenerator random, InstantSource clock) {
    this.media = media;
    this.random = random;
    this.clock = clock;
    this.name = "photofinish-" + Integer.toUnsignedString(random.nextInt());
    media.forEach(stream -> tracks.add(null));
  }

  /** The fate of a frame. */
  enum Outcome {
    SENT,
    DROPPED,
    /** Dropped, as the first that found no room. */
    FELL_BEHIND
  }

  /**
   * Sends a frame, which stays the caller's.
   *
   * @param outlet null where nothing records
   * @throws IllegalArgumentException if it is of a media that was not announced, or in another form
   */
  synchronized Outcome send(Frame frame, @Nullable Outlet outlet) {
    Track track = track(frame.track());
    if (outlet != last) {
      last = outlet;
      tracks.stream().flatMap(Stream::ofNullable).forEach(Track::connected);
    }
    Outcome outcome = outcome(frame, track, outlet);
    (outcome == Outcome.SENT ? sent : dropped).incrementAndGet();
    return outcome;
  }

  private Outcome outcome(Frame frame, Track track, @Nullable Outlet outlet) {
    if (outlet == null || (track.waits && !begins(frame))) {
      return Outcome.DROPPED;
    }
    if (outlet.isFull()) {
      boolean first = tracks.stream().flatMap(Stream::ofNullable).noneMatch(t -> t.behind);
      track.behind = true;
      track.waits = frame.codec().kind() == Codec.Kind.VIDEO;
      return first ? Outcome.FELL_BEHIND : Outcome.DROPPED;
    }
    track.behind = false;
    track.waits = false;
    track.send(frame, outlet);
    return Outcome.SENT;
  }

  /** Packets of RTP that were sent. */
  long packets() {
    return packets.get();
  }

  long sent() {
    return sent.get();
  }

  long dropped() {
    return dropped.get();
  }

  private static boolean begins(Frame frame) {
    return frame.randomAccess() != RandomAccess.NONE && !frame.isDamaged();
  }

  private Track track(int index) {
    if (index < 0 || index >= media.size()) {
      throw new IllegalArgumentException(
          "frame: media " + index + " was not announced; expected 0 to " + (media.size() - 1));
    }
    Track known = tracks.get(index);
    if (known == null) {
      known = new Track(media.get(index));
      tracks.set(index, known);
    }
    return known;
  }

  /** The source of the packets of one media. */
  private final class Track {
    private final MediaStream stream;
    private final Packetizer packetizer;
    private final long ssrc = Integer.toUnsignedLong(random.nextInt());
    private final RtpWriter writer;
    private final long offset = random.nextInt();

    /** Whether only a frame that a reader can begin with is sent. */
    private boolean waits;

    /** Whether the last frame found no room. */
    private boolean behind;

    private boolean reported;
    private long reportDue;

    Track(MediaStream stream) {
      this.stream = stream;
      this.packetizer =
          PayloadFormats.packetizer(stream.payloadFormat(), MOST_PAYLOAD)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "frame: frames of "
                              + stream.codec()
                              + " cannot be sent as it was announced; expected a media of"
                              + " MediaStream.of(index, frameFormat)"));
      this.writer = new RtpWriter(ssrc, stream.payloadType(), random.nextInt(1 << Short.SIZE));
      connected();
    }

    void connected() {
      waits = "video".equals(stream.media());
      behind = false;
      reported = false;
    }

    void send(Frame frame, Outlet outlet) {
      long time = frame.time();
      long timestamp = offset + Ticks.of(time, stream.clockRate());
      if (!reported || time - reportDue >= 0) {
        report(time, timestamp, outlet);
      }
      packetizer.packetize(
          frame,
          timestamp,
          (payload, at, marker) -> {
            ByteBuf packet = writer.packet(payload, at, marker);
            outlet.write(stream.index(), false, packet);
            packet.release();
            packets.incrementAndGet();
          });
    }

    /** RFC 3550 section 6.4.1. */
    private void report(long time, long timestamp, Outlet outlet) {
      reported = true;
      reportDue = time + REPORT_EVERY;
      var report =
          new RtcpPacket.SenderReport(
              ssrc,
              NtpTime.of(timeOfDay(time)),
              timestamp & 0xffff_ffffL,
              writer.packets() & 0xffff_ffffL,
              writer.octets() & 0xffff_ffffL,
              List.of());
      ByteBuf packet =
          Unpooled.wrappedBuffer(
              RtcpPacket.write(List.of(report, RtcpPacket.SourceDescription.of(ssrc, name))));
      outlet.write(stream.index(), true, packet);
      packet.release();
    }
  }

  /** The first frame of all is taken for one of now. */
  private long timeOfDay(long time) {
    if (origin == null) {
      Instant now = clock.instant();
      origin = now.getEpochSecond() * SECOND + now.getNano() - time;
    }
    return origin + time;
  }
}
