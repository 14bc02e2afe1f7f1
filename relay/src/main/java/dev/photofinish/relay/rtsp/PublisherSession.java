package dev.photofinish.relay.rtsp;

import dev.photofinish.relay.source.Publication;
import dev.photofinish.rtp.ReceiverReports;
import dev.photofinish.rtsp.client.MediaStream;
import dev.photofinish.rtsp.dialogue.server.ServedStream;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session of a publisher: the ways that its tracks come, and while it records, what comes. Used
 * on the event loop of its connection.
 */
final class PublisherSession {
  private static final Logger LOG = LoggerFactory.getLogger(PublisherSession.class);

  private final ServerContext context;
  private final String id;
  private final String name;
  private final ServedStream stream;
  private final EventLoop loop;
  private final String publisher;
  private final ReceiverReports reports;

  /** By the index of the track in the announcement. */
  private final Map<Integer, Way> ways = new TreeMap<>();

  private final List<ReceivedTrack> tracks = new ArrayList<>();
  private @Nullable Publication publication;
  private List<MediaStream> published = List.of();
  private long since;

  private record Way(TrackInput input, String transport) {}

  /**
   * @param name of the stream
   * @param publisher human-readable
   */
  PublisherSession(
      ServerContext context,
      String id,
      String name,
      ServedStream stream,
      EventLoop loop,
      String publisher) {
    this.context = context;
    this.id = id;
    this.name = name;
    this.stream = stream;
    this.loop = loop;
    this.publisher = publisher;
    this.reports = new ReceiverReports(context.random().nextInt() & 0xffff_ffffL);
  }

  String id() {
    return id;
  }

  /** A track comes this way. */
  void open(int track, TrackInput input, String transport) {
    close(track);
    ways.put(track, new Way(input, transport));
  }

  void close(int track) {
    Way way = ways.remove(track);
    if (way != null) {
      way.input.close();
    }
  }

  /** What it sends: of what was announced, the tracks that are set up. */
  List<MediaStream> media() {
    List<MediaStream> media = new ArrayList<>();
    for (int track : ways.keySet()) {
      media.add(MediaStream.of(media.size(), stream.media().get(track), false));
    }
    return List.copyOf(media);
  }

  /**
   * The place is its own.
   *
   * @param media that it was taken with
   */
  void prepared(Publication place, List<MediaStream> media) {
    publication = place;
    published = media;
  }

  /** RECORD is answered: what comes counts. */
  void record() {
    Publication place = publication;
    if (place == null) {
      return;
    }
    for (Way way : ways.values()) {
      tracks.add(
          new ReceivedTrack(
              published.get(tracks.size()), way.input, place, loop, context.clock(), reports));
    }
    since = context.clock().nanoTime();
    String transports =
        ways.values().stream()
            .map(Way::transport)
            .distinct()
            .sorted()
            .collect(Collectors.joining("+"));
    LOG.info("{} publishes {} over {}", publisher, name, transports);
  }

  void frame(int channel, ByteBuf content) {
    for (Way way : ways.values()) {
      if (way.input.frame(channel, content)) {
        return;
      }
    }
  }

  /** Gives its place to others. */
  void pause() {
    stop("its publisher paused");
  }

  private void stop(String reason) {
    Publication place = publication;
    publication = null;
    if (!tracks.isEmpty()) {
      sayLeft(reason);
    }
    tracks.forEach(ReceivedTrack::close);
    tracks.clear();
    if (place != null) {
      place.close(reason);
    }
  }

  private void sayLeft(String reason) {
    LOG.info(
        "{} no longer publishes {} after {} s: {}; {} packets, {} lost",
        publisher,
        name,
        TimeUnit.NANOSECONDS.toSeconds(context.clock().nanoTime() - since),
        reason,
        tracks.stream().mapToLong(ReceivedTrack::packets).sum(),
        tracks.stream().mapToLong(ReceivedTrack::lost).sum());
  }

  /** Ends it. */
  void end(String reason) {
    stop(reason);
    ways.values().forEach(way -> way.input.close());
    ways.clear();
  }
}
