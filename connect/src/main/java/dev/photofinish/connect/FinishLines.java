package dev.photofinish.connect;

import dev.photofinish.connect.channel.EarlyDataBuffer;
import dev.photofinish.connect.route.Endpoint;
import dev.photofinish.connect.route.Target;
import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.race.FinishLine;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * Ends attempts at the finish lines that need no protocol.
 *
 * @param chosen null for {@code tls} on TLS endpoints and {@code connect} on others
 */
record FinishLines(@Nullable FinishLine chosen) implements AttemptInitializer {

  static void check(Target target, @Nullable FinishLine chosen) {
    if (chosen == FinishLine.RESPONSE || chosen == FinishLine.MEDIA) {
      throw new InvalidOptionException(
          "finish-line", chosen, "connect or tls; the others need a protocol to speak");
    }
    if (chosen == FinishLine.TLS && !target.endpoints().stream().allMatch(Endpoint::tls)) {
      throw new InvalidOptionException(
          "finish-line", chosen, "connect, or every endpoint of " + target + " with tls://");
    }
  }

  @Override
  public void initialize(Channel channel, Attempt attempt) {
    FinishLine own = attempt.endpoint().tls() ? FinishLine.TLS : FinishLine.CONNECT;
    FinishLine line = chosen == null ? own : chosen;
    channel.pipeline().addLast(new EarlyDataBuffer(line, attempt::reached));
  }
}
