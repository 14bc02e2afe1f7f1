package dev.photofinish.relay.source;

import dev.photofinish.rtsp.client.MediaStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A source that sends what a test says, to all its readers: known packets, in order. */
public class FakeSource implements Source {
  private static final int RTP_HEADER = 12;
  private static final long TICKS = 3_600;

  private final String name;
  private final List<SourceTrack> tracks;
  private final List<Reading> readings = new CopyOnWriteArrayList<>();
  private final int[] next;
  private final long[] timestamp;
  private final List<ByteBuf> sent = new ArrayList<>();
  private CompletableFuture<List<SourceTrack>> description;

  /** A source of H.264 video and G.711 audio. */
  public FakeSource(String name) {
    this(
        name,
        List.of(
            new SourceTrack(
                0,
                new MediaStream(
                    0,
                    "video",
                    "H264",
                    96,
                    90_000,
                    0,
                    "packetization-mode=1;sprop-parameter-sets=Z0LAHtkDxWhAAAADAEAAAAwDxYuS,aMuMsg==",
                    false),
                0x1234_5678L),
            new SourceTrack(
                1, new MediaStream(1, "audio", "PCMU", 0, 8_000, 1, "", false), 0x9abc_def0L)));
  }

  /** A source of these tracks. */
  public FakeSource(String name, List<SourceTrack> tracks) {
    this.name = name;
    this.tracks = tracks;
    this.next = new int[tracks.size()];
    this.timestamp = new long[tracks.size()];
    this.description = CompletableFuture.completedFuture(tracks);
  }

  /** From now on it is not known what it is, until {@code future} is complete. */
  public void describeBy(CompletableFuture<List<SourceTrack>> future) {
    description = future;
  }

  public List<SourceTrack> tracks() {
    return tracks;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public CompletionStage<List<SourceTrack>> describe() {
    return description;
  }

  @Override
  public Attachment attach(
      SourceReader reader, ReaderInfo info, Set<Integer> wanted, EventLoop loop) {
    var reading = new Reading(reader, info, wanted, loop);
    readings.add(reading);
    loop.execute(reading::start);
    return reading;
  }

  @Override
  public View view(FrameViewer viewer, ReaderInfo info) {
    throw new UnsupportedOperationException();
  }

  /** Those that read it now, in the order they came. */
  public List<Reading> readings() {
    return List.copyOf(readings);
  }

  /** Sends {@code count} packets of a track to all that read it now. */
  public void send(int track, int count, int payloadLength) {
    List<OutgoingPacket> packets = new ArrayList<>();
    synchronized (this) {
      for (int i = 0; i < count; i++) {
        packets.add(packet(track, next[track]++, payloadLength));
      }
    }
    deliver(packets);
  }

  /** Hands packets to all that read them, and lets go of them. */
  private void deliver(List<OutgoingPacket> packets) {
    for (Reading reading : readings) {
      packets.forEach(OutgoingPacket::retain);
      reading.loop.execute(() -> reading.deliver(packets));
    }
    packets.forEach(OutgoingPacket::release);
  }

  /** How many packets of a track were made; the number of the next one. */
  public synchronized int made(int track) {
    return next[track];
  }

  /** Packets that someone still holds. */
  public synchronized long held() {
    return sent.stream().filter(bytes -> bytes.refCnt() > 0).count();
  }

  /** Sends a whole RTP packet of a camera under the track's own SSRC and numbers. */
  public void forward(int track, ByteBuf rtp) {
    ByteBuf framed = frame(track, rtp.readableBytes());
    framed.writeBytes(rtp, rtp.readerIndex(), rtp.readableBytes());
    framed.setInt(4 + 8, (int) tracks.get(track).ssrc());
    synchronized (this) {
      framed.setShort(4 + 2, next[track]++);
      timestamp[track] = framed.getUnsignedInt(4 + 4);
      sent.add(framed);
    }
    deliver(List.of(new OutgoingPacket(track, framed.getUnsignedInt(4 + 4), framed)));
  }

  private static ByteBuf frame(int track, int length) {
    return Unpooled.directBuffer(4 + length).writeByte('$').writeByte(2 * track).writeShort(length);
  }

  private OutgoingPacket packet(int track, int number, int payloadLength) {
    timestamp[track] = number * TICKS;
    ByteBuf framed = frame(track, RTP_HEADER + payloadLength);
    framed
        .writeByte(0x80)
        .writeByte(tracks.get(track).media().payloadType())
        .writeShort(number)
        .writeInt((int) timestamp[track])
        .writeInt((int) tracks.get(track).ssrc())
        .writeInt(number)
        .writeZero(payloadLength - 4);
    sent.add(framed);
    return new OutgoingPacket(track, timestamp[track], framed);
  }

  /** Sends an RTCP sender report of a track. */
  public void report(int track) {
    for (Reading reading : readings) {
      reading.loop.execute(() -> reading.report(track, (int) tracks.get(track).ssrc()));
    }
  }

  /** Is over. */
  public void end(String reason) {
    for (Reading reading : readings) {
      reading.loop.execute(() -> reading.reader.ended(reason));
    }
  }

  /** One reader's place. */
  public final class Reading implements Attachment {
    private final SourceReader reader;
    private final ReaderInfo info;
    private volatile Set<Integer> wanted;
    private final EventLoop loop;
    private final AtomicLong packets = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicInteger keyFrameRequests = new AtomicInteger();
    private volatile boolean started;
    private volatile boolean paused;

    private Reading(SourceReader reader, ReaderInfo info, Set<Integer> wanted, EventLoop loop) {
      this.reader = reader;
      this.info = info;
      this.wanted = wanted;
      this.loop = loop;
    }

    public ReaderInfo info() {
      return info;
    }

    public Set<Integer> wanted() {
      return wanted;
    }

    public boolean isStarted() {
      return started;
    }

    public int keyFrameRequests() {
      return keyFrameRequests.get();
    }

    @Override
    public void requestKeyFrame() {
      keyFrameRequests.incrementAndGet();
    }

    public boolean isPaused() {
      return paused;
    }

    private void start() {
      started = true;
      reader.started(wanted.stream().sorted().map(this::start).toList());
    }

    private TrackStart start(int track) {
      synchronized (FakeSource.this) {
        return new TrackStart(track, next[track] & 0xffff, timestamp[track]);
      }
    }

    private void deliver(List<OutgoingPacket> batch) {
      boolean reads = started && !paused && readings.contains(this);
      for (OutgoingPacket packet : batch) {
        if (reads && wanted.contains(packet.track())) {
          give(packet);
        }
        packet.release();
      }
      reader.flush();
    }

    private void give(OutgoingPacket packet) {
      if (reader.hasRoom()) {
        packets.incrementAndGet();
        bytes.addAndGet(packet.rtp().readableBytes());
        reader.send(packet);
      } else {
        dropped.incrementAndGet();
      }
    }

    private void report(int track, int ssrc) {
      ByteBuf report =
          Unpooled.buffer().writeInt(0x80c8_0006).writeInt(ssrc).writeZero(5 * Integer.BYTES);
      reader.report(track, report);
      reader.flush();
      report.release();
    }

    @Override
    public void pause() {
      paused = true;
    }

    @Override
    public void resume(Set<Integer> tracks) {
      wanted = tracks;
      paused = false;
      loop.execute(this::start);
    }

    @Override
    public long dropped() {
      return dropped.get();
    }

    @Override
    public long packets() {
      return packets.get();
    }

    @Override
    public long bytes() {
      return bytes.get();
    }

    @Override
    public void close() {
      readings.remove(this);
    }
  }
}
