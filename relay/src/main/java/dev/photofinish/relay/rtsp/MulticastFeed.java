package dev.photofinish.relay.rtsp;

import dev.photofinish.relay.source.Attachment;
import dev.photofinish.relay.source.OutgoingPacket;
import dev.photofinish.relay.source.ReaderInfo;
import dev.photofinish.relay.source.Source;
import dev.photofinish.relay.source.SourceReader;
import dev.photofinish.relay.source.TrackStart;
import dev.photofinish.rtsp.message.Pair;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Ticker;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One source sent to one group: one reader of the source for all that asked for multicast. It is
 * attached from the first of them to the last.
 */
final class MulticastFeed implements SourceReader {
  private static final Logger LOG = LoggerFactory.getLogger(MulticastFeed.class);

  private final Source source;
  private final InetAddress group;
  private final int firstPort;
  private final int tracks;

  /** By track. */
  private final InetSocketAddress[] rtp;

  private final InetSocketAddress[] rtcp;
  private final Channel channel;
  private final PacedSender sender;
  private final Set<Consumer<String>> members = new HashSet<>();
  private @Nullable Attachment attachment;
  private boolean over;

  /**
   * @param channel that the group is sent from
   * @param tracks of the source
   */
  MulticastFeed(
      Source source,
      InetAddress group,
      int firstPort,
      int tracks,
      Channel channel,
      Ticker clock,
      int queueBytes) {
    this.source = source;
    this.group = group;
    this.firstPort = firstPort;
    this.tracks = tracks;
    this.channel = channel;
    this.sender = new PacedSender(channel, clock, queueBytes);
    this.rtp = new InetSocketAddress[tracks];
    this.rtcp = new InetSocketAddress[tracks];
    for (int track = 0; track < tracks; track++) {
      rtp[track] = new InetSocketAddress(group, ports(track).rtp());
      rtcp[track] = new InetSocketAddress(group, ports(track).rtcp());
    }
  }

  InetAddress group() {
    return group;
  }

  final Pair ports(int track) {
    return new Pair(firstPort + 2 * track, firstPort + 2 * track + 1);
  }

  /**
   * Another reader receives the group, which is sent to from the first on.
   *
   * @param member takes why the source has ended, if it does
   */
  synchronized void join(Consumer<String> member) {
    members.add(member);
    if (attachment == null && !over) {
      Set<Integer> all = IntStream.range(0, tracks).boxed().collect(Collectors.toSet());
      var info = new ReaderInfo(group.getHostAddress() + ":" + firstPort, "multicast", "");
      LOG.info("{} is sent to group {}", source.name(), info.address());
      attachment = source.attach(this, info, all, channel.eventLoop());
    }
  }

  /** A reader left; true if it was the last one, so that nothing is sent any more. */
  synchronized boolean leave(Consumer<String> member) {
    return members.remove(member) && members.isEmpty();
  }

  synchronized boolean isOver() {
    return over;
  }

  synchronized void close() {
    if (over) {
      return;
    }
    over = true;
    if (attachment != null) {
      attachment.close();
      LOG.info("{} is not sent to group {} any more", source.name(), group.getHostAddress());
    }
    channel
        .eventLoop()
        .execute(
            () -> {
              sender.close();
              Future<?> unused = channel.close();
            });
  }

  @Override
  public void started(List<TrackStart> starts) {
    // Readers come and go: each finds its own beginning.
  }

  @Override
  public boolean hasRoom() {
    return sender.hasRoom();
  }

  @Override
  public void send(OutgoingPacket packet) {
    sender.send(packet.rtp().retain(), rtp[packet.track()]);
  }

  @Override
  public void report(int track, ByteBuf report) {
    var packet = new DatagramPacket(report.retainedDuplicate(), rtcp[track]);
    Future<?> unused = channel.write(packet, channel.voidPromise());
  }

  @Override
  public void flush() {
    sender.flush();
  }

  @Override
  public void ended(String reason) {
    close();
    members().forEach(member -> member.accept(reason));
  }

  private synchronized List<Consumer<String>> members() {
    return List.copyOf(members);
  }
}
