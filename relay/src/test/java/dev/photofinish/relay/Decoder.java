package dev.photofinish.relay;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A player that decodes the video of a URL and prints a line for each frame, which are counted. */
final class Decoder implements AutoCloseable {
  private final String name;
  private final Process process;
  private final String mark;
  private long frames;
  private String lastLine = "";

  private Decoder(String name, String mark, List<String> command) throws IOException {
    this.name = name;
    this.mark = mark;
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    Thread reader = new Thread(this::read, "output of " + name);
    reader.setDaemon(true);
    reader.start();
  }

  static Decoder ffmpeg(String transport, String url) throws IOException {
    return new Decoder(
        "ffmpeg over " + transport,
        "0, ",
        List.of(
            ("ffmpeg -nostdin -v warning -rtsp_transport %s -i %s -map 0:v -fps_mode passthrough"
                    + " -f framecrc -flush_packets 1 -")
                .formatted(transport, url)
                .split(" ")));
  }

  static Decoder gstreamer(String url) throws IOException {
    return new Decoder(
        "gstreamer",
        "chain  ",
        List.of(
            "gst-launch-1.0",
            "-v",
            "playbin",
            "uri=" + url.replace("rtsp:", "rtspt:"),
            "flags=video+native-video",
            "video-sink=capsfilter caps=video/x-raw ! fakesink silent=false"));
  }

  private void read() {
    try (BufferedReader output = process.inputReader()) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        line(line);
      }
    } catch (IOException e) {
      line("(output ended: " + e.getMessage() + ")");
    }
  }

  private synchronized void line(String line) {
    if (line.contains(mark)) {
      frames++;
    } else {
      lastLine = line;
    }
    notifyAll();
  }

  synchronized long frames() {
    return frames;
  }

  /** Waits until so many frames in all are decoded. */
  synchronized void await(long wanted, Duration bound) throws InterruptedException {
    long end = System.nanoTime() + bound.toNanos();
    while (frames < wanted) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        throw new AssertionError(
            this
                + ", not the %d that were expected within %s; its last line: %s"
                    .formatted(wanted, bound, lastLine));
      }
      wait(Math.max(1, left / 1_000_000));
    }
  }

  @Override
  public String toString() {
    return name + ": " + frames() + " frames";
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
