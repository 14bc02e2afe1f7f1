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

  private final TrackReceiver.Sink sink;
  private final Consumer<InterleavedFrame> writer;

  /**
   * A channel that was set up.
   *
   * @param control whether RTCP alone is due on it
   */
  private record Assigned(int channel, boolean control, TrackReceiver receiver) {
    boolean takes(ByteBuf in, int index, int length) {
      return TrackReceiver.isRtcp(in, index, length)
          || (!control && receiver.describes(in, index, length));
    }
  }

  /** Few: looked through for each frame, which costs less than a table of all that there may be. */
  private Assigned[] assigned = {};

  private List<Pair> channels = List.of();
  private final OldSources oldSources = new OldSources();
  private boolean strangersSaid;

  /**
   * @param sink takes what comes
   * @param writer writes our frames to the connection
   */
  InterleavedTransport(TrackReceiver.Sink sink, Consumer<InterleavedFrame> writer) {
    this.sink = sink;
    this.writer = writer;
  }

  @Override
  public List<TrackArrivals> assign(List<Track> tracks) {
    assigned = new Assigned[0];
    List<Pair> pairs = new ArrayList<>();
    List<TrackArrivals> arrivals = new ArrayList<>();
    for (Track track : tracks) {
      Pair pair = ((TrackTransport.Interleaved) track.transport()).channels();
      TrackReceiver receiver =
          new TrackReceiver(pairs.size(), track, sink, pair.rtp() == pair.rtcp());
      pairs.add(pair);
      arrivals.add(receiver.arrivals());
      add(receiver, pair.rtp(), false);
      if (pair.rtcp() != pair.rtp()) {
        add(receiver, pair.rtcp(), true);
      }
    }
    channels = List.copyOf(pairs);
    return arrivals;
  }

  private void add(TrackReceiver receiver, int channel, boolean control) {
    assigned = Arrays.copyOf(assigned, assigned.length + 1);
    assigned[assigned.length - 1] = new Assigned(channel, control, receiver);
  }

  private @Nullable Assigned assigned(int channel) {
    for (Assigned known : assigned) {
      if (known.channel == channel) {
        return known;
      }
    }
    return null;
  }

  /**
   * Some cameras send a media by the channels of another: a payload type that only that media has
   * says whose it is.
   */
  private Assigned described(Assigned due, ByteBuf in, int index, int length) {
    for (Assigned other : assigned) {
      boolean others = !other.control && !other.receiver.equals(due.receiver);
      if (others && other.receiver.describes(in, index, length)) {
        return other;
      }
    }
    return due;
  }

  /** A frame came before anything was set up on this connection: it is of an older session. */
  void early(ByteBuf in, int index, int length) {
    oldSources.add(in, index, length);
  }

  /** A frame came whose content is the {@code length} bytes at {@code index}. */
  void frame(int channel, ByteBuf in, int index, int length, long now) {
    Assigned due = assigned(channel);
    if (due == null || oldSources.areOf(in, index, length)) {
      stranger(channel);
      return;
    }
    Assigned to = due.takes(in, index, length) ? due : described(due, in, index, length);
    TrackReceiver receiver = to.receiver;
    int left = receiver.decrypt(in, index, length, to.control);
    if (left < 0) {
      return;
    }
    if (to.control) {
      receiver.control(in, index, left, now);
    } else {
      receiver.packet(in, index, left, now);
    }
  }

  private void stranger(int channel) {
    if (!strangersSaid) {
      strangersSaid = true;
      LOG.debug(
          "{}: frames on channel {} of what was not set up here are ignored",
          sink.remote(),
          channel);
    }
  }

  @Override
  public void send(int track, byte[] packet) {
    write(channels.get(track).rtp(), packet);
  }

  @Override
  public void report(int track, byte[] compound) {
    write(channels.get(track).rtcp(), compound);
  }

  private void write(int channel, byte[] bytes) {
    writer.accept(new InterleavedFrame(channel, Unpooled.wrappedBuffer(bytes)));
  }
}
