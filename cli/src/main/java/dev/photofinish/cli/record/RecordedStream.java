package dev.photofinish.cli.record;

import dev.photofinish.cli.command.SafeText;
import dev.photofinish.cli.picture.Times;
import dev.photofinish.cli.stream.WritableMedia;
import dev.photofinish.cli.watch.CameraName;
import dev.photofinish.cli.watch.StreamWork;
import dev.photofinish.cli.watch.WatchOutput;
import dev.photofinish.media.Gap;
import dev.photofinish.media.RecordedFile;
import dev.photofinish.media.Recording;
import dev.photofinish.media.RecordingListener;
import dev.photofinish.media.RecordingOptions;
import dev.photofinish.media.RecordingStatistics;
import dev.photofinish.option.Option;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtsp.client.CameraStream;
import dev.photofinish.rtsp.client.LeftOutMedia;
import dev.photofinish.rtsp.client.MediaStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Records the frames of one stream and reports on its files. */
final class RecordedStream implements StreamWork {
  private final CameraName camera;
  private final WatchOutput output;
  private final Recording recording;
  private final WritableMedia media;

  /**
   * @throws IOException where the folder cannot be used
   */
  RecordedStream(CameraName camera, WatchOutput output, RecordingOptions options)
      throws IOException {
    this.camera = camera;
    this.output = output;
    this.media = new WritableMedia(options.container()::problem, this::reportLeftOut);
    this.recording = Recording.start(options, new Files());
  }

  @Override
  public void described(
      CameraStream stream, List<MediaStream> streams, List<LeftOutMedia> leftOut) {
    media.described(stream, streams, leftOut);
  }

  @Override
  public void frame(CameraStream stream, MediaStream of, Frame frame) {
    recording.add(frame.retain());
  }

  @Override
  public Done end() {
    recording.close();
    RecordingStatistics statistics = recording.statistics();
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("files", statistics.files());
    figures.put("frames", statistics.frames());
    figures.put("bytesWritten", statistics.bytes());
    figures.put("gaps", statistics.gaps());
    figures.put("droppedFrames", statistics.droppedFrames());
    String words =
        (statistics.files() == 1 ? "1 file" : statistics.files() + " files")
            + ", %,d frames".formatted(statistics.frames())
            + (statistics.droppedFrames() == 0
                ? ""
                : ", %,d frames dropped by the disk".formatted(statistics.droppedFrames()))
            + media.nothing().map(why -> ", nothing can be recorded: " + why).orElse("")
            + (statistics.frames() == 0 && statistics.leftOutFrames() > 0
                ? ", none of %,d frames was one to begin with".formatted(statistics.leftOutFrames())
                : "")
            + statistics
                .error()
                .map(error -> ", the disk failed: " + SafeText.line(error))
                .orElse("");
    boolean success = statistics.frames() > 0 && statistics.error().isEmpty();
    return new Done(success, figures, words);
  }

  private void reportLeftOut(String name, String reason) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("media", name);
    values.put("reason", reason);
    report("left-out", values, "left out: " + name + ": " + reason);
  }

  private void report(String event, Map<String, ?> values, String words) {
    synchronized (output) {
      output.work(camera, event, values, words);
    }
  }

  /** Reports on files, on the recording's thread. */
  private final class Files implements RecordingListener {
    @Override
    public void started(Path file) {
      report("recording", Map.of("file", file.toString()), "recording " + file);
    }

    @Override
    public void finished(Path file, RecordedFile what) {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("file", file.toString());
      values.put("begin", what.begin().toString());
      values.put("durationMs", what.length().toMillis());
      values.put("bytes", what.bytes());
      values.put("frames", what.frames());
      String length = Times.text(what.length().toNanos()).strip();
      report(
          "file",
          values,
          "finished %s  %s, %,d frames, %,d bytes"
              .formatted(file, length, what.frames(), what.bytes()));
    }

    @Override
    public void removed(Path file) {
      report("removed", Map.of("file", file.toString()), "removed " + file);
    }

    @Override
    public void notRemoved(Path file, IOException cause) {
      String reason = SafeText.line(String.valueOf(cause.getMessage()));
      report(
          "not-removed",
          Map.of("file", file.toString(), "reason", reason),
          "no longer kept, but cannot be removed: " + reason);
    }

    @Override
    public void gap(Gap gap) {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("begin", gap.begin().toString());
      values.put("durationMs", gap.length().toMillis());
      values.put("cause", Option.word(gap.cause()));
      String length = Times.text(gap.length().toNanos()).strip();
      report("gap", values, "gap of " + length + " in the recording: " + Option.word(gap.cause()));
    }

    @Override
    public void tooSlow(long frames) {
      report(
          "disk",
          Map.of("state", "slow", "droppedFrames", frames),
          "the disk is slower than the camera: frames are dropped up to the next key frame");
    }

    @Override
    public void failed(IOException cause) {
      String reason = SafeText.line(String.valueOf(cause.getMessage()));
      report("disk", Map.of("state", "failed", "reason", reason), "the disk failed: " + reason);
    }

    @Override
    public void recovered() {
      report("disk", Map.of("state", "recovered"), "the disk works again");
    }

    @Override
    public void leftOut(int index, String reason) {
      media.leftOut(index, reason);
    }
  }
}
