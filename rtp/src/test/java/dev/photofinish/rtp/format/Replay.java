package dev.photofinish.rtp.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtp.ReorderBuffer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** A capture with some packets lost and some late, through the reorder buffer to frames. */
final class Replay {
  private static final int WINDOW = 32;

  private static final int WHOLE_FRAMES = 5;

  /** At most so many packets later. */
  private static final int LATEST = 8;

  private final Capture capture;
  private final Random random;
  private final List<ByteBuf> packets = new ArrayList<>();
  private final List<Frame> frames = new ArrayList<>();
  private final Set<Integer> hit = new LinkedHashSet<>();
  private int lost;

  Replay(Capture capture, long seed) {
    this.capture = capture;
    this.random = new Random(seed);
    capture.packets().forEach(packet -> packets.add(Unpooled.wrappedBuffer(packet)));
  }

  /**
   * Plays all. The first frames come whole, since by them a stream's habits are known, and so does
   * the last packet, which nothing follows.
   *
   * @param lossPercent of the packets are lost
   * @param latePercent of them come later than others that were sent after them
   */
  void play(int lossPercent, int latePercent) {
    int[] units = capture.unitOfPacket();
    long[] times = new long[packets.size()];
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < times.length; i++) {
      boolean middle = units[i] >= WHOLE_FRAMES && i < times.length - 1;
      boolean late = random.nextInt(100) < latePercent;
      times[i] = 10L * i + (middle && late ? 10L * random.nextInt(1, LATEST) + 5 : 0);
      if (middle && random.nextInt(100) < lossPercent) {
        hit.add(units[i]);
        lost++;
      } else {
        order.add(i);
      }
    }
    order.sort((a, b) -> Long.compare(times[a], times[b]));
    Depacketizer depacketizer =
        PayloadFormats.depacketizer(0, capture.format(), frames::add).orElseThrow();
    var buffer =
        new ReorderBuffer<Integer>(
            WINDOW,
            10L * WINDOW / 2,
            late -> {
              throw new AssertionError("late: " + late);
            });
    for (int i : order) {
      buffer.add(packets.get(i).getUnsignedShort(2), i, times[i]);
      drain(buffer, depacketizer, times[i]);
    }
    drain(buffer, depacketizer, Long.MAX_VALUE / 2);
    // A marker may not be known as the end: the next frame would say it.
    depacketizer.reset();
  }

  private void drain(ReorderBuffer<Integer> buffer, Depacketizer depacketizer, long now) {
    for (Integer next = buffer.poll(now); next != null; next = buffer.poll(now)) {
      ByteBuf packet = packets.get(next);
      depacketizer.packet(new FormatScript.Header(packet, 0), packet, 0, now);
    }
  }

  /** What is marked is exactly what was hit, and all else is as it was. */
  void check() {
    List<Integer> whole = new ArrayList<>();
    List<String> originals = new ArrayList<>(capture.frames());
    for (Frame frame : frames) {
      if (!frame.isDamaged()) {
        whole.add(original(frame, originals));
      }
    }
    int all = capture.frames().size();
    assertThat(whole)
        .containsExactlyElementsOf(
            IntStream.range(0, all).filter(i -> !hit.contains(i)).boxed().toList());
    assertThat(frames.size() - whole.size()).isLessThanOrEqualTo(hit.size());
    if (!hit.contains(all - 1)) { // else nothing may be left to say it
      assertThat(frames.stream().mapToInt(Frame::lost).sum()).isEqualTo(lost);
    }
  }

  /** The number of the access unit with the same bytes, from 0; -1 where none has. */
  private static int original(Frame frame, List<String> originals) {
    String digest = Capture.digest(frame.codec(), ByteBufUtil.getBytes(frame.content()));
    int index = originals.indexOf(digest);
    if (index >= 0) {
      originals.set(index, ""); // another may be the same
    }
    return index;
  }

  List<Frame> frames() {
    return frames;
  }

  void release() {
    frames.forEach(Frame::release);
    Set<Integer> counts = new HashSet<>();
    packets.forEach(packet -> counts.add(packet.refCnt()));
    assertThat(counts).containsExactly(1);
  }
}
