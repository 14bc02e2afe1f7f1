package dev.photofinish.relay.web;

import dev.photofinish.relay.source.Attachment;
import dev.photofinish.relay.source.FrameViewer;
import dev.photofinish.relay.source.ReaderInfo;
import dev.photofinish.relay.source.Source;
import dev.photofinish.relay.source.SourceReader;
import dev.photofinish.relay.source.SourceTrack;
import dev.photofinish.relay.source.View;
import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtsp.client.MediaStream;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A source whose frames a test gives. */
public final class FakeSource implements Source, AutoCloseable {
  private final String name;
  private final List<SourceTrack> tracks;
  private final EventLoop loop = new DefaultEventLoop();
  private final Map<FrameViewer, ReaderInfo> viewers = new LinkedHashMap<>();
  private final List<Frame> group = new ArrayList<>();

  FakeSource(String name, String... codecs) {
    this.name = name;
    List<SourceTrack> offered = new ArrayList<>();
    for (String codec : codecs) {
      String media = codec.startsWith("H26") ? "video" : "audio";
      int index = offered.size();
      MediaStream stream = new MediaStream(index, media, codec, 96, 90_000, 0, "", false);
      offered.add(new SourceTrack(index, stream, index));
    }
    tracks = List.copyOf(offered);
  }

  @Override
  public String name() {
    return name;
  }

  public List<SourceTrack> tracks() {
    return tracks;
  }

  @Override
  public CompletionStage<List<SourceTrack>> describe() {
    return CompletableFuture.completedFuture(tracks);
  }

  @Override
  public Attachment attach(
      SourceReader reader, ReaderInfo info, Set<Integer> wanted, EventLoop readersLoop) {
    throw new UnsupportedOperationException();
  }

  @Override
  public View view(FrameViewer viewer, ReaderInfo info) {
    loop.execute(
        () -> {
          viewers.put(viewer, info);
          group.forEach(viewer::frame);
        });
    return () -> loop.execute(() -> viewers.remove(viewer));
  }

  /** Hands a frame to all viewers, and returns when they have it. */
  public void send(Frame frame) {
    run(
        () -> {
          if (frame.codec().kind() == Codec.Kind.VIDEO && frame.isKeyFrame()) {
            group.forEach(Frame::release);
            group.clear();
          }
          group.add(frame);
          List.copyOf(viewers.keySet()).forEach(viewer -> viewer.frame(frame));
        });
  }

  public void end(String reason) {
    run(() -> List.copyOf(viewers.keySet()).forEach(viewer -> viewer.ended(reason)));
  }

  public int viewers() {
    CompletableFuture<Integer> size = new CompletableFuture<>();
    loop.execute(() -> size.complete(viewers.size()));
    return size.join();
  }

  private void run(Runnable task) {
    CompletableFuture.runAsync(task, loop).join();
  }

  @Override
  public void close() {
    var unused = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
