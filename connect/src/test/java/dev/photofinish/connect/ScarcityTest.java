package dev.photofinish.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.host.FileDescriptors;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Races on a machine without IPv6, or without descriptors. */
@Timeout(120)
class ScarcityTest {
  private final Peers peers = new Peers();

  @AfterEach
  void close() {
    peers.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"EPOLL", "NIO"})
  void withoutIpv6TheNextAddressIsDialledAtOnce(Io io) throws Exception {
    int port = peers.mute("127.0.0.1").port();
    String output =
        Fork.run(
            List.of(),
            List.of("-Djava.net.preferIPv4Stack=true"),
            ForkedRaces.class,
            io.name(),
            "[::1]:" + port + ",[2001:db8::1]:" + port + ",127.0.0.1:" + port);
    assertThat(output).contains("race: WON LOCAL LOCAL null");
  }

  @ParameterizedTest
  @EnumSource
  void outOfDescriptorsIsLocalAndPasses(Io io) throws Exception {
    int port = peers.mute("127.0.0.1").port();
    String output =
        Fork.run(
            List.of("sh", "-c", "ulimit -n 256; exec \"$@\"", "sh"),
            List.of(),
            ForkedRaces.class,
            io.name(),
            "127.0.0.1:" + port,
            "descriptors");
    assertThat(output.lines().filter(line -> line.startsWith("race: ")))
        .as(output)
        .containsExactly(
            "race: WON null",
            "race: WON null",
            "race: FAILED REFUSED",
            "race: FAILED LOCAL",
            "race: WON null");
    assertThat(output.lines().filter(line -> line.startsWith("message: ")))
        .last()
        .asString()
        .endsWith(FileDescriptors.NONE_LEFT);
    assertThat(output).as("without a stack trace").doesNotContain("\tat ");
  }
}
