package dev.photofinish.rtsp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.photofinish.rtsp.message.MediaFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** The audio that waits for a connection to take it, and what is dropped. */
class BackChannelQueueTest {
  private static final MediaFormat PCMA = format("PCMA");

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final BackChannel channel = new BackChannel(true, tasks::add);

  /** A connection that is ready when the test says. */
  private static final class Line implements BackChannel.Line {
    final List<String> sent = new ArrayList<>();
    boolean ready = true;

    @Override
    public boolean isReady() {
      return ready;
    }

    @Override
    public void send(byte[] payload, int samples) {
      sent.add(payload[0] + " " + payload.length + "/" + samples);
    }
  }

  private static MediaFormat format(String codec) {
    return new MediaFormat(8, codec, OptionalInt.of(8000), OptionalInt.of(1), List.of());
  }

  private static ByteBuf payload(int number) {
    return Unpooled.buffer().writeByte(number).writeZero(9);
  }

  private void runTasks() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  private Line opened(MediaFormat format, boolean ready) {
    Line line = new Line();
    line.ready = ready;
    channel.opened(line, format);
    return line;
  }

  @Test
  void packetsGoOutInOrderAndAreReleased() {
    Line line = opened(PCMA, true);
    ByteBuf first = payload(1);
    assertThat(channel.send(first, 10)).isTrue();
    assertThat(channel.send(payload(2), 20)).isTrue();
    assertThat(tasks).as("one task for both").hasSize(1);
    runTasks();
    assertThat(line.sent).containsExactly("1 10/10", "2 10/20");
    assertThat(first.refCnt()).isZero();
    assertThat(channel.statistics()).isEqualTo(new BackChannelStatistics(2, 20, 0));
  }

  @Test
  void bytesOfG711GoOutInPacketsOf20Milliseconds() {
    Line line = opened(PCMA, true);
    assertThat(channel.send(new byte[400])).isTrue();
    runTasks();
    assertThat(line.sent).containsExactly("0 160/160", "0 160/160", "0 80/80");
  }

  @Test
  void twoChannelsOfG711AreTwiceTheBytes() {
    MediaFormat stereo =
        new MediaFormat(97, "PCMU", OptionalInt.of(8000), OptionalInt.of(2), List.of());
    Line line = opened(stereo, true);
    channel.send(new byte[640]);
    runTasks();
    assertThat(line.sent).containsExactly("0 320/160", "0 320/160");
  }

  @Test
  void whatTheCameraDoesNotReadWaitsAndTheOldestIsPushedOut() {
    Line line = opened(PCMA, false);
    for (int i = 0; i < BackChannel.CAPACITY + 2; i++) {
      assertThat(channel.send(payload(i), 10)).isTrue();
    }
    runTasks();
    assertThat(line.sent).isEmpty();
    assertThat(channel.statistics().dropped()).isEqualTo(2);
    line.ready = true;
    channel.sendWaiting();
    assertThat(line.sent).hasSize(BackChannel.CAPACITY).startsWith("2 10/10");
  }

  @Test
  void whatIsHandedOverWhileNothingIsConnectedIsDropped() {
    ByteBuf lost = payload(1);
    assertThat(channel.format()).isEmpty();
    assertThat(channel.send(lost, 10)).isFalse();
    assertThat(lost.refCnt()).isZero();
    assertThat(channel.send(new byte[320])).isFalse();
    assertThat(tasks).isEmpty();
    Line line = opened(PCMA, true);
    assertThat(line.sent).isEmpty();
    assertThat(channel.statistics()).isEqualTo(new BackChannelStatistics(0, 0, 3));
  }

  @Test
  void whatWaitsWhenAConnectionEndsIsNotSentOnTheNext() {
    Line first = opened(PCMA, false);
    channel.send(payload(1), 10);
    channel.closed(first);
    assertThat(channel.format()).isEmpty();
    Line second = opened(PCMA, true);
    runTasks();
    assertThat(second.sent).isEmpty();
    assertThat(channel.statistics().dropped()).isEqualTo(1);
    channel.send(payload(2), 10);
    runTasks();
    assertThat(second.sent).containsExactly("2 10/10");
  }

  @Test
  void theEndOfAReplacedConnectionChangesNothing() {
    Line first = opened(PCMA, true);
    Line second = opened(PCMA, true);
    channel.closed(first);
    assertThat(channel.format()).contains(PCMA);
    channel.send(payload(1), 10);
    runTasks();
    assertThat(second.sent).hasSize(1);
  }

  @Test
  void theReasonForNoneIsGoneWhenThereIsOne() {
    channel.unavailable("551 to DESCRIBE");
    assertThat(channel.unavailable()).contains("551 to DESCRIBE");
    opened(PCMA, true);
    assertThat(channel.unavailable()).isEmpty();
  }

  @Test
  void aClientThatIsClosedTakesNothing() {
    BackChannel closed =
        new BackChannel(
            true,
            task -> {
              throw new RejectedExecutionException("closed");
            });
    closed.opened(new Line(), PCMA);
    assertThat(closed.send(payload(1), 10)).isFalse();
    assertThat(closed.statistics().dropped()).isEqualTo(1);
  }

  // ---- Wrong use

  @Test
  void wrongUseIsSaidAndReleases() {
    opened(format("MPEG4-GENERIC"), true);
    assertThatIllegalStateException()
        .isThrownBy(() -> channel.send(new byte[160]))
        .withMessage("the camera takes MPEG4-GENERIC, not G.711: send its payloads");
    ByteBuf empty = Unpooled.buffer();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> channel.send(empty, 160))
        .withMessageContaining("0 bytes, 160 samples; expected 1 to 8192 bytes");
    assertThat(empty.refCnt()).isZero();
    assertThatIllegalArgumentException().isThrownBy(() -> channel.send(payload(1), 0));
    ByteBuf large = Unpooled.buffer().writeZero(BackChannel.MOST_BYTES + 1);
    assertThatIllegalArgumentException().isThrownBy(() -> channel.send(large, 160));
    assertThat(large.refCnt()).isZero();
  }

  @Test
  void aStreamThatDidNotAskForItHasNone() {
    BackChannel none = new BackChannel(false, tasks::add);
    ByteBuf payload = payload(1);
    assertThatIllegalStateException()
        .isThrownBy(() -> none.send(payload, 10))
        .withMessageContaining("expected Camera.withBackChannel(true)");
    assertThat(payload.refCnt()).isZero();
    assertThatIllegalStateException().isThrownBy(() -> none.send(new byte[1]));
  }
}
