package dev.photofinish.cli.publish;

import dev.photofinish.cli.watch.CameraName;
import dev.photofinish.cli.watch.StreamWork;
import dev.photofinish.cli.watch.WatchOutput;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.CameraStream;
import dev.photofinish.rtsp.client.MediaStream;
import dev.photofinish.rtsp.client.RtpPacket;
import dev.photofinish.rtsp.client.RtspClient;
import dev.photofinish.rtsp.client.StreamPublisher;
import io.netty.buffer.ByteBuf;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends the packets of one stream on to a server, and reports on it. Where the camera comes back
 * with other media, they are announced again.
 */
final class PublishedStream extends PublishReports implements StreamWork {
  private final CameraName camera;
  private final WatchOutput output;
  private final RtspClient client;
  private final Camera to;
  private volatile @Nullable StreamPublisher publisher;

  // On the stream's event loop.
  private List<MediaStream> announced = List.of();
  private long sentBefore;
  private long droppedBefore;

  PublishedStream(CameraName camera, WatchOutput output, RtspClient client, Camera to) {
    super(to);
    this.camera = camera;
    this.output = output;
    this.client = client;
    this.to = to;
  }

  @Override
  public void described(CameraStream stream, List<MediaStream> media) {
    if (media.equals(announced) || media.isEmpty()) {
      return;
    }
    announced = media;
    StreamPublisher before = publisher;
    if (before != null) {
      sentBefore += before.sent();
      droppedBefore += before.dropped();
      before.closeAsync();
    }
    publisher = client.publish(to, media, this);
  }

  @Override
  public void packet(CameraStream stream, RtpPacket packet) {
    StreamPublisher now = publisher;
    if (now != null) {
      now.send(packet);
    }
  }

  @Override
  public void rtcp(CameraStream stream, MediaStream media, ByteBuf packet) {
    StreamPublisher now = publisher;
    if (now != null) {
      now.sendControl(media.index(), packet);
    }
  }

  @Override
  public Done end() {
    StreamPublisher last = publisher;
    long sent = sentBefore;
    long dropped = droppedBefore;
    if (last != null) {
      last.close();
      sent += last.sent();
      dropped += last.dropped();
    }
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("sentPackets", sent);
    figures.put("unsentPackets", dropped);
    String words = "%,d packets sent".formatted(sent);
    return new Done(
        sent > 0 && !hasFailed(),
        figures,
        dropped == 0 ? words : words + ", %,d not".formatted(dropped));
  }

  @Override
  void report(String state, String words, String reason) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("publishing", state);
    values.put("to", to.toString());
    values.put("reason", reason);
    synchronized (output) {
      output.work(camera, "published", values, words);
    }
  }
}
