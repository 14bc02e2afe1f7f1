package dev.photofinish.relay.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.relay.limit.LimitedCounts;
import dev.photofinish.relay.limit.SourceAddress;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Counts that bound what peers may have. */
class CountsTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  @Test
  void aKeyHasItsLimitAndAllHaveOne() {
    var counts = new LimitedCounts<String>(3, 2);
    assertThat(counts.enter("a")).isEqualTo(LimitedCounts.Entry.ENTERED);
    assertThat(counts.enter("a")).isEqualTo(LimitedCounts.Entry.ENTERED);
    assertThat(counts.enter("a")).isEqualTo(LimitedCounts.Entry.FULL_OF_KEY);
    assertThat(counts.enter("b")).isEqualTo(LimitedCounts.Entry.ENTERED);
    assertThat(counts.enter("c")).isEqualTo(LimitedCounts.Entry.FULL);
    counts.leave("a");
    assertThat(counts.enter("c")).isEqualTo(LimitedCounts.Entry.ENTERED);
  }

  @Test
  void failedLoginsAreForgottenWithTheirMinute() throws Exception {
    var logins = new FailedLogins(2);
    InetAddress address = InetAddress.getByName("192.0.2.1");
    logins.add(address, 0);
    assertThat(logins.isRefused(address, SECOND)).isFalse();
    logins.add(address, SECOND);
    assertThat(logins.isRefused(address, 2 * SECOND)).isTrue();
    assertThat(logins.isRefused(InetAddress.getByName("192.0.2.2"), 2 * SECOND)).isFalse();
    assertThat(logins.isRefused(address, 60 * SECOND)).isFalse();
    logins.add(address, 61 * SECOND);
    assertThat(logins.isRefused(address, 62 * SECOND)).isFalse();
  }

  @Test
  void failedLoginsOfIpv6CountForTheNetworkOfTheirHost() throws Exception {
    var logins = new FailedLogins(2);
    logins.add(InetAddress.getByName("2001:db8:1:2::1"), 0);
    logins.add(InetAddress.getByName("2001:db8:1:2::2"), 0);
    assertThat(logins.isRefused(InetAddress.getByName("2001:db8:1:2:3::3"), SECOND)).isTrue();
    assertThat(logins.isRefused(InetAddress.getByName("2001:db8:1:3::3"), SECOND)).isFalse();
  }

  @Test
  void ofIpv6AHostIsItsNetwork() throws Exception {
    assertThat(SourceAddress.of(InetAddress.getByName("2001:db8:1:2:3:4:5:6")))
        .isEqualTo(SourceAddress.of(InetAddress.getByName("2001:db8:1:2::1")))
        .isNotEqualTo(SourceAddress.of(InetAddress.getByName("2001:db8:1:3::1")));
    assertThat(SourceAddress.of(InetAddress.getByName("192.0.2.1")))
        .isNotEqualTo(SourceAddress.of(InetAddress.getByName("192.0.2.2")));
  }

  @Test
  void aRequestIsLateFromItsFirstByte() {
    var watch = new RequestWatch(10, 0);
    assertThat(watch.isLate(10)).as("the first one").isTrue();
    watch.complete();
    assertThat(watch.isLate(100)).isFalse();
    watch.begun(100);
    watch.begun(105);
    assertThat(watch.deadline()).hasValue(110);
    assertThat(watch.isLate(109)).isFalse();
    assertThat(watch.isLate(110)).isTrue();
  }
}
