package dev.photofinish.media.container;

import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.FrameFormat;
import dev.photofinish.rtp.format.RandomAccess;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The media that have come, and those that the header names. */
final class TrackTable {
  /** Media of a stream; more come from nobody. */
  private static final int MOST = 32;

  private final Container container;
  private final FragmentOutput output;
  private final NavigableMap<Integer, Seen> seen = new TreeMap<>();
  private final Set<Integer> leftOut = new HashSet<>();
  private final Map<Integer, Track> inHeader = new HashMap<>();
  private boolean stale;

  TrackTable(Container container, FragmentOutput output) {
    this.container = container;
    this.output = output;
  }

  /** A media as its last frames describe it. */
  private record Seen(FrameFormat format, ByteBuf head) {}

  /** Whether frames of this media can be in the container; says it once where they cannot. */
  @SuppressWarnings("ReferenceEquality") // most frames have the very object of the one before
  boolean takes(Frame frame) {
    Seen known = seen.get(frame.track());
    if (known == null || known.format != frame.format()) {
      String problem = problem(frame);
      if (problem != null) {
        if (leftOut.size() < MOST && leftOut.add(frame.track())) {
          output.leftOut(frame.track(), problem);
        }
        return false;
      }
      boolean same = known != null && known.format.equals(frame.format());
      seen.put(
          frame.track(),
          new Seen(frame.format(), known != null && same ? known.head : head(frame)));
    }
    return true;
  }

  private @Nullable String problem(Frame frame) {
    if (seen.size() >= MOST && !seen.containsKey(frame.track())) {
      return "more than " + MOST + " media in one container are not supported";
    }
    return container.problem(frame.format()).orElse(null);
  }

  private static ByteBuf head(Frame frame) {
    ByteBuf content = frame.content();
    int length = Math.min(Track.HEAD_BYTES, content.readableBytes());
    return Unpooled.wrappedBuffer(ByteBufUtil.getBytes(content, content.readerIndex(), length));
  }

  int count() {
    return seen.size();
  }

  boolean hasVideo() {
    return seen.values().stream().anyMatch(TrackTable::isVideo);
  }

  private static boolean isVideo(Seen media) {
    return media.format.codec().kind() == Codec.Kind.VIDEO;
  }

  /** Whether fragments are cut by this media: the first video, or the first of all. */
  boolean isMain(int media) {
    for (Map.Entry<Integer, Seen> entry : seen.entrySet()) {
      if (isVideo(entry.getValue())) {
        return media == entry.getKey();
      }
    }
    return media == seen.firstKey();
  }

  /** Whether a reader could begin with this frame. */
  boolean starts(Frame frame) {
    return isMain(frame.track())
        && frame.randomAccess() != RandomAccess.NONE
        && container.isDescribed(frame.format(), frame.content());
  }

  /** Whether the header describes this frame; where it does not, a new one is needed. */
  @SuppressWarnings("ReferenceEquality") // spares comparing the bytes of parameter sets
  boolean isInHeader(Frame frame) {
    Track track = inHeader.get(frame.track());
    boolean described =
        track != null
            && (track.format() == frame.format()
                || track.format().equals(frame.format())
                || container.continues(track.format(), frame.format()));
    stale |= !described && container.isDescribed(frame.format(), frame.content());
    return described;
  }

  /** Whether frames of a media that is known have another format from now on. */
  boolean changes(Frame frame) {
    Seen known = seen.get(frame.track());
    return known != null && !known.format.equals(frame.format());
  }

  /** The audio of the header. */
  Set<Integer> audio() {
    Set<Integer> audio = new HashSet<>();
    for (Track track : inHeader.values()) {
      if (track.format().codec().kind() == Codec.Kind.AUDIO) {
        audio.add(track.media());
      }
    }
    return audio;
  }

  /** Leaves the main media out of the next header, unless frames of it come again. */
  void forgetMain() {
    List.copyOf(seen.keySet()).stream().filter(this::isMain).findFirst().ifPresent(seen::remove);
  }

  void renewLater() {
    stale = true;
  }

  /** Whether a new header would describe more, or was asked for. */
  boolean isStale() {
    return stale;
  }

  /** The tracks of a new header: all that can be described by now. */
  List<Track> renew() {
    stale = false;
    inHeader.clear();
    List<Track> tracks = new ArrayList<>();
    for (Map.Entry<Integer, Seen> entry : seen.entrySet()) {
      FrameFormat format = entry.getValue().format;
      ByteBuf head = entry.getValue().head;
      if (container.isDescribed(format, head)) {
        int media = entry.getKey();
        Track track = new Track(tracks.size(), media, format, container.timescale(format), head);
        tracks.add(track);
        inHeader.put(media, track);
      }
    }
    return List.copyOf(tracks);
  }
}
