package dev.photofinish.cli.gst;

import dev.photofinish.cli.command.UsageException;
import dev.photofinish.cli.watch.CameraName;
import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.relay.RelayedCamera;
import dev.photofinish.relay.RelayedCameraOptions;
import dev.photofinish.relay.RelayedCameraOptions.WhileAway;
import dev.photofinish.relay.source.Attachment;
import dev.photofinish.relay.source.OutgoingPacket;
import dev.photofinish.relay.source.ReaderInfo;
import dev.photofinish.relay.source.Source;
import dev.photofinish.relay.source.SourceReader;
import dev.photofinish.relay.source.SourceTrack;
import dev.photofinish.relay.source.TrackStart;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.CameraFailedException;
import dev.photofinish.rtsp.client.CameraStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The stream of one element, from {@code open} to {@code close}: the one reader of a relayed
 * camera, so that its tracks go on as one source of RTP over all connections. Everything happens on
 * the event loop of the socket.
 */
final class ElementStream implements SourceReader {
  /** The element shows a gap as such, and it is open for as long as it wants. */
  private static final RelayedCameraOptions OPTIONS =
      RelayedCameraOptions.defaults().withWhileAway(WhileAway.KEEP);

  private static final ReaderInfo INFO = new ReaderInfo("the host", "pipeline", "photofinishsrc");

  private final int element;
  private final SourceProcess process;
  private final HostWriter writer;
  private final Channel channel;
  private final PacketBatch batch;

  /** The tracks whose next packet is the first after a gap. */
  private final BitSet gaps = new BitSet();

  private @Nullable ElementEvents events;
  private @Nullable RelayedCamera camera;
  private @Nullable Attachment attachment;
  private final ElementBackChannel backChannel = new ElementBackChannel();
  final ElementCertificates certificates;
  private String description = "";
  private int tracks;
  private long dropped;
  private boolean over;

  ElementStream(int element, SourceProcess process, HostWriter writer) {
    this.element = element;
    this.process = process;
    this.writer = writer;
    this.channel = writer.channel();
    this.batch = new PacketBatch(channel, element);
    this.certificates = new ElementCertificates(element, writer);
  }

  /** The name of its camera in the relay. */
  private String name() {
    return "element-" + Integer.toUnsignedString(element);
  }

  // ---- From open to close

  void open(OpenRequest request) {
    try {
      Camera wanted = request.camera(process.environment(), certificates);
      events =
          new ElementEvents(
              new CameraName(wanted.toString(), null),
              process.elapsed(),
              line -> onLoop(() -> event(line)),
              new Life());
      process.listeners().put(name(), events);
      camera = process.relay().add(name(), wanted, OPTIONS);
      describe(camera.source());
    } catch (InvalidOptionException | UsageException e) {
      fail(ElementError.of(e));
    }
  }

  private void describe(Source source) {
    CompletableFuture<?> unused =
        source
            .describe()
            .toCompletableFuture()
            .whenComplete((tracks, failure) -> onLoop(() -> described(source, tracks)));
  }

  /**
   * The camera has described itself.
   *
   * @param described null if it did not within the usual time
   */
  private void described(Source source, @Nullable List<SourceTrack> described) {
    if (over) {
      return;
    }
    if (described == null) {
      describe(source);
      return;
    }
    String sdp =
        camera == null
            ? ""
            : camera.stream().flatMap(CameraStream::description).orElse(description);
    description(sdp);
    writer.message(
        Wire.text(allocator(), Wire.TRACKS, element, TrackDescriptions.tracks(described, sdp)));
    tracks = described.size();
    backChannel
        .described(source)
        .map(media -> TrackDescriptions.backChannel(tracks, media))
        .ifPresent(
            json -> writer.message(Wire.text(allocator(), Wire.BACK_CHANNEL, element, json)));
    gaps.set(0, tracks);
    attachment =
        source.attach(
            this,
            INFO,
            described.stream().map(SourceTrack::index).collect(Collectors.toSet()),
            channel.eventLoop());
  }

  /** The camera's SDP, where it is another one than before. */
  private void description(String sdp) {
    if (!over && !sdp.isEmpty() && !sdp.equals(description)) {
      description = sdp;
      writer.message(Wire.text(allocator(), Wire.DESCRIPTION, element, sdp));
    }
  }

  private void event(String line) {
    if (!over) {
      batch.write();
      writer.message(Wire.text(allocator(), Wire.EVENT, element, line));
    }
  }

  private final class Life implements ElementEvents.Life {
    @Override
    public void played() {
      onLoop(() -> end(Wire.empty(allocator(), Wire.EOS, element)));
    }

    @Override
    public void described(String sdp) {
      onLoop(() -> description(sdp));
    }

    @Override
    public void failed(CameraFailedException failure) {
      onLoop(() -> fail(ElementError.of(failure)));
    }
  }

  private void fail(ElementError error) {
    end(Wire.text(allocator(), Wire.ERROR, element, error.json()));
  }

  /** Ends it with its last message but one. */
  private void end(ByteBuf last) {
    if (over) {
      last.release();
      return;
    }
    batch.write();
    writer.message(last);
    stop();
  }

  /** Ends it without a word; its camera gets a TEARDOWN. */
  void stop() {
    over = true;
    batch.release();
    process.listeners().remove(name());
    backChannel.close();
    certificates.close();
    if (attachment != null) {
      attachment.close();
    }
    if (camera != null) {
      process.relay().remove(name());
    }
  }

  /** The host ends it: nothing is sent of it but this answer. */
  void close() {
    stop();
    writer.message(Wire.empty(allocator(), Wire.CLOSED, element));
  }

  void requestKeyFrame() {
    if (attachment != null) {
      attachment.requestKeyFrame();
    }
  }

  void statistics(int number) {
    if (events == null) {
      return;
    }
    String json =
        ElementStatistics.json(
            events.state(),
            events.lastRace(),
            camera == null ? null : camera.status().statistics(),
            attachment == null ? 0 : attachment.dropped());
    writer.message(Wire.answer(allocator(), Wire.STATS, element, number, json));
  }

  void parameter(int number, ParameterRequest request) {
    CameraStream stream = camera == null ? null : camera.stream().orElse(null);
    CompletionStage<?> unused =
        request.send(stream).thenAccept(json -> onLoop(() -> parameterAnswer(number, json)));
  }

  private void parameterAnswer(int number, String json) {
    if (!over) {
      writer.message(Wire.answer(allocator(), Wire.PARAMETER_ANSWER, element, number, json));
    }
  }

  /** Audio for the camera. */
  void talk(ByteBuf packet) {
    if (!over) {
      backChannel.send(packet);
    }
  }

  private ByteBufAllocator allocator() {
    return channel.alloc();
  }

  private void onLoop(Runnable task) {
    channel.eventLoop().execute(task);
  }

  // ---- What its camera sends

  @Override
  public void started(List<TrackStart> starts) {}

  @Override
  public boolean hasRoom() {
    return channel.isWritable();
  }

  @Override
  public void send(OutgoingPacket packet) {
    if (over) {
      return;
    }
    Attachment place = attachment;
    if (place != null && place.dropped() != dropped) {
      dropped = place.dropped();
      gaps.set(0, tracks);
    }
    boolean first = packet.isDiscontinuity() || gaps.get(packet.track());
    gaps.clear(packet.track());
    batch.add(packet, first);
  }

  @Override
  public void report(int track, ByteBuf rtcp) {
    if (!over) {
      batch.write();
      writer.message(Wire.rtcp(allocator(), element, track, rtcp));
    }
  }

  @Override
  public void flush() {
    if (!over) {
      batch.write();
      channel.flush();
    }
  }

  /** Its media have changed, so that it begins again with others. */
  @Override
  public void ended(String reason) {
    if (!over && camera != null) {
      batch.write();
      describe(camera.source());
    }
  }
}
