package dev.photofinish.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import dev.photofinish.fleet.times.Takeover;
import dev.photofinish.option.InvalidOptionException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The options of a node, and the settings of Pekko that follow from them. */
class FleetOptionsTest {
  private static final InetSocketAddress ELSEWHERE = new InetSocketAddress("192.0.2.1", 25520);

  @Test
  void anAddressOtherThanTheLoopbackNeedsTls() {
    assertThatThrownBy(() -> FleetOptions.defaults().withListen(ELSEWHERE))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("anyone who reaches the address could join the fleet");
    FleetTls tls = new FleetTls(Path.of("a.pem"), Path.of("a.key"), Path.of("ca.pem"));
    Config config = PekkoConfig.of(FleetOptions.defaults().withListen(ELSEWHERE, tls));
    assertThat(config.getString("pekko.remote.artery.transport")).isEqualTo("tls-tcp");
    assertThat(config.getString("pekko.remote.artery.ssl.rotating-keys-engine.ca-cert-file"))
        .isEqualTo(Path.of("ca.pem").toAbsolutePath().toString());
  }

  /** Else remoting ends as the process is asked to, before the node has given away its cameras. */
  @Test
  void pekkoEndsNothingByItselfWhenTheProcessIsAskedToEnd() {
    Config config = PekkoConfig.of(FleetOptions.defaults());
    assertThat(config.getBoolean("pekko.jvm-shutdown-hooks")).isFalse();
  }

  /** Where addresses change with every start, certificates and other nodes know it by its name. */
  @Test
  void aNodeThatIsGivenANameIsReachedByIt() throws Exception {
    FleetTls tls = new FleetTls(Path.of("a.pem"), Path.of("a.key"), Path.of("ca.pem"));
    InetAddress named = InetAddress.getByAddress("node1.example", new byte[] {(byte) 192, 0, 2, 1});
    FleetOptions options =
        FleetOptions.defaults().withListen(new InetSocketAddress(named, 25520), tls);
    assertThat(PekkoConfig.of(options).getString("pekko.remote.artery.canonical.hostname"))
        .isEqualTo("node1.example");
    assertThat(
            PekkoConfig.of(FleetOptions.defaults())
                .getString("pekko.remote.artery.canonical.hostname"))
        .isEqualTo("127.0.0.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"node", "node:", "node:0", ":1", "", "a@b:1", "a:1/x", "::1:1"})
  void whatIsNoNodeIsNotJoined(String node) {
    assertThatThrownBy(() -> FleetOptions.defaults().withJoin(List.of("a:1", node)))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageStartingWith("join: '" + node + "'");
  }

  @Test
  void aZoneIsOneName() {
    assertThat(FleetOptions.defaults().withZone("").zone()).isEmpty();
    assertThat(FleetOptions.defaults().withZone("nord-1").zone()).isEqualTo("nord-1");
    assertThatThrownBy(() -> FleetOptions.defaults().withZone("a,b"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageStartingWith("zone: 'a,b'");
  }

  @Test
  void anyAddressIsNoAddressByWhichOthersReachANode() {
    assertThatThrownBy(() -> FleetOptions.defaults().withListen(new InetSocketAddress(0)))
        .hasMessageContaining("the one address by which other nodes reach this one");
  }

  @Test
  void nothingIsSentAsJavaObjectsAndASideThatLostGoesDown() {
    Config config = PekkoConfig.of(FleetOptions.defaults());
    assertThat(config.getBoolean("pekko.actor.allow-java-serialization")).isFalse();
    assertThat(config.getString("pekko.cluster.downing-provider-class"))
        .endsWith("SplitBrainResolverProvider");
    assertThat(config.getBoolean("pekko.cluster.run-coordinated-shutdown-when-down")).isTrue();
    assertThat(config.getBoolean("pekko.cluster.sharding.remember-entities")).isTrue();
    assertThat(config.getString("pekko.cluster.split-brain-resolver.active-strategy"))
        .isEqualTo("keep-majority");
  }

  /**
   * A table of a stream before is not known to the one that reads the next: nothing is read then.
   */
  @Test
  void whatNodesSendIsReadWithoutTables() {
    Config remote = PekkoConfig.of(FleetOptions.defaults()).getConfig("pekko.remote.artery");
    assertThat(remote.getString("advanced.compression.actor-refs.max")).isEqualTo("off");
    assertThat(remote.getString("advanced.compression.manifests.max")).isEqualTo("off");
  }

  @Test
  void aQuorumIsASettingOfTheResolver() {
    Config config = PekkoConfig.of(FleetOptions.defaults().withQuorum(3));
    assertThat(config.getString("pekko.cluster.split-brain-resolver.active-strategy"))
        .isEqualTo("static-quorum");
    assertThat(config.getInt("pekko.cluster.split-brain-resolver.static-quorum.quorum-size"))
        .isEqualTo(3);
  }

  @Test
  void theFirstNodeToJoinBeginsNoFleetWithoutAMajorityOfThem() {
    FleetOptions options = FleetOptions.defaults();
    assertThat(beginners(options)).isEqualTo(1);
    assertThat(beginners(options.withJoin(List.of("a:1")))).isEqualTo(1);
    assertThat(beginners(options.withJoin(List.of("a:1", "b:1", "c:1")))).isEqualTo(2);
    assertThat(beginners(options.withJoin(List.of("a:1", "b:1")).withQuorum(3))).isEqualTo(3);
  }

  private static int beginners(FleetOptions options) {
    return PekkoConfig.of(options).getInt("pekko.cluster.min-nr-of-members");
  }

  @Test
  void theRemovalFollowsFromTheOtherTimes() {
    Takeover times = Takeover.of(PekkoConfig.of(FleetOptions.defaults()));
    assertThat(times.firstDial()).isEqualTo(times.lastClose().plus(Takeover.MARGIN));
    assertThat(times.firstDial()).isGreaterThan(Duration.ofSeconds(30));
    assertThat(times.longestGap()).isLessThan(Duration.ofSeconds(45));
  }

  @Test
  void timesByWhichTwoNodesCouldHoldACameraAreRefused() {
    FleetOptions options =
        FleetOptions.defaults().withPekko(Map.of("pekko.cluster.down-removal-margin", "5s"));
    assertThatThrownBy(() -> PekkoConfig.of(options))
        .hasMessageContaining("down-removal-margin is 5.0 s");
  }

  @Test
  void aLeaseThatDecidesTakesTimeToo() {
    FleetOptions majority = FleetOptions.defaults();
    FleetOptions lease = majority.withPekko(PekkoConfig.KUBERNETES_LEASE);
    assertThat(
            PekkoConfig.of(lease).getString("pekko.cluster.split-brain-resolver.active-strategy"))
        .isEqualTo("lease-majority");
    assertThat(lease.times().lastClose())
        .as("2 s that the minority waits, 5 s for an answer")
        .isEqualTo(majority.times().lastClose().plusSeconds(7));
    assertThat(lease.times().firstDial()).isGreaterThan(lease.times().lastClose());
  }

  @Test
  void withoutItsJarALeaseIsRefused() {
    assertThatThrownBy(() -> FleetOptions.defaults().withKubernetesLease())
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("pekko-lease-kubernetes_2.13");
  }
}
