package dev.photofinish.relay.fanout;

import static dev.photofinish.relay.fanout.Packets.SECOND;
import static dev.photofinish.relay.fanout.Packets.packet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.relay.source.OutgoingPacket;
import dev.photofinish.rtp.format.Depacketizer;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.PayloadFormats;
import dev.photofinish.rtsp.client.RtpPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pictures of three packets each. */
class PicturesTest {
  private static final int IDR = 0x65;
  private static final int SLICE = 0x41;
  private static final int SPS = 0x67;
  private static final int PPS = 0x68;

  private final List<OutgoingPacket> sent = new ArrayList<>();
  private final List<OutgoingPacket> group = new ArrayList<>();
  private final List<RtpPacket> camera = new ArrayList<>();
  private int awaited;
  private final TrackOutput output = new TrackOutput(Packets.TRACK, 1000, 0);
  private final Pictures pictures =
      new Pictures(
          output,
          1 << 20,
          UnpooledByteBufAllocator.DEFAULT,
          new Pictures.Output() {
            @Override
            public void packet(OutgoingPacket packet) {
              sent.add(packet);
            }

            @Override
            public void keyFrame(List<OutgoingPacket> packets) {
              group.forEach(OutgoingPacket::release);
              group.clear();
              group.addAll(packets);
            }

            @Override
            public void awaited(long now) {
              awaited++;
            }
          });
  private final List<Frame> frames = new ArrayList<>();
  private final Depacketizer depacketizer =
      PayloadFormats.depacketizer(0, Packets.H264.payloadFormat(), frames::add).orElseThrow();

  private int sequence = 50;
  private long timestamp = 77;
  private long now;

  @AfterEach
  void nothingLeaks() {
    pictures.release();
    output.release();
    depacketizer.reset();
    sent.forEach(OutgoingPacket::release);
    group.forEach(OutgoingPacket::release);
    assertThat(sent).allMatch(packet -> packet.refCnt() == 0);
    camera.forEach(RtpPacket::release);
    assertThat(camera).allMatch(packet -> packet.refCnt() == 0);
  }

  /** Three packets: two slices, and a last one with the marker. */
  private void picture(int type) {
    for (int i = 0; i < 3; i++) {
      RtpPacket packet = packet(sequence++, timestamp, 9, type, 0x80, i);
      if (i == 2) {
        packet.content().setByte(1, 0x80 | 96);
      }
      put(packet);
    }
    timestamp += 3600;
    now += SECOND / 25;
  }

  /** A key frame that is no IDR picture, as of x264 with {@code open-gop}. */
  private void recoveryPoint() {
    put(packet(sequence++, timestamp, 9, 0x06, 0x06, 0x01, 0xc4, 0x80));
    picture(SLICE);
  }

  private void put(RtpPacket packet) {
    camera.add(packet);
    ByteBuf bytes = packet.content();
    pictures.packet(packet, now);
    try {
      RtpPacket read = RtpPacket.of(Packets.H264, bytes);
      depacketizer.packet(read, bytes, bytes.readerIndex(), now);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    for (Frame frame : frames) {
      pictures.frame(frame, 0, now);
      frame.release();
    }
    frames.clear();
  }

  private static List<Integer> numbers(List<OutgoingPacket> packets) {
    return packets.stream().map(OutgoingPacket::sequence).toList();
  }

  @Test
  void nothingPassesBeforeTheFirstKeyFrame() {
    picture(SLICE);
    picture(SLICE);
    assertThat(sent).isEmpty();
    assertThat(awaited).as("pictures that show that a key frame is needed").isEqualTo(2);
    picture(IDR);
    assertThat(numbers(sent)).containsExactly(1000, 1001, 1002);
    assertThat(numbers(group)).containsExactly(1000, 1001, 1002);
    picture(SLICE);
    assertThat(awaited).isEqualTo(2);
  }

  @Test
  void thenPacketsPassAsTheyCome() {
    picture(IDR);
    put(packet(sequence++, timestamp, 9, SLICE, 0x80, 0));
    assertThat(numbers(sent)).containsExactly(1000, 1001, 1002, 1003);
  }

  @Test
  void theGroupIsWhatCameSinceTheLastKeyFrame() {
    picture(IDR);
    picture(SLICE);
    picture(IDR);
    picture(SLICE);
    List<OutgoingPacket> kept = pictures.group();
    assertThat(numbers(kept)).containsExactly(1006, 1007, 1008, 1009, 1010, 1011);
    kept.forEach(OutgoingPacket::release);
    assertThat(numbers(group)).containsExactly(1006, 1007, 1008);
  }

  @Test
  void afterAnInterruptionNumbersGoOnWithTheNextKeyFrame() {
    picture(IDR);
    put(packet(sequence++, timestamp, 9, SLICE, 0x80, 0)); // the rest never comes
    pictures.interrupted(96, List.of());
    depacketizer.reset();
    sequence = 9000;
    timestamp = 5;
    now += 3 * SECOND;
    picture(SLICE);
    picture(IDR);
    assertThat(numbers(sent)).containsExactly(1000, 1001, 1002, 1003, 1004, 1005, 1006);
  }

  @Test
  void parameterSetsThatReadersDoNotKnowGoBeforeIt() {
    picture(IDR);
    ByteBuf set = Unpooled.wrappedBuffer(new byte[] {0x67, 9, 9});
    pictures.interrupted(96, List.of(set));
    depacketizer.reset();
    picture(IDR);
    assertThat(numbers(sent)).containsExactly(1000, 1001, 1002, 1003, 1004, 1005, 1006);
    assertThat(sent.get(3).rtp().getByte(12)).isEqualTo((byte) 0x67);
    assertThat(numbers(group)).containsExactly(1003, 1004, 1005, 1006);
    assertThat(sent.get(3).timestamp()).isEqualTo(sent.get(4).timestamp());
  }

  private static int type(OutgoingPacket packet) {
    return packet.rtp().getUnsignedByte(12);
  }

  private void sets(int level) {
    put(packet(sequence++, timestamp, 9, SPS, 0x42, 0xc0, level, 0xda));
    put(packet(sequence++, timestamp, 9, PPS, 0xce, 0x3c));
  }

  private List<Integer> typesFrom(int first) {
    return sent.subList(first, sent.size()).stream().map(PicturesTest::type).toList();
  }

  /** Readers come later, or were paused or too slow when the first of them went by. */
  @Test
  void onceReadersWereToldOthersEachKeyFrameHasItsParameterSets() {
    sets(0x1e);
    picture(IDR);
    picture(IDR);
    assertThat(typesFrom(0))
        .as("as they came")
        .containsExactly(SPS, PPS, IDR, IDR, IDR, IDR, IDR, IDR);
    int before = sent.size();
    pictures.interrupted(96, List.of(Unpooled.wrappedBuffer(new byte[] {SPS, 9, 9})));
    depacketizer.reset();
    picture(IDR);
    assertThat(typesFrom(before)).containsExactly(SPS, IDR, IDR, IDR);
    int second = sent.size();
    picture(SLICE);
    picture(IDR);
    assertThat(typesFrom(second)).containsExactly(SLICE, SLICE, SLICE, SPS, PPS, IDR, IDR, IDR);
    assertThat(group.stream().map(PicturesTest::type)).containsExactly(SPS, PPS, IDR, IDR, IDR);
    assertThat(numbers(sent)).isEqualTo(IntStream.range(1000, 1000 + sent.size()).boxed().toList());
    assertThat(sent.get(sent.size() - 5).timestamp())
        .isEqualTo(sent.get(sent.size() - 1).timestamp());
    int third = sent.size();
    sets(0x1f);
    picture(IDR);
    assertThat(typesFrom(third)).as("its own").containsExactly(SPS, PPS, IDR, IDR, IDR);
  }

  @Test
  void afterAnInterruptionTheyGoBeforeTheFirstKeyFrameToo() {
    sets(0x1e);
    picture(IDR);
    pictures.interrupted(96, List.of(Unpooled.wrappedBuffer(new byte[] {SPS, 9, 9})));
    depacketizer.reset();
    picture(IDR);
    pictures.interrupted(96, List.of());
    depacketizer.reset();
    int before = sent.size();
    picture(IDR);
    assertThat(typesFrom(before)).containsExactly(SPS, PPS, IDR, IDR, IDR);
  }

  @Test
  void aPictureOfOurOwnIsFollowedByTheCamerasParameterSetsAndItsNextKeyFrame() {
    put(packet(sequence++, timestamp, 9, SPS, 0x42, 0xc0, 0x1e, 0xda));
    put(packet(sequence++, timestamp, 9, PPS, 0xce, 0x3c));
    picture(IDR);
    int before = sent.size();
    now += 2 * SECOND;
    pictures.show(List.of(Unpooled.wrappedBuffer(new byte[] {IDR, 1})), now);
    picture(SLICE);
    picture(IDR);
    List<OutgoingPacket> after = sent.subList(before, sent.size());
    assertThat(after.stream().map(PicturesTest::type))
        .containsExactly(IDR, SPS, PPS, IDR, IDR, IDR);
    assertThat(numbers(after)).containsExactly(1005, 1006, 1007, 1008, 1009, 1010);
    assertThat(after.get(0).rtp().getUnsignedByte(1) & 0x80).as("marker").isEqualTo(0x80);
    assertThat(after.get(1).rtp().getUnsignedByte(1) & 0x80).as("no marker").isZero();
    assertThat((int) (after.get(0).timestamp() - sent.get(before - 1).timestamp()))
        .isGreaterThan(90_000);
  }

  @Test
  void theLastKeyFrameIsSentAgainAndTheNextOneGoesOnAfterIt() {
    assertThat(pictures.repeat(now)).isFalse();
    picture(IDR);
    picture(SLICE);
    assertThat(pictures.repeat(now + SECOND)).isTrue();
    assertThat(numbers(sent).subList(6, 9)).containsExactly(1006, 1007, 1008);
    assertThat(numbers(group)).containsExactly(1006, 1007, 1008);
    pictures.interrupted(96, List.of());
    depacketizer.reset();
    now += 3 * SECOND;
    picture(SLICE);
    picture(IDR);
    assertThat(numbers(sent).subList(9, 12)).containsExactly(1009, 1010, 1011);
  }

  @Test
  void aGroupThatIsTooLongIsNotKept() {
    PictureGroup kept = new PictureGroup(40);
    picture(IDR);
    kept.restart(sent.subList(0, 1));
    assertThat(kept.isComplete()).isTrue();
    kept.add(sent.get(1));
    kept.add(sent.get(2));
    assertThat(kept.isComplete()).isFalse();
    assertThat(kept.snapshot()).isEmpty();
  }

  @Test
  void aRecoveryPointIsNotSentAgain() {
    picture(IDR);
    recoveryPoint();
    assertThat(pictures.needsCard()).isTrue();
    assertThat(pictures.repeat(now)).isFalse();
    picture(IDR);
    assertThat(pictures.needsCard()).isFalse();
    assertThat(pictures.repeat(now)).isTrue();
  }
}
