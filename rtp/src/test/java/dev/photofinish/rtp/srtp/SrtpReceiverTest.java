package dev.photofinish.rtp.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests what a receiver takes, drops and keeps. */
class SrtpReceiverTest {
  private static final byte[] NO_MKI = new byte[0];
  private static final int SSRC = 0xcafebabe;

  private final SrtpKey key = PublishedVectorsTest.key(SrtpSuite.AES_CM_128_HMAC_SHA1_80, NO_MKI);
  private final SrtpSender sender = new SrtpSender(key);
  private final SrtpReceiver receiver = new SrtpReceiver(List.of(key));

  private static byte[] rtp(int sequence, int ssrc) {
    return ByteBuffer.allocate(20)
        .put((byte) 0x80)
        .put((byte) 96)
        .putShort((short) sequence)
        .putInt(1)
        .putInt(ssrc)
        .putLong(sequence)
        .array();
  }

  private static byte[] rtcp(int ssrc) {
    return ByteBuffer.allocate(12).putInt(0x80c80002).putInt(ssrc).putInt(7).array();
  }

  private byte[] sent(int sequence) {
    return sender.rtp(rtp(sequence, SSRC));
  }

  private int receive(byte[] secured) {
    return receiver.rtp(ByteBuffer.wrap(secured.clone()));
  }

  // ---- Authenticity

  @ParameterizedTest
  @EnumSource
  void aPacketWithAnyBitChangedIsForged(SrtpSuite suite) {
    SrtpKey master = PublishedVectorsTest.key(suite, NO_MKI);
    byte[] secured = new SrtpSender(master).rtp(rtp(5, SSRC));
    byte[] report = new SrtpSender(master).rtcp(rtcp(SSRC));
    var fresh = new SrtpReceiver(List.of(master));
    for (int bit = 0; bit < 8 * secured.length; bit++) {
      assertThat(fresh.rtp(ByteBuffer.wrap(flipped(secured, bit)))).isEqualTo(SrtpReceiver.FORGED);
    }
    for (int bit = 0; bit < 8 * report.length; bit++) {
      assertThat(fresh.rtcp(ByteBuffer.wrap(flipped(report, bit)))).isEqualTo(SrtpReceiver.FORGED);
    }
    assertThat(fresh.rtp(ByteBuffer.wrap(secured))).isEqualTo(20);
    assertThat(fresh.rtcp(ByteBuffer.wrap(report))).isEqualTo(12);
  }

  @ParameterizedTest
  @EnumSource
  void aPacketWithAnotherIdentifierIsUnderAnUnknownKey(SrtpSuite suite) {
    SrtpSender other = new SrtpSender(PublishedVectorsTest.key(suite, new byte[] {1, 3}));
    var fresh = new SrtpReceiver(List.of(PublishedVectorsTest.key(suite, new byte[] {1, 2})));
    assertThat(fresh.rtp(ByteBuffer.wrap(other.rtp(rtp(5, SSRC)))))
        .isEqualTo(SrtpReceiver.UNKNOWN_KEY);
    assertThat(fresh.rtcp(ByteBuffer.wrap(other.rtcp(rtcp(SSRC)))))
        .isEqualTo(SrtpReceiver.UNKNOWN_KEY);
  }

  private static byte[] flipped(byte[] bytes, int bit) {
    byte[] other = bytes.clone();
    other[bit / 8] ^= (byte) (1 << bit % 8);
    return other;
  }

  @Test
  void aForgedPacketIsLeftAsItWas() {
    byte[] forged = flipped(sent(5), 150);
    byte[] before = forged.clone();
    receiver.rtp(ByteBuffer.wrap(forged));
    assertThat(forged).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource
  void whateverComesIsNoPacket(SrtpSuite suite) {
    var random = new Random(3711);
    var any = new SrtpReceiver(List.of(PublishedVectorsTest.key(suite, NO_MKI)));
    for (int length = 0; length < 200; length++) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      if (length > 0) {
        bytes[0] = (byte) (0x80 | (bytes[0] & 0x3f));
      }
      assertThat(any.rtp(ByteBuffer.wrap(bytes))).isEqualTo(SrtpReceiver.FORGED);
      assertThat(any.rtcp(ByteBuffer.wrap(bytes))).isEqualTo(SrtpReceiver.FORGED);
    }
  }

  @Test
  void aBufferIsReadFromItsPosition() {
    byte[] secured = sent(5);
    ByteBuffer direct = ByteBuffer.allocateDirect(100).position(7);
    direct.put(secured).flip().position(7);
    assertThat(receiver.rtp(direct)).isEqualTo(20);
    byte[] plain = new byte[20];
    direct.get(plain);
    assertThat(plain).isEqualTo(rtp(5, SSRC));
  }

  // ---- Replays

  @Test
  void aPacketIsTakenOnce() {
    byte[] secured = sent(5);
    assertThat(receive(secured)).isPositive();
    assertThat(receive(secured)).isEqualTo(SrtpReceiver.REPLAYED);
  }

  @Test
  void aReportIsTakenOnce() {
    byte[] first = sender.rtcp(rtcp(SSRC));
    byte[] second = sender.rtcp(rtcp(SSRC));
    assertThat(receiver.rtcp(ByteBuffer.wrap(second.clone()))).isPositive();
    assertThat(receiver.rtcp(ByteBuffer.wrap(first.clone()))).isPositive();
    assertThat(receiver.rtcp(ByteBuffer.wrap(second.clone()))).isEqualTo(SrtpReceiver.REPLAYED);
  }

  @Test
  void aPacketMayBeLateUpToTheWindow() {
    byte[] tooLate = sent(1);
    byte[] late = sent(2);
    assertThat(receive(sent(2 + ReplayWindow.SIZE - 1))).isPositive();
    assertThat(receive(late)).isPositive();
    assertThat(receive(tooLate)).isEqualTo(SrtpReceiver.REPLAYED);
  }

  @Test
  void theWindowForgetsWhatItLeaves() {
    var random = new Random(7);
    var window = new ReplayWindow();
    var seen = new HashSet<Long>();
    long highest = -1;
    for (int i = 0; i < 20_000; i++) {
      long index = Math.max(0, highest + random.nextInt(3 * ReplayWindow.SIZE) - 2000);
      boolean expected =
          index > highest || (highest - index < ReplayWindow.SIZE && !seen.contains(index));
      assertThat(window.isNew(index)).isEqualTo(expected);
      if (expected) {
        window.add(index);
        seen.add(index);
        highest = Math.max(highest, index);
      }
    }
  }

  // ---- The rollover counter

  @Test
  void sequenceNumbersTurnRoundAnyNumberOfTimes() {
    for (int i = 0; i < 5 * 65536; i += 97) {
      assertThat(receive(sent(65000 + i & 0xffff))).isPositive();
    }
  }

  @Test
  void packetsMayChangePlacesAroundTheTurn() {
    List<byte[]> packets =
        List.of(sent(65533), sent(65534), sent(65535), sent(0), sent(1), sent(2));
    for (int next : new int[] {0, 3, 2, 1, 5, 4}) {
      assertThat(receive(packets.get(next))).isPositive();
    }
  }

  @Test
  void aRolloverCounterMayBeGiven() {
    byte[] late = {};
    for (int i = 0; i < 3 * 65536; i += 30_000) {
      late = sent(i & 0xffff);
    }
    assertThat(receive(late)).isEqualTo(SrtpReceiver.FORGED);
    var joined = new SrtpReceiver(List.of(key), Map.of(SSRC, 2L));
    assertThat(joined.rtp(ByteBuffer.wrap(late))).isPositive();
  }

  @Test
  void whatIsForgedMovesNoCounter() {
    assertThat(receive(sent(10))).isPositive();
    byte[] forged = rtp(20_000, SSRC);
    assertThat(receive(Arrays.copyOf(forged, forged.length + 10))).isEqualTo(SrtpReceiver.FORGED);
    assertThat(receive(sent(11))).isPositive();
  }

  // ---- Sources and keys

  @Test
  void sourcesAreBounded() {
    for (int ssrc = 0; ssrc < 3 * SrtpReceiver.MOST_SOURCES; ssrc++) {
      var other = new SrtpSender(key);
      byte[] first = other.rtp(rtp(1, ssrc));
      assertThat(receive(first)).isPositive();
      assertThat(receive(first)).isEqualTo(SrtpReceiver.REPLAYED);
      assertThat(receive(other.rtp(rtp(2, ssrc)))).isPositive();
    }
  }

  @Test
  void keysAreToldApartByTheirIdentifiers() {
    SrtpKey first = PublishedVectorsTest.key(SrtpSuite.AES_CM_128_HMAC_SHA1_80, new byte[] {0, 1});
    SrtpKey second = PublishedVectorsTest.key(SrtpSuite.AEAD_AES_128_GCM, new byte[] {0, 2});
    var both = new SrtpReceiver(List.of(first, second));
    assertThat(both.rtp(ByteBuffer.wrap(new SrtpSender(first).rtp(rtp(1, 1))))).isEqualTo(20);
    assertThat(both.rtp(ByteBuffer.wrap(new SrtpSender(second).rtp(rtp(1, 2))))).isEqualTo(20);
    assertThat(both.rtcp(ByteBuffer.wrap(new SrtpSender(second).rtcp(rtcp(2))))).isEqualTo(12);
    assertThat(both.rtp(ByteBuffer.wrap(sent(3)))).isEqualTo(SrtpReceiver.UNKNOWN_KEY);
  }

  /** RTSP has no answer to SDES that would name the one of several keys that a camera takes. */
  @Test
  void ofSeveralKeysWithoutIdentifierTheFirstThatFitsIsTaken() {
    SrtpKey other = PublishedVectorsTest.key(SrtpSuite.AEAD_AES_256_GCM, NO_MKI);
    var either = new SrtpReceiver(List.of(other, key));
    assertThat(either.rtp(ByteBuffer.wrap(sent(1)))).isEqualTo(20);
    assertThat(either.rtcp(ByteBuffer.wrap(sender.rtcp(rtcp(SSRC))))).isEqualTo(12);
    assertThat(either.rtp(ByteBuffer.wrap(new SrtpSender(other).rtp(rtp(2, SSRC)))))
        .isEqualTo(SrtpReceiver.FORGED);
  }

  @Test
  void anIndexIsUsedOnce() {
    sent(5);
    assertThatThrownBy(() -> sent(5)).hasMessage("packet: was sent before");
    assertThatThrownBy(() -> sender.rtp(new byte[12])).hasMessageContaining("version 2");
    assertThatThrownBy(() -> sender.rtcp(new byte[7])).hasMessageContaining("is not RTCP");
  }

  @Test
  void aKeyIsNeverShown() {
    assertThat(key).hasToString("AES_CM_128_HMAC_SHA1_80 key");
    assertThatThrownBy(
            () -> new SrtpKey(SrtpSuite.AEAD_AES_128_GCM, new byte[16], new byte[14], NO_MKI))
        .hasMessage("salt: 14 bytes are not valid; expected 12");
  }
}
