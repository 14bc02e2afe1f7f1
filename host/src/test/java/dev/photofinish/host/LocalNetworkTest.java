package dev.photofinish.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes of the local network, and how often they are looked for. */
class LocalNetworkTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(longs = {0, Long.MAX_VALUE - 5, Long.MIN_VALUE})
  void looksOnceASecond(long start) {
    Iterator<String> looks = List.of("lan", "lte", "none").iterator();
    LocalNetwork network = new LocalNetwork(looks::next);

    assertThat(network.at(start)).isEqualTo("lan");
    assertThat(network.at(start + SECOND - 1)).isEqualTo("lan");
    assertThat(network.at(start + SECOND)).isEqualTo("lte");
    assertThat(network.at(start + 2 * SECOND - 1)).isEqualTo("lte");
    assertThat(looks.next()).isEqualTo("none");
  }

  /** So that comparing it with what was seen before needs no look at its letters. */
  @Test
  void givesTheSameTextWhileNothingChanges() {
    LocalNetwork network = new LocalNetwork(() -> String.join(" ", "la", "n"));

    assertThat(network.at(SECOND)).isSameAs(network.at(0));
  }

  @Test
  void namesThisHost() {
    assertThat(LocalNetwork.present())
        .contains("addresses ", ", default route from ")
        .doesNotContain("127.0.0.1")
        .isSameAs(LocalNetwork.present());
  }

  /** Behind another gateway the host may have the same addresses. */
  @Test
  void readsIpv4DefaultRoutes() throws IOException {
    Path table = folder.resolve("route");
    Files.writeString(
        table,
        """
        Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
        eth1\t00000000\t020200C0\t0003\t0\t7\t100\t00000000\t0\t0\t0
        eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0
        eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0
        """);

    assertThat(DefaultRoutes.of(table, DefaultRoutes::ipv4))
        .isEqualTo(" via 010200C0 on eth0 metric 0 via 020200C0 on eth1 metric 100");
  }

  @Test
  void readsIpv6DefaultRoutes() throws IOException {
    String zero = "0".repeat(32);
    String gateway = "fd" + "0".repeat(29) + "1";
    Path table = folder.resolve("ipv6_route");
    Files.writeString(
        table,
        String.join(
            "\n",
            "fd" + "0".repeat(30) + " 40 " + zero + " 00 " + zero + " 100 1 0 1     eth0",
            zero + " 00 " + zero + " 00 " + gateway + " 400 2 9 3     eth0",
            zero + " 00 " + zero + " 00 " + zero + " ffffffff 1 0 200200       lo"));

    assertThat(DefaultRoutes.of(table, DefaultRoutes::ipv6))
        .isEqualTo(" via " + gateway + " on eth0 metric 400");
  }

  @Test
  void whereThereIsNoTableTheAddressesMustDo() {
    assertThat(DefaultRoutes.of(folder.resolve("none"), DefaultRoutes::ipv4)).isEmpty();
  }
}
