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
 * @param work what was done beside watching
 */
record Summary(CameraName camera, Duration opened, MediaReport mean, StreamWork.Done work) {

  StreamStatistics statistics() {
    return mean.statistics();
  }

  /** 0 when media had arrived, the stream did not give up, and the work on it was done. */
  int exit() {
    boolean media = statistics().packets() > 0;
    boolean stayed = statistics().state() != CameraState.FAILED;
    return media && stayed && work.success() ? ExitCode.DONE : ExitCode.NOT_DONE;
  }
}
