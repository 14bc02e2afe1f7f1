package dev.photofinish.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.photofinish.rtp.RtcpPacket.ReportBlock;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** RFC 3550 appendices A.1, A.3 and A.8. */
class RtpReceptionTest {
  private static final long SOURCE = 0xfedcba98L;
  private static final long MS = 1_000_000;

  private final RtpReception reception = new RtpReception(90_000);

  private void receive(int... sequences) {
    for (int sequence : sequences) {
      reception.packet(sequence, 0, SOURCE, 100, 0);
    }
  }

  private ReportBlock report() {
    return Objects.requireNonNull(reception.report(0));
  }

  @Test
  void countsPacketsAndBytes() {
    receive(1, 2, 3);
    assertThat(reception.packets()).isEqualTo(3);
    assertThat(reception.bytes()).isEqualTo(300);
    assertThat(reception.lost()).isZero();
  }

  @Test
  void gapsAreLoss() {
    receive(10, 11, 15);
    assertThat(reception.lost()).isEqualTo(3);
    assertThat(report().fractionLost()).isEqualTo(256 * 3 / 6);
    assertThat(report().fractionLost()).isZero();
    receive(16);
    assertThat(report().cumulativeLost()).isEqualTo(3);
  }

  @Test
  void lateIsReorderedNotLost() {
    receive(10, 12, 11, 13);
    assertThat(reception.lost()).isZero();
    assertThat(reception.reordered()).isEqualTo(1);
  }

  @Test
  void duplicatesNeverMakeLossNegative() {
    receive(10, 10, 11, 11, 12);
    assertThat(reception.lost()).isZero();
    assertThat(report().cumulativeLost()).isEqualTo(-2);
  }

  @Test
  void sequenceWraps() {
    receive(65534, 65535, 0, 2);
    assertThat(reception.lost()).isEqualTo(1);
    assertThat(report().highestSequence()).isEqualTo(65536 + 2);
  }

  @Test
  void aJumpBeginsAnewOnlyWhenASecondPacketConfirmsIt() {
    receive(1, 2, 40_000);
    assertThat(reception.lost()).isZero();
    receive(3, 40_000, 40_001, 40_002);
    assertThat(reception.lost()).isZero();
    assertThat(report().highestSequence()).isEqualTo(40_002);
  }

  @Test
  void aNewSourceKeepsWhatTheOldOneLost() {
    receive(1, 4);
    reception.packet(30_000, 0, 7, 100, 0);
    reception.packet(30_002, 0, 7, 100, 0);
    assertThat(reception.lost()).isEqualTo(3);
    assertThat(report().ssrc()).isEqualTo(7);
    assertThat(report().cumulativeLost()).isEqualTo(1);
  }

  @Test
  void sourcesThatTakeTurnsLoseNothing() {
    for (int turn = 0; turn < 10; turn++) {
      reception.packet(100 + turn, 0, SOURCE, 100, 0);
      reception.packet(40_000 + turn, 0, 7, 100, 0);
    }
    assertThat(reception.packets()).isEqualTo(20);
    assertThat(reception.lost()).isZero();
  }

  @Test
  void whatWasMissedBetweenConnectionsIsNoLoss() {
    receive(1, 3);
    reception.restart();
    assertThat(reception.report(0)).isNull();
    receive(2_000, 2_001);
    assertThat(reception.lost()).isEqualTo(1);
  }

  @Test
  void jitterIsThatOfTheAppendix() {
    // Sent every 20 ms (1800 ticks); the second comes 16 ms late, the third on time again.
    reception.packet(1, 0xffff_fff0L, SOURCE, 100, 0);
    reception.packet(2, 0x6f8L, SOURCE, 100, 36 * MS);
    reception.packet(3, 0xe00L, SOURCE, 100, 40 * MS);
    double first = 1440.0 / 16;
    double second = first + (1440 - first) / 16;
    assertThat(report().jitter()).isEqualTo((long) second);
    assertThat(reception.jitter()).isCloseTo((long) (second / 90_000 * 1e9), within(1L));
  }

  /** Compared with the appendix's transit times, whose difference is taken modulo the cycle. */
  @Test
  void jitterIsThatOfTheAppendixWhateverComes() {
    Random random = new Random(20261129);
    double cycle = 4294967296.0;
    double jitter = 0;
    double transit = 0;
    long timestamp = 0xffff_0000L;
    long now = 0;
    for (int sequence = 0; sequence < 5000; sequence++) {
      boolean longPause = random.nextInt(100) == 0;
      now += longPause ? random.nextLong(100_000_000 * MS) : random.nextLong(80 * MS);
      timestamp = (timestamp + (longPause ? random.nextLong(1L << 32) : 3600)) & 0xffffffffL;
      double next = now / 1e9 * 90_000 - timestamp;
      if (sequence > 0) {
        double difference = Math.abs(Math.IEEEremainder(next - transit, cycle));
        jitter += (difference - jitter) / 16;
      }
      transit = next;
      reception.packet(sequence, timestamp, SOURCE, 100, now);
      assertThat(reception.jitter()).isCloseTo((long) (jitter / 90_000 * 1e9), within(100L));
    }
  }

  @Test
  void withoutAClockRateJitterIsNotGuessed() {
    RtpReception unknown = new RtpReception(0);
    unknown.packet(1, 0, SOURCE, 100, 0);
    unknown.packet(2, 99, SOURCE, 100, MS);
    assertThat(unknown.jitter()).isZero();
  }

  @Test
  void reportsTellTheDelaySinceTheSendersReport() {
    receive(1);
    reception.senderReport(SOURCE + 1, 5, 0);
    assertThat(report().lastReport()).isZero();
    reception.senderReport(SOURCE, 0x12345678L, 0);
    ReportBlock block = Objects.requireNonNull(reception.report(500 * MS));
    assertThat(block.lastReport()).isEqualTo(0x12345678L);
    assertThat(block.delaySinceLastReport()).isEqualTo(32768);
  }

  @Test
  void aSourceHasLeftOnceItSaidSoItself() {
    reception.goodbye(0);
    reception.goodbye(SOURCE);
    assertThat(reception.hasLeft()).as("before its first packet").isFalse();
    receive(1);
    reception.goodbye(SOURCE + 1);
    assertThat(reception.hasLeft()).as("another's goodbye").isFalse();
    reception.goodbye(SOURCE);
    assertThat(reception.hasLeft()).isTrue();
  }

  @Test
  void aSourceThatGoesOnHasNotLeft() {
    receive(1);
    reception.goodbye(SOURCE);
    receive(2);
    assertThat(reception.hasLeft()).isFalse();
    reception.goodbye(SOURCE);
    reception.restart();
    assertThat(reception.hasLeft()).as("on a new connection").isFalse();
    assertThat(reception.isStarted()).isFalse();
  }
}
