package dev.photofinish.relay;

import dev.photofinish.relay.fanout.Fanout;
import dev.photofinish.relay.fanout.KeyFrameDemand;
import dev.photofinish.relay.source.FrameViewer;
import dev.photofinish.relay.source.SourceTrack;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtsp.client.MediaStream;
import dev.photofinish.rtsp.client.RtpPacket;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tracks that readers of a camera are offered, made of the media of each of its connections.
 * Everything happens on the camera's loop, but {@link #offered}.
 */
final class ServedTracks {
  private static final Logger LOG = LoggerFactory.getLogger(ServedTracks.class);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final long SECOND = 1_000_000_000L;

  /** Those who are offered the tracks; called on the camera's loop. */
  interface Readers {
    /** The tracks are known, or they come again. */
    void described();

    /** Those who take frames, whatever the tracks are. */
    List<? extends FrameViewer> viewers();

    /** All are ended. */
    void ended(String reason);
  }

  /** Why readers of other tracks are ended. */
  static final String CHANGED = "the camera's media have changed";

  private final RelayedCamera camera;
  private final Readers readers;
  private final EventLoop loop;
  private final Runnable requestKeyFrame;
  private volatile List<SourceTrack> offered = List.of();
  private @Nullable Fanout fanout;

  /** Of the connection that sends, by the number of the camera's media. */
  private int[] tracks = new int[0];

  /** The media of a connection that has not sent yet; empty where there is none. */
  private List<MediaStream> next = List.of();

  /**
   * @param loop of the camera
   * @param requestKeyFrame asks the camera for one
   */
  ServedTracks(RelayedCamera camera, Readers readers, EventLoop loop, Runnable requestKeyFrame) {
    this.camera = camera;
    this.readers = readers;
    this.loop = loop;
    this.requestKeyFrame = requestKeyFrame;
  }

  /** Empty before the camera was first seen; may be called on any thread. */
  List<SourceTrack> offered() {
    return offered;
  }

  /** Those who get them; empty before the camera was first seen. */
  Optional<Fanout> fanout() {
    return Optional.ofNullable(fanout);
  }

  /** A connection is set up; the one before it may send until it does. */
  void described(List<MediaStream> media) {
    next = media;
    if (fanout == null) {
      offer(media);
      readers.described();
    }
  }

  /** Whether a connection is set up whose first packet has not come. */
  boolean isExpecting() {
    return !next.isEmpty();
  }

  /** A packet of a connection, the last one or the next. */
  @SuppressWarnings("ReferenceEquality") // an equal one may be of the connection before
  void packet(RtpPacket packet, long now) {
    int index = packet.stream().index();
    if (index < next.size() && packet.stream() == next.get(index)) {
      connected(next);
      readers.described();
    }
    int track = track(index);
    if (fanout != null && track >= 0) {
      fanout.packet(track, packet, now);
    }
  }

  /** That of a media of the connection that sends; -1 for one that readers do not know. */
  private int track(int media) {
    return media < tracks.length ? tracks[media] : -1;
  }

  /** A frame of the connection that sends. */
  void frame(MediaStream media, Frame frame, long now) {
    int track = track(media.index());
    if (fanout != null && track >= 0) {
      Instant wall = Instant.now();
      fanout.frame(track, frame, now, wall.getEpochSecond() * SECOND + wall.getNano());
    }
  }

  /**
   * The first packet of another connection. Readers that come are told of its parameters; those
   * that were told others get its parameter sets with each key frame.
   */
  private void connected(List<MediaStream> media) {
    next = List.of();
    Fanout current = fanout;
    TrackMatch match = TrackMatch.of(offered, media);
    if (current == null || !match.fits()) {
      offer(media);
      return;
    }
    tracks = match.tracks();
    List<SourceTrack> present = new ArrayList<>(offered);
    for (MediaStream now : media) {
      int track = tracks[now.index()];
      if (track >= 0) {
        MediaStream told = offered.get(track).media();
        current.interrupted(track, now.payloadType(), TrackMatch.changedSets(told, now));
        present.set(track, offered.get(track).withParameters(now.formatParameters()));
      }
    }
    offered = List.copyOf(present);
  }

  /** Readers are told of these media from now on; those of before cannot be served. */
  private void offer(List<MediaStream> media) {
    if (fanout != null) {
      LOG.info("{}: its media have changed, so its readers have to ask again", camera.name());
      end(CHANGED);
    }
    List<SourceTrack> all = new ArrayList<>();
    tracks = new int[media.size()];
    for (MediaStream one : media) {
      tracks[one.index()] = one.index();
      all.add(new SourceTrack(one.index(), one, RANDOM.nextInt() & 0xffff_ffffL));
    }
    offered = List.copyOf(all);
    Fanout made =
        new Fanout(
            camera.name(),
            loop,
            offered,
            camera.options().groupBytes(),
            ByteBufAllocator.DEFAULT,
            RANDOM,
            new KeyFrameDemand(requestKeyFrame));
    fanout = made;
    readers.viewers().forEach(viewer -> made.add(viewer, System.nanoTime()));
  }

  /** Ends all readers. */
  void end(String reason) {
    readers.ended(reason);
    if (fanout != null) {
      fanout.end(reason);
    }
  }
}
