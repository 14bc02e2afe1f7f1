package dev.photofinish.relay.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is made of the packets of a batch is those packets, and is let go with them. */
class PacketBatchTest {
  private int number;

  private final ByteBuf buffer = Unpooled.buffer();

  /** A packet behind the last one, of so many bytes of RTP, each of which is its number. */
  private OutgoingPacket packet(int length) {
    number++;
    int index = buffer.writerIndex();
    buffer.writeByte('$').writeByte(0).writeShort(length);
    for (int i = 0; i < length; i++) {
      buffer.writeByte(number);
    }
    return new OutgoingPacket(0, 0, buffer.retain(), index, 4 + length, false);
  }

  private PacketBatch batch(int... lengths) {
    PacketBatch batch = new PacketBatch(packet(lengths[0]));
    for (int i = 1; i < lengths.length; i++) {
      batch.add(packet(lengths[i]));
    }
    return batch;
  }

  private static List<ByteBuf> pieces(PacketBatch batch) {
    List<ByteBuf> pieces = new ArrayList<>();
    batch.framed(pieces::add);
    return pieces;
  }

  @Test
  void framesThatLieBehindEachOtherAreOnePiece() {
    PacketBatch batch = batch(100, 20);
    ByteBuf framed = pieces(batch).get(0);
    assertThat(framed.readableBytes()).isEqualTo(batch.framedBytes()).isEqualTo(128);
    assertThat(framed.getByte(3)).isEqualTo((byte) 100);
    assertThat(framed.getByte(104)).isEqualTo((byte) '$');
    assertThat(framed.getByte(127)).isEqualTo((byte) 2);
    batch.release();
    assertThat(buffer.refCnt()).isEqualTo(2);
    framed.release();
    assertThat(buffer.refCnt()).isEqualTo(1);
  }

  @Test
  void framesOfSeveralBuffersAreSeveralPieces() {
    PacketBatch batch = batch(10, 10);
    batch.add(new OutgoingPacket(0, 0, Unpooled.buffer().writeZero(30)));
    packet(10).release();
    batch.add(packet(10));
    List<ByteBuf> pieces = pieces(batch);
    assertThat(pieces).extracting(ByteBuf::readableBytes).containsExactly(28, 30, 14);
    batch.release();
    pieces.forEach(ByteBuf::release);
    assertThat(buffer.refCnt()).isEqualTo(1);
  }

  @Test
  void aRunHasPacketsOfOneSizeAndAShorterLast() {
    PacketBatch batch = batch(30, 30, 10, 10, 40, 50);
    List<DatagramRun> runs = batch.datagrams();
    assertThat(runs).extracting(DatagramRun::size).containsExactly(30, 10, 40, 50);
    assertThat(runs).extracting(DatagramRun::count).containsExactly(3, 1, 1, 1);
    ByteBuf first = runs.get(0).content();
    assertThat(first.readableBytes()).isEqualTo(70);
    assertThat(first.getByte(0)).isEqualTo((byte) 1);
    assertThat(first.getByte(30)).isEqualTo((byte) 2);
    assertThat(first.getByte(69)).isEqualTo((byte) 3);
    batch.release();
    assertThat(runs.get(0).content().refCnt()).isZero();
    assertThat(buffer.refCnt()).isEqualTo(1);
  }

  @Test
  void whatIsLargerThanAnEthernetPacketStaysAlone() {
    PacketBatch batch = batch(1_453, 1_453, 1_452, 1_452);
    assertThat(batch.datagrams()).extracting(DatagramRun::count).containsExactly(1, 1, 2);
    batch.release();
  }

  @Test
  void aRunIsBounded() {
    int[] lengths = new int[70];
    Arrays.fill(lengths, 8);
    PacketBatch batch = batch(lengths);
    assertThat(batch.datagrams()).extracting(DatagramRun::count).containsExactly(32, 32, 6);
    batch.release();
  }

  @Test
  void aBatchIsBounded() {
    PacketBatch batch = batch(60_000);
    assertThat(batch.hasRoom()).isTrue();
    batch.add(packet(6_000));
    assertThat(batch.hasRoom()).isFalse();
    batch.release();
  }
}
