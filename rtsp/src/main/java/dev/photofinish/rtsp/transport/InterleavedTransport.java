package dev.photofinish.rtsp.transport;

import dev.photofinish.rtsp.codec.InterleavedFrame;
import dev.photofinish.rtsp.dialogue.Track;
import dev.photofinish.rtsp.dialogue.TrackTransport;
import dev.photofinish.rtsp.message.Pair;
import dev.photofinish.rtsp.stream.TrackArrivals;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Media as frames on the RTSP connection (RFC 2326 section 10.12): each channel belongs to a track,
 * as it was set up. Where a camera gave one channel to several tracks, the payload type tells them
 * apart.
 */
final class InterleavedTransport implements MediaTransport {
  private static final Logger LOG = LoggerFactory.getLogger(InterleavedTransport.class);
  private static final int CHANNELS = 256;

  private final TrackReceiver.Sink sink;
  private final Consumer<InterleavedFrame> writer;

  /** By channel; empty where nothing was set up, several where a camera gave it to several. */
  private final TrackReceiver[][] receivers = new TrackReceiver[CHANNELS][];

  /** By channel: whether RTCP alone is due on it. */
  private final boolean[] control = new boolean[CHANNELS];

  private List<Pair> channels = List.of();
  private boolean strangersSaid;

  /**
   * @param sink takes what comes
   * @param writer writes our frames to the connection
   */
  InterleavedTransport(TrackReceiver.Sink sink, Consumer<InterleavedFrame> writer) {
    this.sink = sink;
    this.writer = writer;
    Arrays.fill(receivers, new TrackReceiver[0]);
  }

  @Override
  public List<TrackArrivals> assign(List<Track> tracks) {
    Arrays.fill(receivers, new TrackReceiver[0]);
    Arrays.fill(control, true);
    List<Pair> assigned = new ArrayList<>();
    List<TrackArrivals> arrivals = new ArrayList<>();
    for (Track track : tracks) {
      TrackReceiver receiver = new TrackReceiver(assigned.size(), track, sink);
      Pair pair = ((TrackTransport.Interleaved) track.transport()).channels();
      assigned.add(pair);
      arrivals.add(receiver.arrivals());
      add(receiver, pair.rtp());
      if (pair.rtcp() != pair.rtp()) {
        add(receiver, pair.rtcp());
      }
      control[pair.rtp()] = false;
    }
    channels = List.copyOf(assigned);
    return arrivals;
  }

  private void add(TrackReceiver receiver, int channel) {
    TrackReceiver[] there = receivers[channel];
    TrackReceiver[] more = Arrays.copyOf(there, there.length + 1);
    more[there.length] = receiver;
    receivers[channel] = more;
  }

  /** A frame came whose content is the {@code length} bytes at {@code index}. */
  void frame(int channel, ByteBuf in, int index, int length, long now) {
    TrackReceiver receiver = receiver(receivers[channel], in, index, length);
    if (receiver == null) {
      stranger(channel);
    } else if (control[channel]) {
      receiver.control(in, index, length, now);
    } else {
      receiver.packet(in, index, length, now);
    }
  }

  /** RTCP on a channel that several share is taken for the first one's. */
  private static @Nullable TrackReceiver receiver(
      TrackReceiver[] there, ByteBuf in, int index, int length) {
    for (TrackReceiver receiver : there) {
      if (there.length == 1 || receiver.describes(in, index, length)) {
        return receiver;
      }
    }
    return there.length > 0 && TrackReceiver.isRtcp(in, index, length) ? there[0] : null;
  }

  private void stranger(int channel) {
    if (!strangersSaid) {
      strangersSaid = true;
      LOG.debug(
          "{}: frames on channel {}, which nothing was set up on, are ignored",
          sink.remote(),
          channel);
    }
  }

  @Override
  public void report(int track, byte[] compound) {
    writer.accept(
        new InterleavedFrame(channels.get(track).rtcp(), Unpooled.wrappedBuffer(compound)));
  }
}
