package dev.photofinish.camera.lab;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.List;

/**
 * The process that takes a lab down, in a session of its own. It waits for the end of its input,
 * which comes when the lab is closed and also when this JVM is gone, even killed; or for the time
 * limit. One path of taking down serves all three, and a shutdown hook is not needed.
 */
final class Guardian {
  /** Each step may find nothing to do: the lab may be half built. */
  private static final String SCRIPT =
      """
      timeout "$1" cat
      plan4=$2 plan6=$3 cable=$4
      shift 4
      for namespace; do ip netns pids "$namespace" | xargs -r kill -KILL; done
      ip link del "$cable"
      ip route del unreachable "$plan4"
      ip route del unreachable "$plan6"
      for namespace; do ip netns del "$namespace"; rm -rf "/etc/netns/$namespace"; done
      """;

  private final Process process;

  private Guardian(Process process) {
    this.process = process;
  }

  static Guardian start(Duration limit, AddressPlan plan, String cable, List<String> namespaces) {
    List<String> command =
        List.of(
            "setsid",
            "sh",
            "-c",
            SCRIPT,
            "photofinish-lab-guardian",
            String.valueOf(Math.max(1, limit.toSeconds())),
            plan.unreachables4(),
            plan.unreachables6(),
            cable);
    try {
      return new Guardian(
          new ProcessBuilder(Command.join(command, namespaces))
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start());
    } catch (IOException e) {
      throw new LabException("setsid: " + e.getMessage(), e);
    }
  }

  /** Lets it do its work and waits until it is done. */
  void release() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new LabException("lab guardian: " + e.getMessage(), e);
    }
    if (!Command.ends(process, 20)) {
      throw new LabException("lab guardian: still running after 20 s", null);
    }
  }
}
