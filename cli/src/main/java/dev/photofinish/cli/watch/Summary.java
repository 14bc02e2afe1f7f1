package dev.photofinish.cli.watch;

import dev.photofinish.cli.command.ExitCode;
import dev.photofinish.rtsp.client.CameraState;
import dev.photofinish.rtsp.client.StreamStatistics;
import java.time.Duration;

/**
 * The result of watching one camera.
 *
 * @param opened when its stream was opened, from the start of the command
 * @param mean its last statistics, with the rates over all the time in which media came
 */
record Summary(CameraName camera, Duration opened, MediaReport mean) {

  StreamStatistics statistics() {
    return mean.statistics();
  }

  /** 0 when media had arrived and the stream did not give up. */
  int exit() {
    boolean media = statistics().packets() > 0;
    return media && statistics().state() != CameraState.FAILED ? ExitCode.DONE : ExitCode.NOT_DONE;
  }
}
