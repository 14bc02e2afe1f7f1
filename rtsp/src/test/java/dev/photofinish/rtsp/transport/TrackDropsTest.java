package dev.photofinish.rtsp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtsp.dialogue.EndReason;
import dev.photofinish.rtsp.dialogue.Track;
import dev.photofinish.rtsp.dialogue.TrackTransport;
import dev.photofinish.rtsp.message.Pair;
import dev.photofinish.rtsp.message.RtspUrl;
import dev.photofinish.rtsp.message.SessionDescription;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drops of the kernel on their way to the stream whose packets they were. */
class TrackDropsTest {
  private final List<String> reported = new ArrayList<>();
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final ConnectionContext context = new ConnectionContext(new Owner());

  @TempDir Path folder;

  private final class Owner implements ConnectionListener {
    @Override
    public void rtp(int track, ReceivedPacket packet, long now) {}

    @Override
    public void droppedByKernel(int track, long count) {
      reported.add(track + ": " + count);
    }

    @Override
    public void ended(EndReason end) {}
  }

  private static List<Track> tracks() throws Exception {
    RtspUrl url = RtspUrl.parse("rtsp://192.0.2.1/");
    List<Track> tracks = new ArrayList<>();
    SessionDescription.parse("m=video 0 RTP/AVP 96\nm=audio 0 RTP/AVP 0\n")
        .media()
        .forEach(
            media ->
                tracks.add(
                    new Track(
                        media,
                        url,
                        new TrackTransport.Udp(
                            new Pair(6000, 6001),
                            Optional.empty(),
                            OptionalLong.empty(),
                            Optional.empty()),
                        Optional.empty())));
    return tracks;
  }

  @Test
  void theyAreReportedOnTheLoopByTrackUntilTheEnd() throws Exception {
    context.attached(channel);
    Path table = folder.resolve("udp");
    KernelDrops kernel = new KernelDrops(List.of(table));
    TrackDrops drops = new TrackDrops(context, kernel);
    InetSocketAddress audio = new InetSocketAddress(InetAddress.getLoopbackAddress(), 6002);
    drops.watch(
        tracks(), List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 6000), audio));
    String key = UdpTable.keys(audio).get(0);
    Files.writeString(table, "1: " + key + " 0 4\n");
    kernel.look();
    assertThat(reported).isEmpty();
    channel.runPendingTasks();
    assertThat(reported).containsExactly("1: 4");
    Files.writeString(table, "1: " + key + " 0 9\n");
    kernel.look();
    drops.end();
    channel.runPendingTasks();
    assertThat(reported).hasSize(1);
  }
}
