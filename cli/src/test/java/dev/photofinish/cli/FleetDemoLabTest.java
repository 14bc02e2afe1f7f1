package dev.photofinish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The demonstration of a fleet, small: most of its time is that of the takeover. */
@Tag("lab")
class FleetDemoLabTest {
  @Test
  void showsThatAFleetKeepsWhatItPromises() {
    Cli.Result result = Cli.run("fleet", "--demo", "--demo-cameras=4", "--json");
    assertThat(result.exit()).as(result.err() + result.out()).isZero();
    assertThat(result.json("node")).hasSize(3);
    assertThat(result.json("moved")).isNotEmpty();
    assertThat(result.json("demonstration"))
        .singleElement()
        .satisfies(
            line ->
                assertThat(line)
                    .containsEntry("kept", true)
                    .containsEntry("oneClientPeak", 1)
                    .containsEntry("closed", 0));
  }

  @Test
  void anInterruptEndsAllOfItsProcesses() throws Exception {
    Cli cli = new Cli();
    Thread command = new Thread(() -> cli.execute("fleet", "--demo", "--demo-cameras=1"));
    command.start();
    cli.await(text -> text.contains(" serves rtsp://"));
    assertThat(ProcessHandle.current().descendants()).isNotEmpty();
    // A terminal interrupts them as well, and they may end first.
    List<ProcessHandle> nodes = ProcessHandle.current().descendants().toList();
    nodes.forEach(ProcessHandle::destroy);
    nodes.forEach(node -> node.onExit().join());
    cli.stop().request();
    command.join(60_000);
    assertThat(command.isAlive()).isFalse();
    assertThat(cli.out()).contains("ended before it was done");
    assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive)).isEmpty();
  }
}
