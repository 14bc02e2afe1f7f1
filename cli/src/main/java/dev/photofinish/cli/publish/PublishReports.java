package dev.photofinish.cli.publish;

import dev.photofinish.cli.command.SafeText;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.PublishListener;
import dev.photofinish.rtsp.client.StreamPublisher;
import java.time.Duration;

/** Reports what became of the connections to a server. */
abstract class PublishReports implements PublishListener {
  private final Camera to;
  private volatile boolean failed;

  PublishReports(Camera to) {
    this.to = to;
  }

  /** Whether it was given up. */
  final boolean hasFailed() {
    return failed;
  }

  /**
   * Takes one report.
   *
   * @param state as JSON has it
   * @param words the human-readable line
   * @param reason of the state, or the server's address
   */
  abstract void report(String state, String words, String reason);

  @Override
  public void recording(StreamPublisher from, String remote) {
    report("recording", "publishes to " + to + " at " + remote, remote);
  }

  @Override
  public final void retry(StreamPublisher from, int attempt, Duration delay, String reason) {
    String shown = SafeText.line(reason);
    report("lost", to + ": " + shown + "; tried again in " + delay.toMillis() + " ms", shown);
  }

  @Override
  public void failed(StreamPublisher from, String reason) {
    failed = true;
    String shown = SafeText.line(reason);
    report("failed", to + ": gave up: " + shown, shown);
  }
}
