package dev.photofinish.relay.rtsp;

import dev.photofinish.relay.source.Attachment;
import dev.photofinish.relay.source.OutgoingPacket;
import dev.photofinish.relay.source.PacketBatch;
import dev.photofinish.relay.source.ReaderInfo;
import dev.photofinish.relay.source.Source;
import dev.photofinish.relay.source.SourceReader;
import dev.photofinish.relay.source.SourceTrack;
import dev.photofinish.relay.source.TrackStart;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session of a reader: takes what a source sends and gives each track its way. Nothing passes
 * before PLAY is answered. Used on the event loop of the reader's connection.
 */
final class ReaderSession implements SourceReader {
  private static final Logger LOG = LoggerFactory.getLogger(ReaderSession.class);
  private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

  /** Takes what a session has to report. */
  interface Owner {
    /** PLAY may be answered. */
    void prepared(long ticket, List<TrackStart> starts);

    /** The source has ended. */
    void ended(String stream, String reason);
  }

  private final ServerContext context;
  private final EventLoop loop;
  private final FoundSource told;
  private final String address;
  private final String agent;
  private final Owner owner;
  private final ReaderFeedback feedback;

  /** By index, not by iterator: they are gone through for each packet. */
  private final List<Way> ways = new ArrayList<>();

  private @Nullable PacedSender sender;
  private @Nullable Attachment attachment;
  private long ticket;
  private boolean preparing;
  private boolean playing;
  private boolean closed;
  private @Nullable ReaderInfo info;
  private long joinedAt;

  /**
   * @param told what the reader knows of the source
   * @param address of the reader, human-readable
   * @param agent what the reader says of itself, escaped and cut
   */
  ReaderSession(
      ServerContext context,
      EventLoop loop,
      FoundSource told,
      String address,
      String agent,
      Owner owner) {
    this.context = context;
    this.loop = loop;
    this.told = told;
    this.address = address;
    this.agent = agent;
    this.owner = owner;
    this.feedback = new ReaderFeedback(context.clock());
  }

  private record Way(int track, TrackOutput output, String transport, long ssrc) {
    boolean isOfAGroup() {
      return output instanceof MulticastOutput;
    }
  }

  Source source() {
    return told.source();
  }

  @Override
  public boolean isOf(List<SourceTrack> offered) {
    return SourceTrack.areSame(told.tracks(), offered);
  }

  /** Paces the datagrams of all tracks together. */
  PacedSender sender(ServerPorts ports) {
    if (sender == null) {
      sender = new PacedSender(ports.rtp(), context.clock(), context.options().queueBytes());
    }
    return sender;
  }

  /** A track's packets go this way from now on. */
  void open(int track, TrackOutput output, String transport, long ssrc) {
    close(track);
    ways.add(new Way(track, output, transport, ssrc));
  }

  void close(int track) {
    Way way = way(track);
    if (way != null) {
      ways.remove(way);
      way.output.close();
    }
  }

  private @Nullable Way way(int track) {
    for (int i = 0; i < ways.size(); i++) {
      if (ways.get(i).track == track) {
        return ways.get(i);
      }
    }
    return null;
  }

  /** Answers {@link Owner#prepared} when it is known where the packets begin. */
  void prepare(long asked) {
    ticket = asked;
    preparing = true;
    // Not at once: what the source answers must not come within the request that it answers.
    loop.execute(this::attach);
  }

  private void attach() {
    if (!preparing || closed) {
      return;
    }
    Set<Integer> tracks =
        ways.stream().filter(way -> !way.isOfAGroup()).map(Way::track).collect(Collectors.toSet());
    if (tracks.isEmpty() || (attachment != null && playing)) {
      started(List.of());
    } else if (attachment != null) {
      attachment.resume(tracks);
    } else {
      attachment = told.source().attach(this, describe(), tracks, loop);
    }
  }

  private ReaderInfo describe() {
    String transports =
        ways.stream().map(Way::transport).distinct().sorted().collect(Collectors.joining("+"));
    return new ReaderInfo(address, transports, agent);
  }

  /** PLAY is not answered any more. */
  void cancel(long asked) {
    if (preparing && ticket == asked) {
      preparing = false;
      if (attachment != null && !playing) {
        attachment.pause();
      }
    }
  }

  /** PLAY is answered. */
  void play() {
    playing = true;
    if (info == null && !ways.isEmpty()) {
      info = describe();
      joinedAt = context.clock().nanoTime();
      LOG.info(
          "{} reads {} over {}{}",
          address,
          told.name(),
          info.transport(),
          agent.isEmpty() ? "" : " (" + agent + ")");
    }
  }

  void pause() {
    playing = false;
    if (attachment != null) {
      attachment.pause();
    }
  }

  /** Ends it; the reader hears of it by RTCP. */
  void end(String reason) {
    if (closed) {
      return;
    }
    closed = true;
    playing = false;
    if (attachment != null) {
      attachment.close(reason);
      ways.stream()
          .filter(way -> !way.isOfAGroup())
          .forEach(way -> Farewell.send(way.output, way.ssrc));
    }
    ways.forEach(way -> way.output.close());
    ways.clear();
    if (sender != null) {
      sender.close();
    }
    if (info != null) {
      leave(info, reason);
    }
  }

  private void leave(ReaderInfo left, String reason) {
    Attachment counts = attachment;
    double seconds = (context.clock().nanoTime() - joinedAt) / SECOND;
    LOG.info(
        "{} left {} ({}) after {} s: {}; {} bytes in {} packets, {} dropped",
        address,
        told.name(),
        left.transport(),
        Math.round(seconds * 10) / 10.0,
        reason,
        counts == null ? 0 : counts.bytes(),
        counts == null ? 0 : counts.packets(),
        counts == null ? 0 : counts.dropped());
  }

  /** Takes a frame of the connection; false where it is no RTCP of its reader's. */
  boolean frame(int channel, ByteBuf content) {
    var of = ways.stream().filter(way -> way.output.isReport(channel)).findFirst();
    of.ifPresent(way -> reported(way.output.readable(content)));
    return of.isPresent();
  }

  /** RTCP came of the reader; null where it was dropped. */
  void reported(@Nullable ByteBuf compound) {
    if (compound != null && attachment != null && playing && feedback.wantsKeyFrame(compound)) {
      attachment.requestKeyFrame();
    }
  }

  // ---- From the source

  @Override
  public void started(List<TrackStart> starts) {
    if (preparing) {
      preparing = false;
      owner.prepared(ticket, starts);
    }
  }

  @Override
  public boolean hasRoom() {
    if (!playing) {
      return false;
    }
    for (int i = 0; i < ways.size(); i++) {
      if (!ways.get(i).output.hasRoom()) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void send(OutgoingPacket packet) {
    Way way = way(packet.track());
    if (way != null) {
      way.output.send(packet);
    }
  }

  @Override
  public void send(PacketBatch batch) {
    Way way = way(batch.track());
    if (way != null) {
      way.output.send(batch);
    }
  }

  /** Reports go on while the session is paused. */
  @Override
  public void report(int track, ByteBuf rtcp) {
    Way way = info == null ? null : way(track);
    if (way != null) {
      way.output.report(rtcp);
    }
  }

  @Override
  public void flush() {
    for (int i = 0; i < ways.size(); i++) {
      ways.get(i).output.flush();
    }
  }

  @Override
  public void ended(String reason) {
    if (!closed) {
      owner.ended(told.name(), reason);
    }
  }
}
