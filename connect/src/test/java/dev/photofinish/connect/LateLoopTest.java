package dev.photofinish.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.connect.route.Target;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.Stage;
import dev.photofinish.race.Strategy;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A loop that was busy is no evidence about a camera. */
@SuppressWarnings("FutureReturnValueIgnored") // everything runs in this thread, in run()
class LateLoopTest extends DriverScript {
  private static final Target TWO = Target.parse("192.0.2.1:554,192.0.2.2:554");

  private final List<Attempt> attempts = new ArrayList<>();

  private RaceFuture race(Strategy strategy) {
    RaceOptions options = RaceOptions.builder().connectionRacing(strategy).build();
    return connector.connect(TWO, options, this::answersWhenTold);
  }

  private void answersWhenTold(Channel channel, Attempt attempt) {
    attempts.add(attempt);
    channel
        .pipeline()
        .addLast(
            new ChannelOutboundHandlerAdapter() {
              @Override
              public void connect(
                  ChannelHandlerContext ctx,
                  SocketAddress remote,
                  @Nullable SocketAddress local,
                  ChannelPromise promise) {
                // It connects when the test says so.
              }
            });
  }

  /** The loop does nothing for {@code millis}, then runs what is due. */
  private void block(int millis) {
    clock.advance(millis, TimeUnit.MILLISECONDS);
    loop.runNow();
  }

  @ParameterizedTest
  @EnumSource(names = {"FIRST_WINS", "HYBRID"})
  void whatCameWhileTheLoopWasBusyIsReadBeforeTheNextDial(Strategy strategy) throws Exception {
    RaceFuture race = race(strategy);
    run(0);
    block(600);
    assertThat(attempts).hasSize(1);
    attempts.get(0).reached(Stage.CONNECTED);
    run(40); // the answer takes a while still: the request could not be sent earlier
    assertThat(attempts).hasSize(1);
    attempts.get(0).reached(Stage.READY);
    run(0);
    assertThat(race.get().report().attempts()).hasSize(1);
  }

  @Test
  void withoutAnAnswerTheNextDialComesAfterTheGrace() {
    RaceFuture race = race(Strategy.FIRST_WINS);
    run(0);
    block(600);
    run(RaceTimer.MAX_GRACE_MILLIS - 1);
    assertThat(attempts).hasSize(1);
    run(1);
    assertThat(attempts).hasSize(2);
    assertThat(Timers.pending(loop)).isOne();
    race.cancel(false);
    run(0);
    assertThat(Timers.pending(loop)).isZero();
  }

  @Test
  void aLittleLatenessIsNoReasonToWait() {
    RaceFuture race = race(Strategy.FIRST_WINS);
    run(0);
    block(250 + RaceTimer.LATE_MILLIS - 1);
    assertThat(attempts).hasSize(2);
    race.cancel(false);
    run(0);
  }

  @Test
  void aDialThatTakesLongDoesNotMakeTheNextOneDue() {
    RaceFuture race =
        connector.connect(
            TWO,
            FIRST_WINS,
            (channel, attempt) -> {
              answersWhenTold(channel, attempt);
              clock.advance(400, TimeUnit.MILLISECONDS); // classes are loaded
            });
    run(0);
    assertThat(attempts).hasSize(1);
    race.cancel(false);
    run(0);
  }

  @Test
  void theTimeoutIsLateByTheGraceAtMost() {
    RaceFuture race = race(Strategy.NONE);
    run(0);
    clock.advance(30, TimeUnit.SECONDS);
    run(3 * RaceTimer.MAX_GRACE_MILLIS);
    assertThat(race).isCompletedExceptionally();
  }
}
