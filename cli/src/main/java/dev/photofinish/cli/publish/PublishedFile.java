package dev.photofinish.cli.publish;

import dev.photofinish.cli.command.CliContext;
import dev.photofinish.cli.command.Elapsed;
import dev.photofinish.cli.command.ExitCode;
import dev.photofinish.cli.command.Json;
import dev.photofinish.cli.command.SafeText;
import dev.photofinish.cli.command.StopSignal;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.FrameFormat;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.MediaStream;
import dev.photofinish.rtsp.client.RtspClient;
import dev.photofinish.rtsp.client.StreamPublisher;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Sends a file's frames to a server, each at its time, and reports on it. */
final class PublishedFile extends PublishReports {
  private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

  private final CliContext context;
  private final boolean json;
  private final Elapsed elapsed = new Elapsed();
  private final String name;
  private final FileSource source;
  private final Camera to;
  private final StopSignal end = new StopSignal();
  private final CompletableFuture<Void> begun = new CompletableFuture<>();
  private volatile boolean broken;

  PublishedFile(CliContext context, boolean json, String name, FileSource source, Camera to) {
    super(to);
    this.context = context;
    this.json = json;
    this.name = name;
    this.source = source;
    this.to = to;
  }

  /**
   * Publishes to the end of the file, of the time or to an interrupt; returns the exit code.
   *
   * @param duration null for no limit
   */
  int run(RtspClient client, @Nullable Duration duration) throws InterruptedException {
    source.leftOut().forEach(problem -> context.err().println(name + ": " + problem));
    var unused = context.stop().onRequest(end::request);
    var unusedToo = end.onRequest(() -> begun.complete(null));
    StreamPublisher publisher = client.publish(to, media(source.formats()), this);
    // A read of standard input cannot be interrupted.
    Thread sender = new Thread(() -> send(publisher), "publish-file");
    sender.setDaemon(true);
    sender.start();
    end.await(duration == null ? FOREVER : duration.minus(elapsed.time()));
    end.request();
    publisher.close();
    return summary(publisher);
  }

  private static List<MediaStream> media(List<FrameFormat> formats) {
    List<MediaStream> media = new ArrayList<>();
    formats.forEach(format -> media.add(MediaStream.of(media.size(), format)));
    return media;
  }

  private void send(StreamPublisher publisher) {
    try (source) {
      begun.join();
      long start = System.nanoTime();
      Optional<Frame> next = source.next();
      while (next.isPresent() && !end.isRequested()) {
        Frame frame = next.get();
        boolean over = end.await(Duration.ofNanos(frame.time() - (System.nanoTime() - start)));
        if (!over) {
          publisher.send(frame);
        }
        frame.release();
        next = source.next();
      }
      next.ifPresent(Frame::release);
    } catch (IOException | RuntimeException e) {
      broken = true;
      context.err().println(name + ": " + SafeText.line(String.valueOf(e.getMessage())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end.request();
    }
  }

  private int summary(StreamPublisher publisher) {
    long sent = publisher.sentFrames();
    long unsent = publisher.droppedFrames();
    int exit = sent > 0 && !broken && !hasFailed() ? ExitCode.DONE : ExitCode.NOT_DONE;
    if (json) {
      Map<String, Object> line = event("summary");
      line.put("sentFrames", sent);
      line.put("unsentFrames", unsent);
      line.put("sentPackets", publisher.sent());
      line.put("exit", exit);
      context.line(Json.line(line));
    } else {
      String words = "%s: %,d frames sent".formatted(name, sent);
      context.line(unsent == 0 ? words : words + ", %,d not".formatted(unsent));
    }
    return exit;
  }

  private Map<String, Object> event(String event) {
    Map<String, Object> line = Json.event(event);
    line.put("at", elapsed.millis());
    line.put("camera", name);
    return line;
  }

  // ---- The server

  @Override
  public void recording(StreamPublisher from, String remote) {
    super.recording(from, remote);
    begun.complete(null);
  }

  @Override
  public void failed(StreamPublisher from, String reason) {
    super.failed(from, reason);
    end.request();
  }

  @Override
  void report(String state, String words, String reason) {
    if (json) {
      Map<String, Object> line = event("published");
      line.put("publishing", state);
      line.put("to", to.toString());
      line.put("reason", reason);
      context.line(Json.line(line));
    } else {
      context.line(name + ": " + words);
    }
  }
}
