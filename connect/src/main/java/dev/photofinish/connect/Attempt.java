package dev.photofinish.connect;

import dev.photofinish.connect.route.Endpoint;
import dev.photofinish.race.Cause;
import dev.photofinish.race.Stage;
import dev.photofinish.race.address.Candidate;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * One attempt of a race, as its handlers see it: they report their progress to it.
 *
 * <p>Called on the channel's event loop; a call from elsewhere is handed to it. Once the attempt is
 * over (it won, lost or failed) the calls do nothing.
 */
public interface Attempt {
  /** From 1 in start order. */
  int number();

  /** The address that is dialled. */
  Candidate candidate();

  /** The endpoint of the target that the address belongs to. */
  Endpoint endpoint();

  /**
   * The attempt moved on. {@link Stage#READY} is the finish line; {@code CONNECTED} and {@code
   * SECURED} are reported by the connector itself.
   */
  void reached(Stage stage);

  /**
   * Sets what {@link Connection#attachment(Class)} gives should this attempt win: the attempt's own
   * state, so that no handler has to be looked for in the winner's pipeline. The last call counts;
   * one after the attempt is over has no effect. Call it on the channel's event loop.
   */
  void attach(Object attachment);

  /**
   * Dials the attempt's address once more, by the same way: from the same local address, through
   * the same proxy, with TLS where the endpoint has it. For protocols that need two connections,
   * such as RTSP over HTTP. For the race, its limiter and its report both are one attempt.
   *
   * <p>Call it on the channel's event loop, while the attempt runs or after it won. The second
   * connection is closed whenever the attempt's channel is. It has no timeout of its own, and what
   * its end means is up to the handlers that {@code prepare} adds.
   *
   * @param prepare adds handlers before the channel connects, as {@link AttemptInitializer} does
   * @return done when the connection is established, TLS included, or has failed
   */
  Future<Channel> connectAgain(Consumer<Channel> prepare);

  /**
   * The attempt is lost, and its channel is closed. What the channel itself shows (connect failed,
   * TLS failed, closed, reset) is reported by the connector.
   *
   * @param detail human-readable: what exactly was seen, without credentials
   */
  void failed(Cause cause, String detail);
}
