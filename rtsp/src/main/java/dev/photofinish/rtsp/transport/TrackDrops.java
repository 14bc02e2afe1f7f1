package dev.photofinish.rtsp.transport;

import dev.photofinish.rtsp.dialogue.Track;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The datagrams of one connection's tracks that the kernel dropped: told to its owner, and said.
 */
final class TrackDrops {
  private static final Logger LOG = LoggerFactory.getLogger(TrackDrops.class);

  private final ConnectionContext context;
  private final KernelDrops kernel;
  private final List<KernelDrops.Watch> watches = new ArrayList<>();
  private long dropped;

  TrackDrops(ConnectionContext context, KernelDrops kernel) {
    this.context = context;
    this.kernel = kernel;
  }

  /**
   * Watches the ports of these tracks, and those of others no more.
   *
   * @param ports where the RTP of each comes
   */
  void watch(List<Track> tracks, List<InetSocketAddress> ports) {
    close();
    EventLoop loop = context.channel().eventLoop();
    for (int track = 0; track < tracks.size(); track++) {
      int number = track;
      String media = tracks.get(track).media().type();
      watches.add(
          kernel.watch(
              ports.get(track), count -> onLoop(loop, () -> dropped(number, media, count))));
    }
  }

  private static void onLoop(EventLoop loop, Runnable task) {
    try {
      loop.execute(task);
    } catch (RejectedExecutionException e) {
      LOG.trace("the client was closed meanwhile", e);
    }
  }

  private void dropped(int track, String media, long count) {
    if (context.isOver() || watches.isEmpty()) {
      return;
    }
    if (dropped == 0) {
      LOG.warn(
          "{}: the kernel dropped {} datagrams of {}, which came faster than this process read them;"
              + " a larger receive buffer helps against bursts (sysctl net.core.rmem_max)",
          context.remote(),
          count,
          media);
    }
    dropped += count;
    context.owner().droppedByKernel(track, count);
  }

  void close() {
    watches.forEach(KernelDrops.Watch::close);
    watches.clear();
  }

  /** Says how many it were in all, where the first report did not. */
  void end() {
    close();
    if (dropped > 0) {
      LOG.info("{}: the kernel dropped {} datagrams in all", context.remote(), dropped);
    }
  }
}
